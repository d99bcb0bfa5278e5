"""The children of the demo county, their guardians, and what they wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.actions import ConsentSaid, DetailSaid, GuardianSaid, NewChild, ViewSaid
from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    Disability,
    Income,
    Means,
    Relation,
    RiskLevel,
    SchoolStage,
    Unable,
)
from jiedui.core import clock
from jiedui.core.resident_id import ResidentId, Sex
from jiedui.demo.acts import Stage
from jiedui.helpers.rules import HelpKind, Language, Subject
from jiedui.needs import actions as needs
from jiedui.needs import queries as wishes_kept
from jiedui.needs.actions import NewNeed
from jiedui.needs.rules import GOALS_OF, Frequency, Urgency, UrgencyReason, Where
from jiedui.partners import actions as partners
from jiedui.partners import queries as places
from jiedui.partners.rules import NewPlace, PlaceKind
from jiedui.regions import queries as regions

CHILDREN, BIG_VILLAGE = 600, 40
KINDS = (HelpKind.companionship, HelpKind.tutoring, HelpKind.reading, HelpKind.counselling)
STAGES = {
    4: SchoolStage.kindergarten, 6: SchoolStage.primary_1, 7: SchoolStage.primary_2,
    8: SchoolStage.primary_3, 9: SchoolStage.primary_4, 10: SchoolStage.primary_5,
    11: SchoolStage.primary_6, 12: SchoolStage.junior_1, 13: SchoolStage.junior_2,
    14: SchoolStage.junior_3, 15: SchoolStage.senior, 16: SchoolStage.senior,
}  # fmt: skip
OFTEN = (Frequency.weekly, Frequency.fortnightly, Frequency.monthly)
SUBJECTS = (Subject.mathematics, Subject.english, Subject.chinese)


@dataclass(frozen=True)
class Home:
    """A village, its child director, and where its children meet helpers."""

    village_id: int
    director: int
    place_id: int
    school_id: int


def open_places(stage: Stage) -> list[Home]:
    """A Children's Home in every third village, a school in every township; each village is told
    of the one of its township that is nearest."""
    homes: list[Home] = []
    with stage.write():
        civil = stage.official(Role.coordinator, "civil_affairs")
        for township in regions.townships(regions.get(stage.county_id).path):
            homes += _places_of(stage, township, civil)
    return homes


def _places_of(stage: Stage, township: Any, by: Actor) -> Iterator[Home]:
    villages = regions.villages(township.path)
    said = NewPlace(PlaceKind.school, f"{township.name}中心小学", villages[0].id)
    school = partners.register_place(said, by=by)
    made = {}
    for village in villages[::3]:
        said = NewPlace(PlaceKind.childrens_home, f"{village.name}儿童之家", village.id)
        made[village.id] = partners.register_place(said, by=by)
    for position, village in enumerate(villages):
        near = made[villages[position // 3 * 3].id]
        director = stage.staff.of(Role.child_director, village.code)[0]
        yield Home(village.id, director, near.id, school.id)


def register_children(stage: Stage, homes: list[Home]) -> list[int]:
    """Six hundred children with a guardian far away and a carer at home; every sixth has a
    brother or sister in the house. Returns their ids."""
    chance = stage.inventor.random
    spread = [homes[0]] * BIG_VILLAGE
    spread += [chance.choice(homes[1:]) for _ in range(CHILDREN - BIG_VILLAGE)]
    spread.sort(key=lambda home: home.village_id)
    made: list[int] = []
    last: dict[int, int] = {}

    def one(home: Home) -> None:
        sibling = last.get(home.village_id) if chance.random() < 0.17 else None
        number = _register(stage, home, sibling)
        last[home.village_id] = number
        made.append(number)

    stage.each(spread, one)
    return made


def _register(stage: Stage, home: Home, sibling: int | None) -> int:
    chance, inventor = stage.inventor.random, stage.inventor
    village, director = regions.get(home.village_id), stage.actor(home.director)
    who = inventor.person(inventor.born(clock.today(), 6, 14))
    house = ledger.get(sibling).household if sibling else None
    categories = _categories(chance.random())
    said = NewChild(
        name=who.name,
        birth_date=who.birth_date,
        sex=who.sex,
        village=village,
        id_number=ResidentId(who.id_number, who.birth_date, who.sex),
        categories=categories,
        school_stage=_school(who.birth_date),
        risk=_risk(chance.random()),
        household=house,
        school_id=home.school_id if who.birth_date < _six_years_ago() else None,
        guardians=() if house else _family(stage, categories),
        another=True,
    )
    child = children.register_child(said, by=director)
    children.change_detail(child, _detail(chance.random(), child.household), by=director)
    _say(stage, child, director, chance.random())
    return int(child.id)


def _six_years_ago() -> date:
    return clock.today() - timedelta(days=6 * 366)


def _family(stage: Stage, categories: frozenset[Category]) -> tuple[GuardianSaid, ...]:
    """Mostly a parent far away and a grandparent at home; without support de facto: the mother
    dead and the father in prison."""
    usual = _guardians(stage)
    if Category.de_facto_unattended not in categories:
        return usual
    gone: dict[str, Any] = {"phone": None, "away": False, "work_place": None, "is_guardian": False}
    year_ago = clock.today() - timedelta(days=400)
    return (
        replace(usual[0], **gone, relation=Relation.mother, unable=Unable.dead),
        replace(
            usual[0],
            **gone,
            name=stage.inventor.name(),
            relation=Relation.father,
            unable=Unable.in_custody,
            unable_since=year_ago,
        ),
        replace(usual[1], is_guardian=True),
    )


def _guardians(stage: Stage) -> tuple[GuardianSaid, ...]:
    """One parent far away who decides, another who is away too, at home, or gone; a grandparent
    who is there."""
    inventor, chance = stage.inventor, stage.inventor.random
    decides = chance.choice((Relation.father, Relation.mother))
    other = Relation.mother if decides is Relation.father else Relation.father
    carer = chance.choice((Relation.grandmother, Relation.grandfather))
    return (
        _parent(stage, decides, away=True, is_guardian=True, phone=inventor.phone()),
        _other_parent(stage, other, chance.random()),
        GuardianSaid(inventor.name(), carer, inventor.phone(), is_guardian=False),
    )


def _parent(stage: Stage, who: Relation, *, away: bool, **over: Any) -> GuardianSaid:
    since = clock.today() - timedelta(days=stage.inventor.random.randrange(60, 2000))
    facts: dict[str, Any] = {"away": away, "is_guardian": False, "is_carer": False}
    if away:
        facts |= {"away_since": since, "beyond_county": True, "work_place": "外省示例市"}
    return GuardianSaid(stage.inventor.name(), who, **facts | over)


def _other_parent(stage: Stage, who: Relation, x: float) -> GuardianSaid:
    if x < 0.6:
        return _parent(stage, who, away=True)
    if x < 0.9:
        return _parent(stage, who, away=False)
    why = stage.inventor.random.choice((Unable.dead, Unable.serious_illness, Unable.out_of_contact))
    since = clock.today() - timedelta(days=400)
    return _parent(stage, who, away=False, unable=why, unable_since=since)


def _categories(x: float) -> frozenset[Category]:
    if x < 0.78:
        return frozenset()
    return frozenset({Category.minimum_allowance if x < 0.9 else Category.other_hardship})


def _detail(x: float, house: Any) -> DetailSaid:
    """Nearly everybody is of a rural household; one child in twenty has a disability."""
    kind = Disability.limbs if x < 0.03 else Disability.hearing if x < 0.05 else None
    return DetailSaid(
        ethnicity="汉族",
        registered=True,
        rural=x < 0.97,
        disability=kind,
        disability_grade=2 if kind else None,
        address=house.address,
        income=Income.work_away,
    )


def _risk(x: float) -> RiskLevel:
    if x < 0.02:
        return RiskLevel.red
    return RiskLevel.yellow if x < 0.07 else RiskLevel.blue if x < 0.25 else RiskLevel.green


def _school(birth: date) -> SchoolStage:
    age = clock.today().year - birth.year
    return STAGES.get(min(max(age, 4), 16), SchoolStage.kindergarten)


def _say(stage: Stage, child: Any, director: Actor, x: float) -> None:
    """Most say yes on paper or by telephone; some have not been asked, a few say no."""
    guardian = next(g for g in child.household.guardians if g.is_guardian)
    if x < 0.02:
        return
    answer = Answer.no if x < 0.05 else Answer.yes
    if x < 0.6:
        proof = {"holder": "村儿童主任", "where": "村委会档案柜"}
        said = ConsentSaid(answer, Means.paper, evidence=proof)
    else:
        proof = {"number": stage.inventor.phone(), "second_person": "村委会委员"}
        said = ConsentSaid(answer, Means.telephone, evidence=proof)
    children.record_consent(child, guardian.id, said, by=director)
    if x > 0.06:
        children.record_view(child, ViewSaid(Answer.yes, AskedHow.alone), by=director)


Wished = tuple[int, HelpKind]


def wishes_of(stage: Stage, kids: list[int]) -> list[Wished]:
    """Three wishes for every two children: whose, and for which help."""
    chance = stage.inventor.random
    first = [(kid, _kind(chance.random())) for kid in kids]
    more = [(kid, KINDS[(KINDS.index(kind) + 1) % len(KINDS)]) for kid, kind in first[::2]]
    return first + more


def raise_needs(stage: Stage, homes: list[Home], wishes: list[Wished]) -> list[int]:
    """Put wishes down, each by the village's child director."""
    places_of = {home.village_id: home.place_id for home in homes}
    made: list[int] = []
    turn, known = count(), dict[int, Any]()

    def look(batch: list[Wished]) -> None:
        known.clear()
        known.update({child.id: child for child in ledger.several([wish[0] for wish in batch])})

    def one(wish: Wished) -> None:
        child, kind = known[wish[0]], wish[1]
        place = places.get_place(places_of[child.village_id])
        said = _wish(stage, kind, place, next(turn), big=child.village_id == homes[0].village_id)
        made.append(needs.raise_need([child], said, by=stage.actor(_director(homes, child))).id)

    stage.each(wishes, one, look)
    return made


def confirm_urgency(stage: Stage, ids: list[int]) -> None:
    """Townships look at what villages called urgent."""

    known = dict[int, Any]()

    def look(batch: list[int]) -> None:
        known.clear()
        known.update(wishes_kept.several(batch))

    def one(number: int) -> None:
        need = known[number]
        if need.urgency is not Urgency.normal:
            code = need.household.village.code[:9] + "000"
            officer = stage.official(Role.township_supervisor, code)
            needs.confirm_urgency(need, by=officer)

    stage.each(ids, one, look)


def _director(homes: list[Home], child: Any) -> int:
    return next(home.director for home in homes if home.village_id == child.village_id)


def _kind(x: float) -> HelpKind:
    return KINDS[0] if x < 0.45 else KINDS[1] if x < 0.78 else KINDS[2] if x < 0.92 else KINDS[3]


def _wish(stage: Stage, kind: HelpKind, place: Any, turn: int, *, big: bool) -> NewNeed:
    chance = stage.inventor.random
    where = chance.choices((Where.place, Where.online, Where.home), (84, 10, 6))[0]
    slots = frozenset(chance.sample((15, 16, 18, 19, 1, 4, 7, 10, 13, 2, 8), 3) + [15])
    urgent = turn % 29 == 7
    return NewNeed(
        kind=kind,
        slots=slots,
        where=where,
        place=place if where is Where.place else None,
        frequency=Frequency.weekly if big else chance.choices(OFTEN, (6, 3, 1))[0],
        starts=clock.today(),
        ends=clock.today() + timedelta(days=700),
        subjects=frozenset({chance.choice(SUBJECTS)}) if kind is HelpKind.tutoring else frozenset(),
        languages=frozenset({Language.hakka}) if chance.random() < 0.3 else frozenset(),
        wished_sex=Sex.female if chance.random() < 0.05 else None,
        goal=chance.choice(GOALS_OF[kind]),
        urgency=Urgency.yellow if urgent else Urgency.normal,
        urgency_reason=UrgencyReason.bereavement if urgent else None,
    )  # fmt: skip
