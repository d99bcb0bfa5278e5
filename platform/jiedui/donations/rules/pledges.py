"""What is promised and is neither goods nor money: a place, work, a unit's people for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.core.states import Transitions

MOST = 1000  # seats, jobs or people in one promise


class PledgeKind(StrEnum):
    """What is promised."""

    place = "place"  # a room or a ground, for activities
    jobs = "jobs"  # for parents near home, or for those of sixteen and older
    people = "people"  # employees as volunteers


class PledgeState(StrEnum):
    """Where it stands. Taken up: an office has said yes to it."""

    offered = "offered"
    taken_up = "taken_up"
    declined = "declined"
    over = "over"


PLEDGE_MOVES = Transitions(
    {
        PledgeState.offered: {PledgeState.taken_up, PledgeState.declined},
        PledgeState.taken_up: {PledgeState.over},
    }
)


class PledgeRefusal(StrEnum):
    """Why something about a promise is refused."""

    giver_missing = "giver missing"
    of_a_unit = "of a unit"
    days_wrong = "days wrong"
    not_now = "not now"


@dataclass(frozen=True)
class PledgeSaid:
    """What is promised: how many seats, jobs or people, where, from when, until when."""

    kind: PledgeKind
    words: str
    count: int
    where: str
    starts: date
    until: date | None = None
    unit_id: int | None = None
    name: str = ""
    phone: str = ""


def pledge_fault(said: PledgeSaid, today: date) -> tuple[PledgeRefusal, str] | None:
    """What is wrong with a promise, and the field it belongs to. People are a unit's: a person
    registers as a volunteer."""
    person = said.unit_id is None
    checks = (
        (person and not (said.name and said.phone), PledgeRefusal.giver_missing, "name"),
        (person and said.kind is PledgeKind.people, PledgeRefusal.of_a_unit, "kind"),
        (said.until is not None and said.until < max(said.starts, today),
         PledgeRefusal.days_wrong, "until"),
    )  # fmt: skip
    return next(((code, name) for wrong, code, name in checks if wrong), None)
