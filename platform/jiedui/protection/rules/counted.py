"""A report and its case as they are counted: where from, what became of it, how its clocks came
out. No words, no name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jiedui.access.rules import Role
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import Situation, Stage
from jiedui.protection.rules.clocks import NEXT_CLOCK, Clock, Times, due_at


class Fate(StrEnum):
    """What became of a report."""

    case = "case"
    ended = "ended"
    waiting = "waiting"


class From(StrEnum):
    """By whom a report came, as far as it is counted: the kind alone."""

    nobody = "nobody"
    village = "village"
    school = "school"
    township = "township"
    office = "office"
    unit = "unit"
    helper = "helper"
    other = "other"


ROLES_OF: dict[From, frozenset[Role]] = {
    From.village: frozenset({Role.child_director, Role.grid_worker}),
    From.school: frozenset({Role.school_worker}),
    From.township: frozenset({Role.township_supervisor}),
    From.office: frozenset(
        {Role.coordinator, Role.duty_officer, Role.leader, Role.auditor, Role.account_admin}
    ),
    From.unit: frozenset({Role.unit_manager, Role.partner_member, Role.donor}),
    From.helper: frozenset({Role.volunteer, Role.social_worker}),
}


class Kept(StrEnum):
    """How a clock came out: in time, run out, or neither so far."""

    kept = "kept"
    run_out = "run out"
    open = "open"


def came_from(roles: Collection[Role] | None) -> From:
    """The kind of whoever reported, by the roles they hold; None: without an account."""
    if roles is None:
        return From.nobody
    return next((kind for kind, own in ROLES_OF.items() if own & set(roles)), From.other)


@dataclass(frozen=True)
class Moved:
    """A step of a case: to which stage, when it was done, and when that was written down."""

    stage: Stage
    at: datetime
    entered: datetime
    skipped: bool = False


@dataclass(frozen=True)
class Told:
    """A report as it is counted. `town` is "" where no place is known; without a case the fields of
    one are empty. `apart`: sealed, or kept from village and township."""

    on: date
    received: datetime
    source: From
    fate: Fate
    read: datetime | None = None
    town: str = ""
    situation: Situation | None = None
    outcome: ReportOutcome | None = None
    steps: tuple[Moved, ...] = ()
    apart: bool = False

    @property
    def quarter(self) -> str:
        """The quarter in which it came in."""
        return str((self.on.month + 2) // 3)


def came_out(one: Told, times: Times, now: datetime) -> dict[Clock, Kept]:
    """How the clocks of a case came out; one that ran more than once is kept if it always was."""
    if not one.steps:
        return {}
    first = one.steps[0].entered
    spans = [
        (Clock.unread, one.received, one.read or first),
        (Clock.triage, one.received, first),
        *(
            (NEXT_CLOCK[this.stage], this.entered, after.entered if after else None)
            for this, after in zip(one.steps, (*one.steps[1:], None), strict=True)
            if this.stage in NEXT_CLOCK
        ),
    ]
    found: dict[Clock, Kept] = {}
    for clock, since, until in spans:
        due = due_at(clock, one.received, since, times)
        late = (until or now) > due
        way = Kept.run_out if late else Kept.kept if until else Kept.open
        if found.get(clock) is not Kept.run_out:
            found[clock] = way
    return found
