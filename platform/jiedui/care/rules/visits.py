"""Visits (走访): what is found, how it moves the risk level, and when the next one is due.

No national frequency was found; 民发〔2019〕34号 leaves it to the place. The table is the county's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from jiedui.access.rules import Role
from jiedui.children.rules import RiskLevel, above, highest

LONGEST_AGO = timedelta(days=366)  # what is older was mistyped
SOON = timedelta(days=7)


class HomeFound(StrEnum):
    """Whom a visit found."""

    seen = "seen"
    nobody_home = "nobody_home"
    moved = "moved"


class Doing(StrEnum):
    """How the children are."""

    well = "well"
    worries = "worries"
    poorly = "poorly"


class CaredBy(StrEnum):
    """Who looks after the children now."""

    parent = "parent"
    grandparent = "grandparent"
    relative = "relative"
    other = "other"
    nobody = "nobody"


class Contact(StrEnum):
    """Whether absent parents keep contact every week (未成年人保护法 art. 23)."""

    weekly = "weekly"
    less = "less"
    none = "none"
    at_home = "at_home"


class Helped(StrEnum):
    """How it goes with the helper of a pairing."""

    well = "well"
    seldom = "seldom"
    trouble = "trouble"


class Noticed(StrEnum):
    """What a visit may notice, most serious first."""

    alone = "alone"
    violence = "violence"
    neglect = "neglect"
    carer_unable = "carer_unable"
    harmed = "harmed"
    out_of_school = "out_of_school"
    untreated = "untreated"
    unsafe_house = "unsafe_house"
    low_spirits = "low_spirits"
    carer_changed = "carer_changed"
    money_short = "money_short"


# Guardianship fails: reported at once (国检发〔2020〕9号 art. 4; 国发〔2016〕13号 part four).
FAILING = frozenset(
    {
        Noticed.alone,
        Noticed.violence,
        Noticed.neglect,
        Noticed.carer_unable,
        Noticed.harmed,
    }
)
_LEAST = dict.fromkeys(FAILING, RiskLevel.red) | {
    Noticed.out_of_school: RiskLevel.yellow,
    Noticed.untreated: RiskLevel.yellow,
    Noticed.unsafe_house: RiskLevel.yellow,
    Noticed.low_spirits: RiskLevel.yellow,
    Noticed.carer_changed: RiskLevel.blue,
    Noticed.money_short: RiskLevel.blue,
}


class LevelDecision(StrEnum):
    """What the township makes of a lower level that a visit proposes."""

    agree = "agree"
    stay = "stay"


class VisitRefusal(StrEnum):
    """Why a visit is refused."""

    in_future = "in future"
    long_ago = "long ago"
    nobody_seen = "nobody seen"
    not_of_this_house = "not of this house"
    unsaid = "unsaid"
    house_empty = "house empty"
    corrected_already = "corrected already"
    nothing_proposed = "nothing proposed"


@dataclass(frozen=True)
class Said:
    """What of a visit bears on a level. Of a house where nobody was met nothing more is said."""

    found: HomeFound
    doing: Doing | None = None
    carer: CaredBy | None = None
    contact: Contact | None = None
    noticed: frozenset[Noticed] = frozenset()

    @property
    def findings(self) -> frozenset[Noticed]:
        """What was ticked, and what follows from who looks after the children."""
        alone = {Noticed.alone} if self.carer is CaredBy.nobody else set()
        return self.noticed | alone

    @property
    def failing(self) -> bool:
        """Whether guardianship fails here, so that it must be reported."""
        return bool(self.findings & FAILING)

    @property
    def least(self) -> RiskLevel:
        """The level that the findings ask for at least."""
        asked = [_LEAST[one] for one in self.findings]
        if self.doing is Doing.poorly:
            asked.append(RiskLevel.yellow)
        if self.contact is Contact.none:
            asked.append(RiskLevel.blue)
        return highest(asked)


def visit_fault(
    said: Said, on_day: date, seen: Iterable[int], here: frozenset[int], today: date
) -> tuple[VisitRefusal, str] | None:
    """What is wrong with what is said of a visit, and its field. `here` are the children whose
    files are open in this house."""
    seen = frozenset(seen)
    if not here:
        return VisitRefusal.house_empty, "outcome"
    if on_day > today:
        return VisitRefusal.in_future, "on_day"
    if on_day < today - LONGEST_AGO:
        return VisitRefusal.long_ago, "on_day"
    if not seen <= here:
        return VisitRefusal.not_of_this_house, "seen"
    if said.found is not HomeFound.seen:
        return None
    if not seen:
        return VisitRefusal.nobody_seen, "seen"
    asked = {"doing": said.doing, "carer": said.carer, "contact": said.contact}
    missing = [name for name, answer in asked.items() if answer is None]
    return (VisitRefusal.unsaid, missing[0]) if missing else None


def level_after(
    now: RiskLevel, least: RiskLevel, proposed: RiskLevel | None, *, may_lower: bool
) -> RiskLevel:
    """A child's level after a visit: up to what the findings ask for or what is proposed,
    whichever is higher; down to the proposal only where it may be lowered."""
    wanted = highest([least, proposed or now])
    return wanted if above(wanted, now) or may_lower else now


def proposes_less(now: RiskLevel, least: RiskLevel, proposed: RiskLevel | None) -> bool:
    """Whether a visit asks for a lower level, which the township decides on."""
    return proposed is not None and above(now, highest([least, proposed]))


def tells_all(failing: bool, mine: bool, role: Role | None) -> bool:
    """Whether a reader sees findings and words of a visit. Where guardianship failed they show
    who reported it: then the visitor and the township only (反家庭暴力法 art. 14)."""
    return mine or not failing or role is Role.township_supervisor


@dataclass(frozen=True)
class VisitPlan:
    """A county's table: the longest days between visits by level, until a new file's first, and
    from the start of school holidays (month and day) until all houses were visited."""

    every: Mapping[RiskLevel, int]
    new_file: int
    holidays: int
    begins: tuple[tuple[int, int], ...]


def plan_of(table: Mapping[str, Any], begins: Mapping[str, str]) -> VisitPlan:
    """The plan as a county's settings say it."""
    starts = [tuple(map(int, text.split("-"))) for text in begins.values()]
    return VisitPlan(
        every={level: int(table[level.value]) for level in RiskLevel},
        new_file=int(table["new file"]),
        holidays=int(table["holidays"]),
        begins=tuple(sorted((month, day) for month, day in starts)),
    )


@dataclass(frozen=True)
class Watched:
    """One child as the plan sees it: level, the day since which it holds, and the file's first
    day."""

    level: RiskLevel
    level_on: date
    entered_on: date


def next_holidays(after: date, begins: Iterable[tuple[int, int]]) -> date | None:
    """The first start of school holidays after a day."""
    starts = [date(after.year + y, m, d) for y in (0, 1) for m, d in begins]
    return min((start for start in starts if start > after), default=None)


def child_due(child: Watched, seen_on: date | None, plan: VisitPlan) -> date:
    """Until when a child's house is to be visited. `seen_on` is the last day on which somebody
    was met there.

    A raised level counts from the day it was raised, red from that very day; it never excuses a
    visit that was overdue by the slowest table."""
    known = seen_on is not None and seen_on >= child.entered_on
    last = seen_on if known and seen_on is not None else child.entered_on
    every = plan.every[child.level]
    if known:
        slowest = max(plan.every.values())
        raised = max(last + timedelta(days=every), child.level_on)
        dues = [min(raised, last + timedelta(days=max(slowest, every)))]
    else:
        dues = [last + timedelta(days=min(plan.new_file, every))]
    if child.level is RiskLevel.red and (not known or last < child.level_on):
        dues.append(child.level_on)
    start = next_holidays(last, plan.begins)
    if start is not None:
        dues.append(start + timedelta(days=plan.holidays))
    return min(dues)


def house_due(children: Iterable[Watched], seen_on: date | None, plan: VisitPlan) -> date:
    """Until when a house is to be visited: as soon as any of its children asks for it."""
    return min(child_due(child, seen_on, plan) for child in children)


class Turn(StrEnum):
    """The parts of a walking list."""

    overdue = "overdue"
    soon = "soon"
    later = "later"
    gone = "gone"


def turn_of(due: date, moved: bool, today: date) -> Turn:
    """Where a house stands in the list; one that has moved away waits for its files."""
    if moved:
        return Turn.gone
    if due < today:
        return Turn.overdue
    return Turn.soon if due < today + SOON else Turn.later
