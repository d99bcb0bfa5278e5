"""The quarterly review: how a file counts as answered, who should perhaps leave, what is refused
(county plan, part four (1) 3: every quarter each township looks at every file again)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jiedui.care.rules.quarters import Quarter
from jiedui.children.rules import ADULT, Category, CloseReason, Finding, Known, Why
from jiedui.core.resident_id import age_on
from jiedui.core.states import Transitions

SIXTEEN = 16  # the national count of left-behind children ends (国发〔2016〕13号)
TEXT_MOST = 500


class ReviewState(StrEnum):
    """Whether a township's review is being done, or signed off and frozen."""

    open = "open"
    signed = "signed"


REVIEW_MOVES = Transitions({ReviewState.open: {ReviewState.signed}})


class Answered(StrEnum):
    """What a quarter brought for a file: confirmed as it is, changed, closed, or the family lives
    in another township now, where the file is looked at."""

    confirmed = "confirmed"
    changed = "changed"
    closed = "closed"
    passed_on = "passed on"


class Proposal(StrEnum):
    """Why somebody should decide on a file and not only confirm it."""

    of_age = "of age"
    parents_returned = "parents returned"
    no_category = "no category"
    moved_away = "moved away"
    double = "double"
    sixteen = "sixteen"


# Proposed to leave; the others are only to be known.
LEAVING = frozenset(Proposal) - {Proposal.sixteen}
USUAL_REASON: Mapping[Proposal, CloseReason] = {
    Proposal.of_age: CloseReason.turned_18,
    Proposal.parents_returned: CloseReason.parent_returned,
    Proposal.no_category: CloseReason.family_improved,
    Proposal.moved_away: CloseReason.moved_away,
    Proposal.double: CloseReason.doubled_file,
}


class ReviewRefusal(StrEnum):
    """Why something in a review is refused."""

    signed_already = "signed already"
    files_open = "files open"
    answered_already = "answered already"
    come_of_age = "come of age"
    lives_elsewhere = "lives elsewhere"
    nothing_ticked = "nothing ticked"
    not_signed = "not signed"


@dataclass(frozen=True)
class FileFacts:
    """What a review must know of one file. `changed_at`: when a person last changed its facts
    since the quarter began; `seen`: the household was seen at a visit in the quarter; `came`: the
    file was opened in the quarter; `was_left_behind`: it ever was in that category."""

    birth_date: date
    plan: Finding
    living: frozenset[Category] = frozenset()
    open: bool = True
    here: bool = True
    changed_at: datetime | None = None
    confirmed_at: datetime | None = None
    was_left_behind: bool = False
    moved: bool = False
    double: bool = False
    seen: bool = False
    came: bool = False


def proposals(facts: FileFacts, quarter: Quarter, today: date) -> tuple[Proposal, ...]:
    """Why somebody should decide on this file, in the order of the enumeration. In a review that
    is late, who has come of age since the quarter ended leaves, too."""
    nobody = facts.plan.answer is Known.no and facts.plan.why is Why.nobody_away
    returned = not facts.living and facts.was_left_behind and nobody
    held = {
        Proposal.of_age: age_on(facts.birth_date, max(quarter.last, today)) >= ADULT,
        Proposal.parents_returned: returned,
        Proposal.no_category: not facts.living and not returned,
        Proposal.moved_away: facts.moved,
        Proposal.double: facts.double,
        Proposal.sixteen: _turns(facts.birth_date, quarter, SIXTEEN),
    }
    return tuple(one for one in Proposal if held[one])


def _turns(birth: date, quarter: Quarter, age: int) -> bool:
    return age_on(birth, quarter.before.last) < age <= age_on(birth, quarter.last)


def answer(facts: FileFacts, quarter: Quarter, today: date) -> Answered | None:
    """How a file is answered by now; None while somebody must still look at it. Any change by a
    person counts, but a file that is proposed to leave stays open until somebody has confirmed it
    after the change; who is of age leaves."""
    if not facts.open:
        return Answered.closed
    if not facts.here:
        return Answered.passed_on
    if age_on(facts.birth_date, today) >= ADULT:
        return None
    if LEAVING.intersection(proposals(facts, quarter, today)) and not _decided(facts):
        return None
    if facts.changed_at is not None:
        return Answered.changed
    return Answered.confirmed if facts.confirmed_at is not None else None


def _decided(facts: FileFacts) -> bool:
    """Somebody has confirmed the file as it stands now."""
    if facts.confirmed_at is None:
        return False
    return facts.changed_at is None or facts.confirmed_at >= facts.changed_at


def together(facts: FileFacts, quarter: Quarter, today: date) -> bool:
    """Whether a file may be confirmed with others of its village in one act: nothing changed,
    nothing to decide, and somebody was there: at a visit in the quarter, or when the file was
    opened in it."""
    asked = answer(facts, quarter, today) is None
    return asked and not proposals(facts, quarter, today) and (facts.seen or facts.came)


def confirm_fault(facts: FileFacts, quarter: Quarter, today: date) -> ReviewRefusal | None:
    """Why a file cannot be confirmed."""
    if not facts.here:
        return ReviewRefusal.lives_elsewhere
    if facts.open and age_on(facts.birth_date, today) >= ADULT:
        return ReviewRefusal.come_of_age
    if answer(facts, quarter, today) is not None:
        return ReviewRefusal.answered_already
    return None


def sign_fault(state: ReviewState, unanswered: Collection[str]) -> ReviewRefusal | None:
    """Why a review cannot be signed off: it is, or files (by number) have no answer."""
    if state is ReviewState.signed:
        return ReviewRefusal.signed_already
    return ReviewRefusal.files_open if unanswered else None


@dataclass(frozen=True)
class Progress:
    """How far a review has come in one place."""

    total: int = 0
    confirmed: int = 0
    changed: int = 0
    closed: int = 0
    passed_on: int = 0
    proposed: int = 0

    @property
    def answered(self) -> int:
        """Files with an answer."""
        return self.confirmed + self.changed + self.closed + self.passed_on

    @property
    def left(self) -> int:
        """Files somebody must still look at."""
        return self.total - self.answered


def progress(files: Collection[tuple[Answered | None, bool]]) -> Progress:
    """The sum of files: each its answer, and whether it waits for a decision."""

    def of(kind: Answered) -> int:
        return sum(said is kind for said, _ in files)

    return Progress(
        total=len(files),
        confirmed=of(Answered.confirmed),
        changed=of(Answered.changed),
        closed=of(Answered.closed),
        passed_on=of(Answered.passed_on),
        proposed=sum(said is None and asked for said, asked in files),
    )
