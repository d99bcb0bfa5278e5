"""Finding helpers, and whether one is cleared today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from jiedui.access.rules import Actor, Role
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing
from jiedui.helpers import rules
from jiedui.helpers.models import Helper
from jiedui.helpers.queries.standing import standings
from jiedui.helpers.rules import Fact, Gate, GateState, HelperKind, HelperState, HelpKind, Seen
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

ID_NUMBER = "helper.id_number"
AT_ONCE = 400  # names in one IN clause
SEALED = (
    Helper.name,
    Helper.id_number,
    Helper.phone,
    Helper.licence,
    Helper.national_number,
    Helper.about,
    Helper.form_holder,
)


def id_index(number: str) -> str:
    """The blind index of an identity number."""
    return crypto.blind_index(ID_NUMBER, number)


def whole() -> Select[Any]:
    """Helpers with everything known of them, in a fixed number of queries."""
    return select(Helper).options(
        joinedload(Helper.village).joinedload(Region.parent),
        joinedload(Helper.unit),
        selectinload(Helper.offers),
        selectinload(Helper.subjects),
        selectinload(Helper.stages),
        selectinload(Helper.languages),
        selectinload(Helper.modes),
        selectinload(Helper.slots),
        selectinload(Helper.periods),
        selectinload(Helper.seats),
        selectinload(Helper.facts),
        selectinload(Helper.credentials),
    )


def get(helper_id: int) -> Helper:
    """The helper with this id, with everything known of them; raise Missing."""
    helper: Helper | None = db.session.scalar(whole().where(Helper.id == helper_id))
    if helper is None:
        raise Missing
    return helper


def several(ids: Iterable[int]) -> list[Helper]:
    """The helpers with these ids, by id."""
    wanted = sorted(set(ids))
    found: list[Helper] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = Helper.id.in_(wanted[start : start + AT_ONCE])
        found += db.session.scalars(whole().where(part).order_by(Helper.id))
    return found


def by_account(account_id: int) -> Helper | None:
    """The helper that an account belongs to."""
    helper: Helper | None = db.session.scalar(whole().where(Helper.account_id == account_id))
    return helper


def by_id_number(county_id: int, number: str) -> Helper | None:
    """Whoever is registered in a county with this identity number."""
    found = select(Helper).where(Helper.county_id == county_id, Helper.id_index == id_index(number))
    return db.session.scalar(found)


def entered_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a helper was entered by this person, or by anybody of their unit or
    township: colleagues see what the other entered."""
    own = Helper.entered_by == actor.acts_as
    if actor.unit_id is not None:
        return or_(own, (Helper.unit_id == actor.unit_id) & Helper.entered_by.is_not(None))
    inside = Helper.village_id.in_(regions.ids_within(actor.scope))
    return or_(own, inside & Helper.entered_by.is_not(None))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a helper exists for this person: in the region of a coordinator or a
    township, in one's own unit, or oneself."""
    if actor.role in (Role.coordinator, Role.township_supervisor):
        return Helper.village_id.in_(regions.ids_within(actor.scope))
    if actor.role is Role.unit_manager and actor.unit_id is not None:
        return Helper.unit_id == actor.unit_id
    if actor.role in (Role.volunteer, Role.social_worker):
        return Helper.account_id == actor.account_id
    return false()


def facts_of(helper: Helper) -> list[Fact]:
    """What was found about a helper, in the order it was recorded."""
    return [Fact(f.gate, f.outcome, f.done_on, f.valid_until, f.text_version) for f in helper.facts]


def papers_of(helper: Helper) -> list[Seen]:
    """Their credentials as rules see them."""
    return [Seen(c.kind, c.outcome, c.expires) for c in helper.credentials]


def offered(helper: Helper) -> frozenset[HelpKind]:
    """What a helper offers."""
    return frozenset(o.kind for o in helper.offers)


def gate_states(helper: Helper) -> dict[Gate, GateState]:
    """How each gate that concerns a helper stands today."""
    person = (helper.kind, offered(helper))
    return rules.gate_states(person, facts_of(helper), papers_of(helper), clock.today())


def is_cleared(helper: Helper) -> bool:
    """Whether a helper may be paired today. Computed, never set."""
    if helper.state is not HelperState.registered:
        return False
    social_worker = helper.kind is HelperKind.social_worker
    return rules.passes(rules.gates_for(offered(helper), social_worker), gate_states(helper))


def may_counsel(helper: Helper) -> bool:
    """Whether a paper that was seen allows counselling today."""
    wanted = rules.papers_wanted(helper.kind)
    state = rules.credential_state(wanted, papers_of(helper), clock.today())
    return state in rules.PASSING


def offers_open(helper: Helper) -> frozenset[HelpKind]:
    """What may be matched today of what a helper offers."""
    return rules.open_offers(offered(helper), may_counsel(helper))


def cleared(county_id: int) -> list[Helper]:
    """Every helper of a county who may be paired today, with all that matching needs; the sealed
    columns are opened only when somebody asks for them."""
    ids = [s.id for s in standings(Helper.county_id == county_id) if s.cleared]
    return _for_matching(ids)


def _for_matching(ids: Collection[int]) -> list[Helper]:
    wanted = sorted(ids)
    light = whole().options(*(defer(column) for column in SEALED))
    found: list[Helper] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = Helper.id.in_(wanted[start : start + AT_ONCE])
        found += db.session.scalars(light.where(part).order_by(Helper.id))
    return found
