"""Some people have chosen how letters reach them. The demo's ways lead nowhere: what was sent
stands on its page, and has reached nobody."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access import queries as accounts
from jiedui.access.rules import Role
from jiedui.core import carriers, clock
from jiedui.core.actors import SYSTEM
from jiedui.core.carriers import Way
from jiedui.demo.acts import Stage
from jiedui.letters import actions
from jiedui.letters.rules import Pace
from jiedui.regions import actions as regions
from jiedui.regions import queries as known
from jiedui.regions.rules import Setting

CHOICES = (
    ("youth_league", Way.wecom, Pace.daily),
    ("womens_federation", Way.sms, Pace.daily),
    ("civil_affairs", Way.sms, Pace.at_once),
)


def choose(stage: Stage) -> None:
    """Ten days ago: three offices, and text messages to volunteers who are waited for. Nothing
    where this installation has no such way."""
    if Way.sms not in carriers.ways():
        return
    with stage.on(clock.today() - timedelta(days=10)), stage.write():
        county = known.get(stage.county_id)
        regions.set_for_county(county, Setting.sms_to_helpers, True, by=SYSTEM)
        for office, way, pace in CHOICES:
            for which in (0, 1):
                by = stage.official(Role.coordinator, office, which)
                account = accounts.get(by.account_id)
                actions.choose(account, way, pace, "zh_CN", by=by)
