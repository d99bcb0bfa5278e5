"""How much the portal asks of each director and each coordinator of the demo county, computed from
the plan of visits, the pairings and what needs somebody."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from jiedui.access import queries as access
from jiedui.access.rules import Office, Role
from jiedui.care.queries import visits
from jiedui.care.rules.visits import VisitPlan, Watched, child_due
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildState, RiskLevel
from jiedui.core import clock, db
from jiedui.factory import create_app
from jiedui.followup import queries as followup
from jiedui.followup.rules import Health
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING
from jiedui.regions import queries as regions
from tests.browser.shots import settings_of

AT_MOST = 8  # records a week that a director, 40 children and 12 pairings, can make
WEEKS = 13


def a_year_of(level: RiskLevel, plan: VisitPlan, first: date) -> list[date]:
    """The days of a year on which a house at one level is visited, each on the day it is due."""
    went, day = [], first
    house = Watched(level, first, first)
    while (day := child_due(house, day, plan)) < first + timedelta(days=365):
        went.append(day)
    return went


def test_no_director_has_more_than_eight_records_a_week(demo_folder: Path) -> None:
    """In any quarter, each house visited on the day it is due; the busiest week is told too."""
    create_app(settings_of(demo_folder), queue=False)
    today, busiest = clock.today(), Counter[int]()
    quarters: dict[int, Counter[int]] = defaultdict(Counter)
    with db.read():
        county = regions.counties()[0]
        plan, names = visits.plan(county.id), {v.id: v.code for v in regions.villages(county.path)}
        weeks: dict[int, Counter[int]] = defaultdict(Counter)
        for house in visits.houses(county.path):
            for day in a_year_of(house.level, plan, today):
                weeks[house.village_id][(day - today).days // 7] += 1
        pairs, children = _pairings(), _children()
    for village, counted in weeks.items():
        confirms = 1 if pairs[village] else 0
        for week in range(52):
            quarters[village][week // WEEKS] += counted[week] + confirms
        busiest[village] = max(counted.values()) + confirms
    db.database().close()
    print("\n children pairings  records a week in each quarter, and in the busiest week")
    for village, mine in sorted(quarters.items(), key=lambda item: -max(item[1].values()))[:8]:
        each = "  ".join(f"{mine[n] / WEEKS:4.1f}" for n in range(4))
        line = f"{children[village]:9} {pairs[village]:8}  {each}   {busiest[village]:3}"
        print(line, names[village])
    assert max(children.values()) == 40
    assert max(total / WEEKS for mine in quarters.values() for total in mine.values()) <= AT_MOST


def _children() -> Counter[int]:
    found = select(Child.village_id, func.count()).where(Child.state == ChildState.open)
    rows = db.session.execute(found.group_by(Child.village_id))
    return Counter(dict(rows.all()))


def _pairings() -> Counter[int]:
    found = (
        select(Household.village_id, func.count())
        .select_from(Pairing)
        .join(Need, Need.id == Pairing.need_id)
        .join(Household, Household.id == Need.household_id)
        .where(Pairing.state.in_(LIVING))
        .group_by(Household.village_id)
    )
    return Counter(dict(db.session.execute(found).all()))


LOOK, DECIDE, LIST, HOURS = 4, 2, 15, 120  # minutes: an exception, a decision, a list a week; most


def test_no_coordinator_has_more_than_two_hours_a_week(demo_folder: Path) -> None:
    """Of an office's pairings the exceptions of today are looked at once a month, what was decided
    in the last quarter took its time, and one list a week is read (people.md: minutes)."""
    create_app(settings_of(demo_folder), queue=False)
    since = clock.now() - timedelta(weeks=WEEKS)
    with db.read():
        county = regions.counties()[0]
        held = Counter[Office]()
        for holding in access.holders(county.id, Role.coordinator):
            held[holding.office] += 1  # type: ignore[index]
        decided: Counter[Office] = Counter(
            dict(
                db.session.execute(
                    select(Pairing.office, func.count())
                    .where(Pairing.approved_at >= since)
                    .group_by(Pairing.office)
                ).all()
            )
        )
        someone = next(iter(access.holders(county.id, Role.coordinator)))
        officer = access.actor_for(someone.account, None)
        assert officer.scope == f"{county.id}/"
        found = followup.standings(officer)
        grave = Counter(one.pairing.office for one in found if one.health is Health.red)
        living = Counter(one.pairing.office for one in found)
    db.database().close()
    print("\n office, pairings, to act on, minutes a week of each person")
    for office in sorted(living):
        minutes = grave[office] * LOOK * 12 / 52 + decided[office] * DECIDE / WEEKS + LIST
        each = minutes / max(1, held[office])
        print(f"{office.value:20} {living[office]:4} {grave[office]:4} {each:6.0f}")
        assert held[office], office
        assert each <= HOURS
