"""What the yearly audit counts: the calendar year, ages as the law parts them, kinds of looks.

Regulations on the Protection of Minors in Cyberspace (未成年人网络保护条例) art. 36: access to
minors' data is approved and on record; art. 37: whoever handles it audits that every year and
reports to the cyberspace office, by the end of January for the year before.
Figures are a flat table from a name to a number: "minors:end:under 14", "look:file:coordinator".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jiedui.core.acts import Act
from jiedui.core.resident_id import age_on

Figures = Mapping[str, int]
FILED_BY = (1, 31)  # month and day of the following year
NOBODY = "no account"  # guardians by a link, and the portal itself
NO_ROLE = "no role"
FOURTEEN, GROWN_UP = 14, 18


class AgeGroup(StrEnum):
    """Under 14 the guardian decides and a rule set of its own holds (个人信息保护法 31)."""

    under_14 = "under 14"
    to_17 = "14 to 17"
    grown_up = "18 and over"


class OnFile(StrEnum):
    """When somebody was on file."""

    end = "end"
    ever = "ever"


class Look(StrEnum):
    """Kinds of looks at what belongs to a child or its family, each an act of the record."""

    file = "file"
    house = "house"
    need = "need"
    pairing = "pairing"
    agreement = "agreement"
    report = "report"
    revealed = "revealed"


class AccountMove(StrEnum):
    """What was done to accounts and rights in the year."""

    invited = "invited"
    role_given = "role given"
    role_ended = "role ended"
    handed_over = "handed over"
    disabled = "disabled"


class AtTheDoor(StrEnum):
    """Who came in, and who was turned back."""

    signed_in = "signed in"
    sign_in_refused = "sign-in refused"
    act_refused = "act refused"


LOOKS: dict[Look, Act] = {
    Look.file: Act.child_read,
    Look.house: Act.house_read,
    Look.need: Act.need_read,
    Look.pairing: Act.pairing_read,
    Look.agreement: Act.entrustment_read,
    Look.report: Act.report_read,
    Look.revealed: Act.child_revealed,
}
MOVES: dict[AccountMove, Act] = {
    AccountMove.invited: Act.account_invited,
    AccountMove.role_given: Act.account_role_given,
    AccountMove.role_ended: Act.account_role_ended,
    AccountMove.handed_over: Act.account_work_handed_over,
    AccountMove.disabled: Act.account_disabled,
}
DOOR: dict[AtTheDoor, Act] = {
    AtTheDoor.signed_in: Act.signed_in,
    AtTheDoor.sign_in_refused: Act.sign_in_refused,
    AtTheDoor.act_refused: Act.act_refused,
}


@dataclass(frozen=True)
class FileMoves:
    """When a file was put on, and when it was closed (True) or opened again (False), in order;
    `open` is how it stands now."""

    entered: datetime
    open: bool
    moves: tuple[tuple[datetime, bool], ...] = ()

    def open_at(self, at: datetime) -> bool:
        """Whether it was on file at an instant: what was done to it next says how it stood."""
        if self.entered >= at:
            return False
        return next((closing for when, closing in self.moves if when >= at), self.open)

    def open_between(self, starts: datetime, ends: datetime) -> bool:
        """Whether it was on file at any time from an instant until before another."""
        if self.entered >= ends:
            return False
        came = self.entered >= starts
        back = any(not closing and starts <= when < ends for when, closing in self.moves)
        return came or back or self.open_at(starts)


def age_group(birth: date, day: date) -> AgeGroup:
    """In which group somebody is counted on a day."""
    age = age_on(birth, day)
    if age < FOURTEEN:
        return AgeGroup.under_14
    return AgeGroup.to_17 if age < GROWN_UP else AgeGroup.grown_up


def last_day(year: int, today: date) -> date:
    """The day until which a year is counted: its last, or today while it runs."""
    return min(date(year, 12, 31), today)


def to_be_filed(year: int) -> date:
    """The last day on which the report of a year is due."""
    return date(year + 1, *FILED_BY)


def shown_first(today: date, years: Iterable[int]) -> int:
    """Which year's pack somebody wants: until spring the one that has to be filed."""
    wanted = today.year - 1 if today.month <= FILED_BY[0] + 2 else today.year
    known = sorted(years)
    return wanted if wanted in known else known[-1]
