"""What a child's file gathers from other rooms: its timeline, its pairings, who is responsible,
and who has looked at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as accounts
from jiedui.access.rules import Role
from jiedui.activities.queries import classes, courses, meetings
from jiedui.care import queries as care
from jiedui.care.queries import absences, support, visits
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import clock, db, words
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.counselling.queries import referrals
from jiedui.counselling.rules.referrals import ReferralState
from jiedui.hours import queries as hours
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing, PairingMove

LOOKS = (Act.child_read.value, Act.child_revealed.value, Act.house_read.value)
MOST = 60


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, which kind, the member whose words say it, and by whom."""

    at: datetime
    kind: str
    what: Any = None
    code: str = ""
    who: int | None = None
    how: Any = None


def timeline(
    child: Child, wishes: Sequence[Need], pairs: Sequence[Pairing], *, counselled: bool = False
) -> list[Step]:
    """Everything that happened around a child, newest first; that it is in counselling's hands
    (`counselled`) for those alone whose work needs it."""
    found = [*_ledger(child), *_said(child), *_watched(child), *_guarded(child)]
    for double in children.joined_files(child):
        found += [*_ledger(double), *_said(double)]
    for need in wishes:
        found.append(Step(need.raised_at, "need", need.kind, need.code, need.raised_by))
        if need.closed_at is not None:
            found.append(Step(need.closed_at, "need_closed", need.close_reason, need.code))
    found += _moves([pairing.id for pairing in pairs])
    found += [*_supports(child), *_absences(child), *_classes(child), *_courses(child)]
    if counselled:
        found += _counselled(child)
    return sorted(found, key=lambda step: step.at, reverse=True)[:MOST]


def _ledger(child: Child) -> Iterable[Step]:
    yield Step(child.entered_at, "registered", who=child.entered_by)
    for merge in children.merges_of(child):
        other = merge.double if merge.kept_id == child.id else merge.kept
        yield Step(merge.at, "joined", code=other.code, who=merge.by_account)
    if child.checked_at is not None:
        yield Step(child.checked_at, "checked", who=child.checked_by)
    kinds = {Act.child_changed.value: "changed", Act.child_closed.value: "closed"}
    entries = select(AuditEntry.at, AuditEntry.act, AuditEntry.account_id).where(
        AuditEntry.object_kind == "child",
        AuditEntry.object_id == child.id,
        AuditEntry.act.in_(kinds),
    )
    for at, act, who in db.session.execute(entries):
        last = act == Act.child_closed.value and child.state is ChildState.closed
        yield Step(at, kinds[act], child.close_reason if last else None, who=who)


def _said(child: Child) -> Iterable[Step]:
    for one in child.consents:
        yield Step(one.given_at, "consent", one.answer, who=one.recorded_by, how=one.means)
        if one.withdrawn_at is not None:
            yield Step(one.withdrawn_at, "withdrawn", how=one.withdrawn_means)
    for view in child.views:
        yield Step(view.at, "view", view.answer, who=view.asked_by, how=view.how)


def _watched(child: Child) -> Iterable[Step]:
    """Visits that count, and how the level moved."""
    for visit in visits.of_household(child.household_id):
        if not visit.superseded:
            yield Step(clock.at(visit.on_day, 12), "visit", visit.outcome, who=visit.by_account)
    for move in children.moves(child.id):
        yield Step(move.at, "risk", move.new, who=move.by_account)


def _guarded(child: Child) -> Iterable[Step]:
    for move in care.moves_of(child.id):
        yield Step(move.at, "guardianship", move.new, who=move.by_account)
    for talk in care.talks_of(child.household_id):
        yield Step(talk.at, "talk", talk.option, who=talk.by_account, how=talk.how)
    papers = {one.id: one.code for one in care.of_child(child.id)}
    for step in care.paper_moves(list(papers)):
        code = papers[step.entrustment_id]
        yield Step(step.at, "entrustment", step.new, code, step.by_account)


def _moves(pairing_ids: Sequence[int]) -> Iterable[Step]:
    moves = select(PairingMove).where(PairingMove.pairing_id.in_(pairing_ids))
    for one in db.session.scalars(moves):
        if one.old != one.new:
            yield Step(one.at, "pairing", one.new, f"P-{one.pairing_id:04d}", one.by_account)


def _supports(child: Child) -> Iterable[Step]:
    for one in support.steps_of(child.id):
        if one.old != one.new:
            code = words.label(one.case.code)
            yield Step(one.at, "support", one.new, code, who=one.by_account)


def _classes(child: Child) -> Iterable[Step]:
    """Seats on classes, and of each class the last day the child was there, with how often."""
    for entry in classes.seats_of(child.id, living=False):
        activity = entry.activity
        yield Step(entry.signed_at, "class", activity.kind, activity.title, entry.signed_by)
    for title, times, last in meetings.attended(child.id):
        yield Step(last, "class_held", times, title)


def _courses(child: Child) -> Iterable[Step]:
    """Courses at which one of the family's grown-ups was, by the confirmed list."""
    for one in courses.of_guardians(child.household_id):
        relation = one.guardian.relation if one.guardian else None
        yield Step(one.course.end_at, "course", relation, one.course.title)


def _absences(child: Child) -> Iterable[Step]:
    for one in absences.absences_of(child.id):
        yield Step(one.reported_at, "absent", one.since, who=one.reported_by)
        if one.ended_at is not None:
            yield Step(one.ended_at, "absence_over", one.end_how, who=one.ended_by)


def _counselled(child: Child) -> Iterable[Step]:
    """That it was in counselling's hands, and nothing else: neither why nor who sent it."""
    for one in referrals.of_child(child.id):
        yield Step(one.sent_at, "counselled")
        if one.state is ReferralState.closed:
            yield Step(one.steps[-1].at, "counselled_over")


@dataclass(frozen=True)
class Look:
    """Somebody looked at the file."""

    at: datetime
    who: int | None
    revealed: bool


def looks(child: Child, limit: int = 10) -> list[Look]:
    """Who has looked at the file of late."""
    kind, number = AuditEntry.object_kind, AuditEntry.object_id
    about = or_(
        and_(kind == "child", number == child.id),
        and_(kind == "household", number == child.household_id),
    )
    found = (
        select(AuditEntry)
        .where(about)
        .where(AuditEntry.act.in_(LOOKS))
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    rows = db.session.scalars(found)
    return [Look(r.at, r.account_id, r.act == Act.child_revealed.value) for r in rows]


@dataclass(frozen=True)
class Pair:
    """A pairing as a file shows it: how often the two have met, and when last."""

    pairing: Pairing
    met: int
    last: date | None


def pairs_of(wishes: Sequence[Need]) -> list[Pair]:
    """The pairings of a child's needs, newest first."""
    ids = [need.id for need in wishes]
    found = select(Pairing).where(Pairing.need_id.in_(ids)).order_by(Pairing.id.desc())
    rows = db.session.scalars(found.options(joinedload(Pairing.helper))).all()
    met = hours.held([pairing.id for pairing in rows])
    return [Pair(pairing, *met.get(pairing.id, (0, None))) for pairing in rows]


def wishes_of(child: Child) -> list[Need]:
    """All needs of a child, newest first."""
    return needs.of_child(child.id)


def in_charge(child: Child) -> list[tuple[Role, str]]:
    """Who is responsible for the child: the village's and the township's people by name."""
    return [
        (role, holding.account.name)
        for role in (Role.child_director, Role.township_supervisor)
        for holding in accounts.holders(child.county_id, role, region_path=child.scope_path)
    ]


def visit_due(child: Child) -> date | None:
    """Until when the child's house is to be visited; None where no file is open there."""
    house = visits.due_day(child.household_id, child.village.path)
    return None if house is None else house.due


def names_in(steps: Iterable[Step], seen: Iterable[Look]) -> dict[int, str]:
    """The names of everybody a file speaks of, by account."""
    ids = {one.who for one in steps} | {one.who for one in seen}
    return accounts.names_of({number for number in ids if number is not None})
