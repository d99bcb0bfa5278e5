"""What files say of risk tonight, and what of it somebody must look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.care.models import Absence, Visit, VisitChild
from jiedui.care.queries.absences import open_among
from jiedui.care.queries.guardianship import states_among
from jiedui.care.queries.lacking import lacks
from jiedui.care.queries.reviews import missed_among
from jiedui.care.queries.visits import houses
from jiedui.care.rules.guardianship import GuardState
from jiedui.care.rules.visits import HomeFound
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, RiskLevel
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.files.models import RiskWatch
from jiedui.files.rules.watching import FRESH, Known, season_start
from jiedui.followup.models import Said
from jiedui.followup.rules import Face, Voice
from jiedui.hours.queries.journal import of_children
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.protection.queries import concerned
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

PAGE_OF = 50


def get(child_id: int) -> RiskWatch:
    """What the night found of this child; raise Missing."""
    one = db.session.get(RiskWatch, child_id)
    if one is None:
        raise Missing
    return one


def of_child(child_id: int) -> RiskWatch | None:
    """The same, or None."""
    return db.session.get(RiskWatch, child_id)


def known(village: Region) -> dict[int, Known]:
    """What every open file of a village says today."""
    today = clock.today()
    here = Child.village_id == village.id, Child.state == ChildState.open
    rows = db.session.execute(select(Child.id, Child.household_id).where(*here))
    homes: dict[int, int] = {row[0]: row[1] for row in rows}
    due = {house.id: house.due for house in houses(village.path)}
    seen, away, often = _seen(homes), open_among(homes), _absences(homes, today)
    without = set(db.session.scalars(select(Child.id).where(*here, *lacks())))
    sad, guarded, missed = _sad(homes, today), states_among(homes), missed_among(homes, today)
    journals, cases = of_children(homes, since=today - FRESH), concerned.known_of(homes, FRESH)
    found = {}
    for child, home in homes.items():
        visit = seen.get(child)
        found[child] = Known(
            found=visit.said.findings if visit else frozenset(),
            doing=visit.doing if visit else None, contact=visit.contact if visit else None,
            found_on=visit.on_day if visit else None, visit_due=due.get(home),
            away=child in away, absences=often[child], lacks_agreement=child in without,
            sad_on=sad.get(child), guarded=guarded.get(child, GuardState.unknown),
            review_missed=child in missed, moods=journals.moods_of(child),
            learning=journals.learning_of(child),
            case_runs=child in cases and cases[child] is None, case_on=cases.get(child),
        )  # fmt: skip
    return found


def _seen(ids: Collection[int]) -> dict[int, Visit]:
    """The last visit that saw each child and was about it."""
    mine = (
        Visit.superseded.is_(False), Visit.outcome == HomeFound.seen,
        VisitChild.child_id.in_(list(ids)), VisitChild.seen, VisitChild.concerned,
    )  # fmt: skip
    found = select(VisitChild.child_id, Visit).join(Visit, Visit.id == VisitChild.visit_id)
    rows = db.session.execute(
        found.where(*mine).options(selectinload(Visit.findings)).order_by(Visit.on_day, Visit.id)
    )
    return {row[0]: row[1] for row in rows}  # the last one stays


def _absences(ids: Collection[int], today: date) -> Counter[int]:
    found = select(Absence.child_id, func.count()).where(
        Absence.child_id.in_(list(ids)), Absence.since >= today - FRESH
    )
    rows = db.session.execute(found.group_by(Absence.child_id))
    return Counter({child: int(number) for child, number in rows})


def _sad(ids: Collection[int], today: date) -> dict[int, date]:
    """The last day on which a child showed a sad face in a pairing of its own."""
    found = (
        select(Said)
        .join(Pairing, Pairing.id == Said.pairing_id)
        .join(Need, Need.id == Pairing.need_id)
        .where(Said.voice == Voice.child, Said.face == Face.sad, Said.on_day >= today - FRESH)
        .where(Need.children.any(Child.id.in_(list(ids))))
        .order_by(Said.on_day)
    )
    days: dict[int, date] = {}
    for said in db.session.scalars(found):
        for child in said.pairing.need.children:
            days[child.id] = said.on_day
    return days


def _inside(path: str) -> tuple[ColumnElement[bool], ...]:
    here = Child.village_id.in_(regions.ids_within(path))
    return here, Child.state == ChildState.open


def _rank(column: InstrumentedAttribute[RiskLevel]) -> ColumnElement[int]:
    return case(*((column == one, n) for n, one in enumerate(RiskLevel)))


def _rises() -> ColumnElement[bool]:
    """rules.watching.rises, as the database says it: a lower rank asks for more."""
    more = _rank(RiskWatch.level) < _rank(Child.risk)
    return and_(more, RiskWatch.points > RiskWatch.answered)


def _again(today: date) -> ColumnElement[bool]:
    """Whether a file with a sign, or above green, was not looked at since March or September."""
    start = season_start(today)
    unseen = or_(RiskWatch.looked_on.is_(None), RiskWatch.looked_on < start)
    return and_(or_(RiskWatch.points > 0, Child.risk != RiskLevel.green), unseen)


def _listed(path: str, *mine: ColumnElement[bool], limit: int = PAGE_OF) -> list[RiskWatch]:
    found = select(RiskWatch).join(Child, Child.id == RiskWatch.child_id)
    home = joinedload(RiskWatch.child).joinedload(Child.village).joinedload(Region.parent)
    found = found.where(*_inside(path), *mine).options(home)
    order = RiskWatch.points.desc(), RiskWatch.child_id
    return list(db.session.scalars(found.order_by(*order).limit(limit)))


def risen(actor: Actor) -> list[RiskWatch]:
    """Files whose signs ask for more than their level, the most points first."""
    return _listed(actor.scope, _rises())


def to_look_at(actor: Actor) -> list[RiskWatch]:
    """Files that are to be looked at again this season and have not risen, most points first."""
    return _listed(actor.scope, _again(clock.today()), ~_rises())


def counts(actor: Actor) -> tuple[int, int]:
    """How many have risen, and how many are to be looked at again this season."""
    found = select(func.count()).select_from(RiskWatch)
    found = found.join(Child, Child.id == RiskWatch.child_id).where(*_inside(actor.scope))
    rise, again = found.where(_rises()), found.where(_again(clock.today()), ~_rises())
    return db.session.scalar(rise) or 0, db.session.scalar(again) or 0


@dataclass(frozen=True)
class TownWatch:
    """Figures of a township: files by the level their signs add up to, and how many rises nobody
    has answered."""

    township: str
    by_level: dict[RiskLevel, int]
    open_rises: int

    @property
    def figures(self) -> list[tuple[RiskLevel, int]]:
        """How many of each level, the highest first."""
        return [(one, self.by_level.get(one, 0)) for one in RiskLevel]


def by_township(county: Region) -> list[TownWatch]:
    """The same of every township, the one with most open rises first."""
    town = Region.parent_id
    found = (
        select(town, RiskWatch.level, func.count(), func.sum(case((_rises(), 1), else_=0)))
        .join(Child, Child.id == RiskWatch.child_id)
        .join(Region, Region.id == Child.village_id)
        .where(*_inside(county.path))
        .group_by(town, RiskWatch.level)
    )
    names = {one.id: one.name for one in regions.townships(county.path)}
    levels: dict[int, dict[RiskLevel, int]] = defaultdict(dict)
    rises: Counter[int] = Counter()
    for number, level, count, rise in db.session.execute(found):
        levels[number][level] = count
        rises[number] += int(rise or 0)
    rows = [TownWatch(names[n], mine, rises[n]) for n, mine in levels.items() if n in names]
    return sorted(rows, key=lambda one: (-one.open_rises, one.township))


def chosen(ids: Iterable[int], actor: Actor) -> list[RiskWatch]:
    """Those of these that lie in the actor's scope."""
    return _listed(actor.scope, RiskWatch.child_id.in_(list(ids)), limit=10 * PAGE_OF)
