"""How pairings do: what is known of many at once, in as many queries for a hundred as for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from jiedui.access.rules import Actor
from jiedui.care.models.visits import Visit
from jiedui.care.rules.visits import Helped
from jiedui.core import clock, db
from jiedui.followup.models import Said
from jiedui.followup.queries import voices
from jiedui.followup.rules import Health, Voice
from jiedui.followup.rules.asking import ask_by
from jiedui.followup.rules.clocks import (
    INTERVAL,
    Step,
    answering,
    come,
    meeting,
    silence,
)
from jiedui.followup.rules.health import Life, Sign, health, signs
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import GateState
from jiedui.hours import queries as hours
from jiedui.pairings.models import Pairing, PairingMove
from jiedui.pairings.queries import life
from jiedui.pairings.rules import SERVING, PairingState

P = PairingState
FOLLOWED = frozenset({P.ready, P.trial, P.active, P.paused, P.closing, P.legacy})
WATCHED = frozenset({P.approved, P.ready, *SERVING}) - {P.closing}
ASKED = frozenset({P.trial, P.active})


@dataclass(frozen=True)
class Standing:
    """One pairing with its signs, gravest first; `last` is the last day on which the two met or
    spoke, `ask_by` until when somebody is to be asked, `steps` who is to hear of its silence."""

    pairing: Pairing
    health: Health
    signs: list[Sign]
    last: date | None
    ask_by: date | None
    steps: list[Step]


def standings(actor: Actor) -> list[Standing]:
    """Every followed pairing that somebody may see, worst first."""
    return _standings(life.visible_to(actor), Pairing.state.in_(FOLLOWED))


def standing_of(pairing: Pairing) -> Standing | None:
    """One pairing; None where nothing is followed any more or not yet."""
    found = _standings(Pairing.id == pairing.id, Pairing.state.in_(FOLLOWED))
    return found[0] if found else None


def watched(county_id: int) -> list[int]:
    """A county's pairings of which something is due on a day."""
    found = select(Pairing.id).where(Pairing.county_id == county_id, Pairing.state.in_(WATCHED))
    return list(db.session.scalars(found.order_by(Pairing.id)))


def clocks_of(pairing: Pairing) -> tuple[date | None, dict[Step, date]]:
    """Since when something has not come, and from which day who is told."""
    if pairing.state is P.approved and pairing.accepted_at is None:
        since = clock.day(pairing.approved_at)
        return since, answering(since) if since else {}
    if pairing.state is P.ready:
        since = clock.day(pairing.ready_at)
        return since, meeting(since) if since else {}
    if pairing.state not in SERVING or pairing.state is P.closing:
        return None, {}
    since = last_heard(pairing)
    return since, silence(since, INTERVAL[pairing.need.frequency]) if since else {}


def counts(found: Sequence[Standing]) -> Counter[Health]:
    """How many do how."""
    return Counter(one.health for one in found)


def _standings(*conditions: ColumnElement[bool]) -> list[Standing]:
    pairs = life.several(db.session.scalars(select(Pairing.id).where(*conditions)))
    known, today = _Known(pairs), clock.today()
    found = [known.standing(pair, today) for pair in pairs]
    return sorted(found, key=_worst)


def _worst(one: Standing) -> tuple[int, int, date, int]:
    order = list(Sign)
    first = order.index(one.signs[0]) if one.signs else len(order)
    return list(Health).index(one.health), first, one.last or date.max, one.pairing.id


def last_heard(pairing: Pairing) -> date | None:
    """The last day on which the two met or spoke, or on which the pairing began or went on."""
    return _Known([pairing]).last(pairing)


class _Known:
    """What the database says of several pairings."""

    def __init__(self, pairs: Sequence[Pairing]) -> None:
        ids = [pair.id for pair in pairs]
        people = {pair.helper_id for pair in pairs}
        self.held = hours.held(ids)
        self.said = voices.latest(ids)
        self.days = voices.days_heard(ids)
        self.visits = voices.visits_that_asked({pair.need.household_id for pair in pairs})
        self.moved = _last_moves(ids)
        # A trial that is over is nobody's word; a pause that is over is.
        resumed = (PairingMove.old == P.paused.value) | (PairingMove.new == P.legacy)
        self.began = _last_moves(ids, resumed)
        found = helpers.standings(Helper.id.in_(people)) if people else []
        self.running_out = {s.id for s in found if _runs_out(s)}

    def last(self, pair: Pairing) -> date | None:
        session = self.held.get(pair.id)
        days = [pair.first_meeting_on, self.began.get(pair.id), session[1] if session else None]
        return max((day for day in days if day is not None), default=None)

    def standing(self, pair: Pairing, today: date) -> Standing:
        every = INTERVAL[pair.need.frequency]
        last = self.last(pair)
        asked = self._asked(pair, Health.green)
        found = signs(self._life(pair, last, asked), today)
        # Whoever does badly is asked sooner, and may be overdue by that.
        asked = self._asked(pair, health([s for s in found if s is not Sign.not_asked]))
        found = signs(self._life(pair, last, asked), today)
        heard = pair.state in SERVING and pair.state is not P.closing and last is not None
        steps = come(silence(last, every), today) if heard and last else []
        return Standing(pair, health(found), found, last, asked, steps)

    def _asked(self, pair: Pairing, how: Health) -> date | None:
        if pair.state not in ASKED or pair.first_meeting_on is None:
            return None
        days = self.days.get(pair.id, set()) | {v.on_day for v in self._visits(pair)}
        return ask_by(pair.first_meeting_on, days, how)

    def _visits(self, pair: Pairing) -> list[Visit]:
        began = pair.first_meeting_on
        mine = self.visits.get(pair.need.household_id, [])
        return [visit for visit in mine if began is not None and visit.on_day >= began]

    def _life(self, pair: Pairing, last: date | None, asked: date | None) -> Life:
        child = self.said.get((pair.id, Voice.child))
        moved = self.moved.get(pair.id)
        return Life(
            state=pair.state,
            every=INTERVAL[pair.need.frequency],
            last=last,
            ready_on=moved if pair.state is P.ready else None,
            paused_on=moved if pair.state is P.paused else None,
            pause=pair.pause_reason,
            goodbye_on=pair.goodbye_on,
            face=child.face if child else None,
            going=frozenset(self._going(pair)),
            ask_by=asked,
            runs_out=pair.helper_id in self.running_out,
        )

    def _going(self, pair: Pairing) -> list[Helped]:
        """The latest word of the helper, and the latest of the family: to us, or at a visit."""
        own = self.said.get((pair.id, Voice.helper))
        told: Said | None = self.said.get((pair.id, Voice.carer))
        visits = self._visits(pair)
        family = told.going if told else None
        if visits and (told is None or visits[-1].on_day >= told.on_day):
            family = visits[-1].helped
        return [word for word in (own.going if own else None, family) if word is not None]


def _last_moves(ids: list[int], *conditions: ColumnElement[bool]) -> dict[int, date]:
    """The day of the last step of each, of the steps that are meant."""
    found = (
        select(PairingMove.pairing_id, func.max(PairingMove.at))
        .where(PairingMove.pairing_id.in_(ids), *conditions)
        .group_by(PairingMove.pairing_id)
    )
    return {number: clock.local(at).date() for number, at in db.session.execute(found)}


def _runs_out(standing: helpers.Standing) -> bool:
    """Whether a paper that is needed is still good and will not be for long."""
    return any(standing.gates.get(gate) is GateState.expiring for gate in standing.needed)
