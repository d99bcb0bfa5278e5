"""What is done with needs: raised, changed, confirmed as urgent, met, closed; and how a need
follows the answers of guardian and child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.actions import ConsentSaid, NewChild, ViewSaid
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, Purpose
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import AnswerGiven, ChildClosed, ConsentWithdrawn, NeedClosed, happen
from jiedui.core.resident_id import Sex
from jiedui.helpers.rules import CredentialKind, HelpKind, Language, Subject
from jiedui.needs import queries
from jiedui.needs.models import Need, NeedLanguage, NeedSlot, NeedSubject
from jiedui.needs.rules import (
    LIVING,
    NEED_MOVES,
    Frequency,
    Goal,
    NeedCloseReason,
    NeedRefusal,
    NeedState,
    Urgency,
    UrgencyReason,
    Where,
    Wish,
    confirm_fault,
    wish_fault,
)
from jiedui.partners.models import Place


@dataclass(frozen=True)
class NewNeed:
    """What is said of a need. Three things are asked (kind, slots, where); the rest has
    defaults."""

    kind: HelpKind
    slots: frozenset[int]
    where: Where = Where.place
    place: Place | None = None
    frequency: Frequency = Frequency.weekly
    times: int | None = None
    starts: date | None = None  # None: today
    ends: date | None = None
    subjects: frozenset[Subject] = frozenset()
    languages: frozenset[Language] = frozenset()
    wished_sex: Sex | None = None
    credential: CredentialKind | None = None
    goal: Goal | None = None
    urgency: Urgency = Urgency.normal
    urgency_reason: UrgencyReason | None = None
    demand: int = 1
    notes: str = ""


@dataclass(frozen=True)
class Visit:
    """What one visit to a house brings: a child, the guardian's answer, the child's own view, and
    a wish; all but the child may be missing. `guardian_id` is the one who answered, when the
    household was known before."""

    child: NewChild
    consent: ConsentSaid | None = None
    view: ViewSaid | None = None
    wish: NewNeed | None = None
    guardian_id: int | None = None


def keep_visit(said: Visit, *, by: By) -> tuple[Child, Need | None]:
    """Keep all that one visit brought, in one act: refuses as each of its parts does, and then
    keeps nothing."""
    child = ledger.register_child(said.child, by=by)
    db.session.flush()  # what follows speaks of the child by its id
    first = next((g for g in child.household.guardians if g.is_guardian), None)
    guardian_id = said.guardian_id or (first.id if first else 0)
    if said.consent is not None:
        ledger.record_consent(child, guardian_id, said.consent, by=by)
    if said.view is not None:
        ledger.record_view(child, said.view, by=by)
    need = raise_need([child], said.wish, by=by) if said.wish is not None else None
    return child, need


def raise_need(kids: Sequence[Child], wish: NewNeed, *, by: By) -> Need:
    """Keep a wish of one child, or of several of one household. It is open for matching when the
    guardian and every child have said yes, else it waits. Refuses a faulty wish, children of two
    households or off the ledger, and a second living need of the same kind."""
    _check_children(kids, wish.kind)
    need = Need(
        county_id=kids[0].county_id,
        household=kids[0].household,
        children=list(kids),
        state=NeedState.waiting,
        raised_by=by.account_id,
        raised_at=clock.now(),
    )
    _apply(need, wish, by)
    db.session.add(need)
    audit.record(Act.need_raised, need, by=by)
    _settle(need)
    return need


def _check_children(kids: Sequence[Child], kind: HelpKind) -> None:
    if not kids or any(child.state is not ChildState.open for child in kids):
        raise Refusal(NeedRefusal.child_missing, "children")
    if len({child.household_id for child in kids}) > 1:
        raise Refusal(NeedRefusal.other_household, "children")
    for child in kids:
        for other in queries.living_of(child.id) if child.id else ():
            if other.kind is kind:
                raise Refusal(NeedRefusal.same_need_open, "kind", code=other.code)


def _check_wish(wish: NewNeed, starts: date, county_id: int) -> None:
    said = Wish(
        kind=wish.kind,
        where=wish.where,
        slots=wish.slots,
        frequency=wish.frequency,
        times=wish.times,
        starts=starts,
        ends=wish.ends,
        subjects=frozenset(s.value for s in wish.subjects),
        urgency=wish.urgency,
        reason=wish.urgency_reason,
        has_place=wish.place is not None,
    )
    fault = wish_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    place = wish.place if wish.where is Where.place else None
    if place is not None and (not place.open or place.county_id != county_id):
        raise Refusal(NeedRefusal.place_outside, "place")


def _apply(need: Need, wish: NewNeed, by: By) -> None:
    starts = wish.starts or need.starts or clock.today()
    _check_wish(wish, starts, need.county_id)
    if (wish.urgency, wish.urgency_reason) != (need.urgency, need.urgency_reason):
        need.urgency_by = by.account_id if wish.urgency is not Urgency.normal else None
        need.confirmed_by = need.confirmed_on = None
    urgent = wish.urgency is not Urgency.normal
    need.kind, need.where, need.frequency = wish.kind, wish.where, wish.frequency
    need.place = wish.place if wish.where is Where.place else None
    need.times = wish.times if wish.frequency is Frequency.n_per_week else None
    need.starts, need.ends, need.demand = starts, wish.ends, wish.demand
    need.wished_sex, need.credential, need.goal = wish.wished_sex, wish.credential, wish.goal
    need.urgency, need.urgency_reason = wish.urgency, wish.urgency_reason if urgent else None
    need.notes = wish.notes or None
    need.slots = [_slot(need, n) for n in sorted(wish.slots)]
    need.subjects = [_subject(need, s) for s in sorted(wish.subjects)]
    need.languages = [_language(need, one) for one in sorted(wish.languages)]


def _slot(need: Need, number: int) -> NeedSlot:
    return next((s for s in need.slots if s.slot == number), None) or NeedSlot(slot=number)


def _subject(need: Need, subject: Subject) -> NeedSubject:
    kept = (s for s in need.subjects if s.subject is subject)
    return next(kept, None) or NeedSubject(subject=subject)


def _language(need: Need, language: Language) -> NeedLanguage:
    kept = (one for one in need.languages if one.language is language)
    return next(kept, None) or NeedLanguage(language=language)


def _locked(need: Need, version: int | None) -> None:
    db.lock(Need, need.id)
    fresh(need.version, version)
    if need.state is NeedState.closed:
        raise Refusal(NeedRefusal.closed)


def change_need(need: Need, wish: NewNeed, *, by: By, version: int | None = None) -> None:
    """Change what is wished; the kind stays (another kind is another need). A changed urgency
    waits for confirmation again. Refuses an older page, a need that has ended or has somebody."""
    _locked(need, version)
    if need.state is NeedState.met:
        raise Refusal(NeedRefusal.met_already)
    _apply(need, wish, by)
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=by)


def join_need(need: Need, child: Child, *, by: By) -> None:
    """A brother or sister shares a wish: one person comes for both. The need waits until there
    is a yes for this child too. Refuses another household, and a need that has somebody."""
    _locked(need, None)
    if need.state is NeedState.met:
        raise Refusal(NeedRefusal.met_already, "share")
    if child.household_id != need.household_id:
        raise Refusal(NeedRefusal.other_household, "share")
    _check_children([child], need.kind)
    need.children.append(child)
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=by)
    _settle(need)


def confirm_urgency(need: Need, *, by: Actor, version: int | None = None) -> None:
    """The township has looked: it is as urgent as was said. Holds thirty days. Refuses whoever
    said it, and a need that is not urgent."""
    _locked(need, version)
    said_by = (need.raised_by, need.urgency_by)
    fault = confirm_fault(need.urgency, need.state, said_by, by.account_id)
    if fault is not None:
        raise Refusal(fault)
    need.confirmed_by, need.confirmed_on = by.account_id, clock.today()
    audit.record(Act.need_urgency_confirmed, need, by=by)


def close_need(need: Need, reason: NeedCloseReason, *, by: By, version: int | None = None) -> None:
    """A need ends, for a reason; whatever rests on it is told. Refuses one that has ended, and
    an older page."""
    _locked(need, version)
    NEED_MOVES.require(need.state, NeedState.closed)
    need.state, need.close_reason, need.closed_at = NeedState.closed, reason, clock.now()
    audit.record(Act.need_closed, need, by=by, reason=reason)
    db.session.flush()  # who listens reads what now holds
    happen(NeedClosed(need.id))


def mark_met(need: Need, *, by: By) -> None:
    """Somebody is there for every place of this need."""
    _move(need, NeedState.met, by)


def reopen(need: Need, *, by: By) -> None:
    """A place of this need is free again: it is matched, or waits where a yes is missing."""
    db.lock(Need, need.id)
    if need.state in LIVING:
        _move(need, NeedState.waiting if queries.missing_for(need) else NeedState.open, by)


def _move(need: Need, new: NeedState, by: By) -> None:
    if need.state is new:
        return
    NEED_MOVES.require(need.state, new)
    need.state = new
    if new is NeedState.open:
        need.open_since = clock.now()
    audit.record(Act.need_changed, need, by=by, state=new)


def _settle(need: Need) -> None:
    """Let a need that nobody has been found for follow what guardian and child have said. One
    that has somebody stays met: its pairing has a consent of its own."""
    complete = not queries.missing_for(need)
    if need.state is NeedState.waiting and complete:
        _move(need, NeedState.open, SYSTEM)
    elif need.state is NeedState.open and not complete:
        _move(need, NeedState.waiting, SYSTEM)


def _follow(needs: Iterable[Need]) -> None:
    for need in needs:
        db.lock(Need, need.id)
        _settle(need)


def on_answer(happening: AnswerGiven) -> None:
    """A guardian or a child has answered: needs of the child open or wait."""
    if happening.purpose == Purpose.matching:
        _follow(queries.living_of(happening.child_id))


def on_withdrawn(happening: ConsentWithdrawn) -> None:
    """Consent to matching was taken back: nothing is matched from this moment."""
    if happening.purpose == Purpose.matching:
        _follow(queries.living_of(happening.child_id))


def on_child_closed(happening: ChildClosed) -> None:
    """A child has left: its needs end, those it shares go on for the others."""
    child = children.get(happening.child_id)
    for need in queries.living_of(child.id):
        others = [c for c in need.children if c.id != child.id and c.state is ChildState.open]
        if others:
            need.children = others
            audit.record(Act.need_changed, need, by=SYSTEM)
            _settle(need)
        else:
            close_need(need, NeedCloseReason.child_left, by=SYSTEM)
