"""A campaign for the holidays: its days, and who of a team may come.

Students come for a few weeks, and their record checks take the police ten working days. So the
campaign is opened six weeks before, has a day on which checks are closed, and who is not cleared on
that day meets no child in these holidays (未成年人保护法 art. 62)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.activities.rules.refusals import ActivityRefusal

LEAD = timedelta(weeks=6)
LONGEST = timedelta(days=100)


class SeasonKind(StrEnum):
    """Which holidays."""

    winter = "winter"
    summer = "summer"


class MemberState(StrEnum):
    """How a member of a team stands: signed up; cleared on the closing day; left out on it."""

    signed = "signed"
    cleared = "cleared"
    left_out = "left_out"


@dataclass(frozen=True)
class SeasonSaid:
    """What is said of a campaign. Sign-up and checks end with `checks_until`; classes are held
    from `starts` to `ends` (all three count)."""

    kind: SeasonKind
    checks_until: date
    starts: date
    ends: date


def season_fault(
    said: SeasonSaid, today: date, police_day: date
) -> tuple[ActivityRefusal, str] | None:
    """What is wrong with a campaign, and the field it belongs to. `police_day` is when the police
    have answered a list of today at the latest."""
    checks = (
        (said.ends < said.starts, ActivityRefusal.season_backwards, "ends"),
        (said.ends - said.starts > LONGEST, ActivityRefusal.season_too_long, "ends"),
        (said.starts <= today, ActivityRefusal.season_past, "starts"),
        (said.checks_until >= said.starts, ActivityRefusal.checks_too_late, "checks_until"),
        (said.checks_until < police_day, ActivityRefusal.checks_too_soon, "checks_until"),
    )
    return next(((code, field) for wrong, code, field in checks if wrong), None)


def after_checks(*, cleared: bool) -> MemberState:
    """What becomes of a member on the closing day."""
    return MemberState.cleared if cleared else MemberState.left_out
