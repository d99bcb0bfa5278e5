"""A need is raised, changed, shared with a sibling, confirmed as urgent, and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import NeedClosed, happen
from jiedui.core.resident_id import Sex
from jiedui.helpers.rules import CredentialKind, HelpKind, Language, Subject
from jiedui.needs import queries
from jiedui.needs.actions.settling import settle
from jiedui.needs.models import Need, NeedLanguage, NeedSlot, NeedSubject
from jiedui.needs.rules import (
    NEED_MOVES,
    USUAL_SUBJECTS,
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
from jiedui.regions.models import Region


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
    _apply(need, _completed(wish, kids[0].village), by)
    db.session.add(need)
    audit.record(Act.need_raised, need, by=by)
    settle(need)
    return need


def _completed(wish: NewNeed, village: Region) -> NewNeed:
    """A wish with what need not be said: the nearest open place, the usual subjects."""
    missing: dict[str, Any] = {}
    if wish.where is Where.place and wish.place is None:
        missing["place"] = queries.nearest_place(village)
    if wish.kind is HelpKind.tutoring and not wish.subjects:
        missing["subjects"] = USUAL_SUBJECTS
    return replace(wish, **missing)


def _check_children(kids: Sequence[Child], kind: HelpKind) -> None:
    if not kids or any(child.state is not ChildState.open for child in kids):
        raise Refusal(NeedRefusal.child_missing, "children")
    if len({child.household_id for child in kids}) > 1:
        raise Refusal(NeedRefusal.other_household, "children")
    for child in kids:
        for other in queries.living_of(child.id) if child.id else ():
            if other.kind is kind:
                raise Refusal(NeedRefusal.same_need_open, "kind", need=other.code)


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
    need.starts, need.ends = starts, wish.ends
    if not need.team:  # a team's places are an office's, one for each by name
        need.demand = wish.demand
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


def locked(need: Need, version: int | None) -> None:
    db.lock(Need, need.id)
    fresh(need.version, version)
    if need.state is NeedState.closed:
        raise Refusal(NeedRefusal.closed)


def change_need(need: Need, wish: NewNeed, *, by: By, version: int | None = None) -> None:
    """Change what is wished; the kind stays (another kind is another need). A changed urgency
    waits for confirmation again. Refuses an older page, a need that has ended or has somebody."""
    locked(need, version)
    if need.state is NeedState.met:
        raise Refusal(NeedRefusal.met_already)
    _apply(need, wish, by)
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=by)


def join_need(need: Need, child: Child, *, by: By) -> None:
    """A brother or sister shares a wish: one person comes for both. The need waits until there
    is a yes for this child too. Refuses another household, and a need that has somebody."""
    locked(need, None)
    if need.state is NeedState.met:
        raise Refusal(NeedRefusal.met_already, "share")
    if child.household_id != need.household_id:
        raise Refusal(NeedRefusal.other_household, "share")
    _check_children([child], need.kind)
    need.children.append(child)
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=by)
    settle(need)


def confirm_urgency(need: Need, *, by: Actor, version: int | None = None) -> None:
    """The township has looked: it is as urgent as was said. Holds thirty days. Refuses whoever
    said it, and a need that is not urgent."""
    locked(need, version)
    said_by = (need.raised_by, need.urgency_by)
    fault = confirm_fault(need.urgency, need.state, said_by, by.account_id)
    if fault is not None:
        raise Refusal(fault)
    need.confirmed_by, need.confirmed_on = by.account_id, clock.today()
    audit.record(Act.need_urgency_confirmed, need, by=by)


def close_need(need: Need, reason: NeedCloseReason, *, by: By, version: int | None = None) -> None:
    """A need ends, for a reason; whatever rests on it is told. Refuses one that has ended, and
    an older page."""
    locked(need, version)
    NEED_MOVES.require(need.state, NeedState.closed)
    need.state, need.close_reason, need.closed_at = NeedState.closed, reason, clock.now()
    audit.record(Act.need_closed, need, by=by, reason=reason)
    db.session.flush()  # who listens reads what now holds
    happen(NeedClosed(need.id))
