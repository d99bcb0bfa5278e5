"""How the vetting of many stands, without opening anybody's sealed columns; and, of one, gate by
gate in detail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from jiedui.access import queries as access
from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.helpers import rules
from jiedui.helpers.models import (
    BatchMember,
    Credential,
    Helper,
    HelperOffer,
    RecordCheckBatch,
    VettingFact,
)
from jiedui.helpers.rules import (
    BatchState,
    Fact,
    Gate,
    GateState,
    HelperKind,
    HelperState,
    HelpKind,
    NextStep,
    Seen,
)
from jiedui.regions import queries as regions

# What the office has to do; the code of conduct is signed by the helper.
OFFICE_GATES = (Gate.identity, Gate.record_check, Gate.training, Gate.credential)


@dataclass(frozen=True)
class Standing:
    """A helper's vetting today. `on_list`: the police have not answered yet."""

    id: int
    account_id: int | None
    entered_by: int | None
    kind: HelperKind
    state: HelperState
    village_id: int
    offers: frozenset[HelpKind]
    gates: dict[Gate, GateState]
    on_list: bool

    @property
    def needed(self) -> tuple[Gate, ...]:
        """The gates that must be passed before this person meets a child."""
        return rules.gates_for(self.offers, self.kind is HelperKind.social_worker)

    @property
    def cleared(self) -> bool:
        """Whether this person may be paired today."""
        return self.state is HelperState.registered and rules.passes(self.needed, self.gates)

    @property
    def open_gates(self) -> list[Gate]:
        """The gates that are not passed."""
        return [g for g, state in self.gates.items() if state not in rules.PASSING]

    def waits_at(self, gate: Gate) -> bool:
        """Whether something has to be done at a gate: it is not passed, or runs out soon."""
        if self.state is not HelperState.registered:
            return False
        due = self.gates.get(gate, GateState.good) is not GateState.good
        return due and not (gate is Gate.record_check and self.on_list)

    @property
    def waits_for_office(self) -> bool:
        """Whether the next step is the office's."""
        return any(self.waits_at(gate) for gate in OFFICE_GATES)


def standings(where: ColumnElement[bool]) -> list[Standing]:
    """The standing of every helper for whom a condition holds, by id; four plain queries."""
    people = db.session.execute(
        select(
            Helper.id, Helper.account_id, Helper.entered_by, Helper.kind, Helper.state,
            Helper.village_id,
        )
        .where(where)
        .order_by(Helper.id)
    ).all()  # fmt: skip
    inside = select(Helper.id).where(where)
    offers = _grouped(select(HelperOffer.helper_id, HelperOffer.kind), HelperOffer, inside)
    facts = _facts(inside)
    papers = _papers(inside)
    listed = _listed()
    today = clock.today()
    found = []
    for row in people:
        offered = frozenset(offers[row.id])
        gates = rules.gate_states((row.kind, offered), facts[row.id], papers[row.id], today)
        found.append(Standing(*row, offered, gates, row.id in listed))
    return found


def _grouped(found: Any, table: Any, inside: Any) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for helper_id, value in db.session.execute(found.where(table.helper_id.in_(inside))):
        groups[helper_id].append(value)
    return groups


def _facts(inside: Any) -> dict[int, list[Fact]]:
    groups: dict[int, list[Fact]] = defaultdict(list)
    rows = select(
        VettingFact.helper_id, VettingFact.gate, VettingFact.outcome, VettingFact.done_on,
        VettingFact.valid_until, VettingFact.text_version,
    )  # fmt: skip
    rows = rows.where(VettingFact.helper_id.in_(inside)).order_by(VettingFact.id)
    for helper_id, *fact in db.session.execute(rows):
        groups[helper_id].append(Fact(*fact))  # type: ignore[arg-type]
    return groups


def _papers(inside: Any) -> dict[int, list[Seen]]:
    groups: dict[int, list[Seen]] = defaultdict(list)
    rows = select(Credential.helper_id, Credential.kind, Credential.outcome, Credential.expires)
    for helper_id, *paper in db.session.execute(rows.where(Credential.helper_id.in_(inside))):
        groups[helper_id].append(Seen(*paper))  # type: ignore[arg-type]
    return groups


def _listed() -> frozenset[int]:
    rows = select(BatchMember.helper_id).join(RecordCheckBatch)
    return frozenset(db.session.scalars(rows.where(RecordCheckBatch.state == BatchState.sent)))


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to."""

    cleared: bool | None = None
    state: HelperState | None = None
    gate: Gate | None = None
    kind: HelperKind | None = None
    township: str | None = None

    def takes(self, one: Standing) -> bool:
        """Whether a helper is on the narrowed list."""
        return (
            (self.cleared is None or one.cleared is self.cleared)
            and (self.state is None or one.state is self.state)
            and (self.gate is None or one.waits_at(self.gate))
            and (self.kind is None or one.kind is self.kind)
        )

    def condition(self) -> ColumnElement[bool] | None:
        """What the database narrows itself."""
        if self.township is None:
            return None
        return Helper.village_id.in_(regions.ids_within(self.township))


def waiting_by_gate(people: Iterable[Standing]) -> Counter[Gate]:
    """How many wait at each gate."""
    return Counter(gate for one in people for gate in Gate if one.waits_at(gate))


def awaiting_vetting(actor: Actor) -> list[Standing]:
    """Who in a coordinator's region waits for the office and may be vetted by this person."""
    inside = Helper.village_id.in_(regions.ids_within(actor.scope))
    found = standings(inside & (Helper.state == HelperState.registered))
    return [one for one in found if one.waits_for_office and not fault_for(actor, one)]


def fault_for(actor: Actor, one: Any) -> rules.HelperRefusal | None:
    """Why this person may not vet that helper: as themselves, or as somebody's deputy."""
    for person in (actor.account_id, actor.acts_as):
        fault = rules.vetting_fault(person, one.account_id, one.entered_by)
        if fault is not None:
            return fault
    return None


@dataclass(frozen=True)
class GateView:
    """One gate of one helper, as a page tells it."""

    gate: Gate
    state: GateState
    since: date
    until: date | None
    authority: str
    seen_by: str
    step: NextStep
    needed: bool


def gate_views(helper: Helper, states: dict[Gate, GateState]) -> list[GateView]:
    """Each gate with its state, since when, who saw the paper, and what comes next."""
    names = access.names_of({f.seen_by for f in helper.facts if f.seen_by})
    needed = rules.gates_for(
        [o.kind for o in helper.offers], helper.kind is HelperKind.social_worker
    )
    return [_view(helper, g, s, names, g in needed) for g, s in states.items()]


def _view(
    helper: Helper, gate: Gate, state: GateState, names: dict[int, str], needed: bool
) -> GateView:
    rows = [f for f in helper.facts if f.gate is gate]
    facts = [Fact(f.gate, f.outcome, f.done_on, f.valid_until, f.text_version) for f in rows]
    counts = rules.latest(gate, facts) if state is not GateState.missing else None
    row = rows[facts.index(counts)] if counts is not None else None
    since = row.done_on if row else clock.local(helper.registered_at).date()
    if row and state is GateState.expired and row.valid_until:
        since = row.valid_until
    return GateView(
        gate=gate,
        state=state,
        since=since,
        until=row.valid_until if row else None,
        authority=row.authority if row else "",
        seen_by=names.get(row.seen_by or 0, "") if row else "",
        step=rules.next_step(gate, state, helper.account_id is not None),
        needed=needed,
    )
