"""A year of visits to the houses of the demo county, and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.care.actions import screening
from jiedui.care.actions import visits as actions
from jiedui.care.actions.visits import VisitSaid
from jiedui.care.queries import screening as screened
from jiedui.care.queries import visits as queries
from jiedui.care.rules.quarters import quarter_of
from jiedui.care.rules.screening import Screened
from jiedui.care.rules.visits import CaredBy, Contact, Doing, Helped, HomeFound, Noticed, Said
from jiedui.children.rules import ChildState, RiskLevel, highest
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.protection import actions as protection
from jiedui.protection.rules import ReportOutcome
from jiedui.regions import queries as regions

SEED = 20261201  # of its own, so that the rest of the year goes as it went
WHOLE_YEAR = 3  # townships whose year is played whole; elsewhere only what was last
EVERY = {RiskLevel.red: 6, RiskLevel.yellow: 12, RiskLevel.blue: 26, RiskLevel.green: 80}
LAST, LATELY, GRAVE, LESS = 75, 45, 24, 12  # days before the reader's today
LIGHT = (Noticed.money_short, Noticed.low_spirits, Noticed.untreated, Noticed.unsafe_house)
TOLD = "走访发现：照护人无力或不愿照护"


@dataclass
class Place:
    """A house in the year's plan: whose it is, and when somebody goes there next."""

    home_id: int
    director: int
    next_on: date
    forgotten: bool


@dataclass
class Visiting:
    """Where the year of visits stands."""

    stage: Stage
    today: date
    day: date
    places: list[Place]
    chance: Random = field(default_factory=lambda: Random(SEED))
    grave: int = 0
    homes: dict[int, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, stage: Stage, first: date) -> Visiting:
        """Every house, first visited in the weeks after its file was opened."""
        chance, today = Random(SEED), clock.today()
        with stage.on(first), stage.read():
            county = regions.get(stage.county_id)
            whole = tuple(t.path for t in regions.townships(county.path)[:WHOLE_YEAR])
            villages = {v.id: (v.path, v.code) for v in regions.villages(county.path)}
            known = queries.houses(county.path)
        places = []
        for house in known:
            path, code = villages[house.village_id]
            long = path.startswith(whole)
            start = first if long else today - timedelta(days=LAST)
            next_on = start + timedelta(days=chance.randint(0, 9 if long else 60))
            director = stage.staff.of(Role.child_director, code)[0]
            places.append(Place(house.id, director, next_on, chance.random() < 0.06))
        return cls(stage, today, first, places)

    def until(self, last: date) -> None:
        """Play the weeks up to a day: what is due in a week is recorded at its end."""
        while self.day < last:
            self.day = min(self.day + timedelta(days=7), last)
            lately = self._ago < LATELY
            going = [p for p in self.places if p.next_on <= self.day]
            with self.stage.on(self.day, 20):
                going = [p for p in going if not (lately and p.forgotten)]
                self.stage.each(going, self._go, self._look)
            if self.grave and self._ago < GRAVE - 7:
                self._answer_report()

    @property
    def _ago(self) -> int:
        return (self.today - self.day).days

    def _look(self, places: list[Place]) -> None:
        self.homes = queries.homes(place.home_id for place in places)

    def _go(self, place: Place) -> None:
        home, x = self.homes[place.home_id], self.chance.random()
        kids = [child for child in home.children if child.state is ChildState.open]
        if not kids:
            return
        by = self.stage.actor(place.director)
        on_day = max(self.day - timedelta(days=self.chance.randint(0, 5)), place.next_on)
        if x < 0.07:
            said = VisitSaid(Said(HomeFound.nobody_home), on_day)
            place.next_on = self.day + timedelta(days=4)
        else:
            said = self._seen(kids, on_day, x)
            level = highest(child.risk for child in kids)
            rest = EVERY[level] - (self.chance.randint(0, 10) if level is RiskLevel.green else 0)
            place.next_on = on_day + timedelta(days=rest)
        visit = actions.record_visit(home, said, by=by)
        if visit.failing:
            self.grave = visit.report_id or 0

    def _seen(self, kids: list[Any], on_day: date, x: float) -> VisitSaid:
        """Nearly always all is well; once a carer gives up, and at times little things."""
        chance, noticed = self.chance, frozenset[Noticed]()
        doing = Doing.well if x < 0.88 else Doing.worries
        told, proposed = "", None
        worst = highest(child.risk for child in kids)
        if self._ago < GRAVE and not self.grave and worst is RiskLevel.yellow:
            noticed, told, self.grave = frozenset({Noticed.carer_unable}), TOLD, -1
        elif x > 0.985:
            noticed = frozenset({chance.choice(LIGHT)})
        elif self._ago < LESS and worst in (RiskLevel.blue, RiskLevel.yellow):
            proposed = RiskLevel.green if chance.random() < 0.25 else None
        said = Said(
            found=HomeFound.seen,
            doing=doing,
            carer=chance.choices(tuple(CaredBy)[:3], (1, 12, 2))[0],
            contact=chance.choices((Contact.weekly, Contact.less, Contact.at_home), (7, 3, 1))[0],
            noticed=noticed,
        )
        return VisitSaid(
            said=said,
            on_day=on_day,
            seen=frozenset(child.id for child in kids),
            helped=Helped.well if chance.random() < 0.2 else None,
            proposed=proposed,
            words="奶奶身体好，孩子在写作业。" if chance.random() < 0.1 else None,
            told=told,
        )

    def _answer_report(self) -> None:
        """The duty officer has read what the visit reported, and went there."""
        if self.grave < 0:
            return
        with self.stage.on(self.day, 21), self.stage.write():
            by: Actor = self.stage.official(Role.duty_officer, self._county_code())
            report = protection.take_up(self.grave, by=by)
            protection.handle(report, ReportOutcome.visited, "已入户，孩子暂由姑姑照护。", by=by)
        self.grave = -1

    def _county_code(self) -> str:
        return regions.get(self.stage.county_id).code

    def screen(self) -> None:
        """This quarter's screening in part: in two of three villages of the townships that are
        played whole some houses were looked at, and others were counted."""
        day = max(quarter_of(self.today).first, self.today - timedelta(days=1))
        with self.stage.on(day, 20 if day < self.today else 0), self.stage.write():
            county = regions.get(self.stage.county_id)
            for township in regions.townships(county.path)[:WHOLE_YEAR]:
                for position, village in enumerate(regions.villages(township.path)):
                    if position % 3 != 1:
                        self._screen(village, big=position == 0)

    def _screen(self, village: Any, *, big: bool) -> None:
        director = self.stage.official(Role.child_director, village.code)
        rows = screened.of_village(village)
        if big:
            walk = [row.home.id for row in rows]
            self.chance.shuffle(walk)
            screening.arrange(village, walk, by=director)
        for row in rows:
            x = self.chance.random()
            if row.state is Screened.not_yet and x < 0.6:
                found = HomeFound.nobody_home if x < 0.1 else HomeFound.seen
                screening.mark_house(row.home, HomeFound.moved if x < 0.02 else found, by=director)
        screening.count_others(village, self.chance.randint(20, 90), by=director)
