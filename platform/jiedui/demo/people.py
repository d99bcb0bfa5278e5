"""Those who want to help in the demo county, in every state of vetting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jiedui.access import actions as access
from jiedui.access.rules import Office, Role
from jiedui.core import clock
from jiedui.core.actors import ANYBODY
from jiedui.core.resident_id import ResidentId, Sex
from jiedui.demo.acts import Stage
from jiedui.demo.families import Home
from jiedui.demo.officials import Personnel
from jiedui.helpers import actions as helpers
from jiedui.helpers import queries
from jiedui.helpers.rules import (
    CredentialKind,
    Finding,
    Gate,
    HelperKind,
    HelpKind,
    Language,
    Mode,
    Offer,
    Outcome,
    Paper,
    Period,
    Registration,
    Subject,
    Travel,
)
from jiedui.helpers.rules import (
    Stage as SchoolLevel,
)
from jiedui.partners import actions as partners
from jiedui.partners.rules import NewUnit, UnitKind
from jiedui.regions import queries as regions

HELPERS, NEAR_FIRST_VILLAGE, WITH_PASSWORD = 450, 44, 4
SUBJECTS = (Subject.mathematics, Subject.english, Subject.chinese)
POLICE = "会昌县公安局（示范）"


UNITS = (
    (UnitKind.volunteer_team, "示范志愿服务队", True),
    (UnitKind.agency, "样本社会工作服务中心", False),
    (UnitKind.social_organisation, "例一助学协会", False),
    (UnitKind.school, "示例第一小学", False),
    (UnitKind.school, "示例第二小学", False),
)
STAFFED = {
    UnitKind.volunteer_team: Role.unit_manager,
    UnitKind.agency: Role.unit_manager,
    UnitKind.school: Role.school_worker,
}


def register_units(stage: Stage, personnel: Personnel) -> dict[str, int]:
    """A recording unit, a volunteer team, an agency of social workers, two schools; who speaks
    for them."""
    made: dict[str, int] = {}
    with stage.write():
        by = stage.official(Role.coordinator, Office.civil_affairs.value)
        towns = regions.townships(regions.get(stage.county_id).path)
        for place, (kind, name, recording) in enumerate(UNITS):
            home = towns[place % 3] if kind is UnitKind.school else regions.get(stage.county_id)
            said = NewUnit(kind=kind, name=name, region_id=home.id, recording=recording)
            unit = partners.register_unit(said, by=by)
            made[kind.value] = unit.id
            if kind in STAFFED:
                post = access.Post(STAFFED[kind], home, unit_id=unit.id)
                personnel.appoint(post, home.code, password=True, unit=name)
    return made


def where_they_live(stage: Stage, homes: list[Home]) -> list[Home]:
    """A home village for each of four hundred and fifty people: most live in the towns."""
    chance = stage.inventor.random
    towns = [home for position, home in enumerate(homes) if position % 14 < 2]
    spread = [homes[position % 2] for position in range(NEAR_FIRST_VILLAGE)]
    spread += [
        chance.choice(towns if chance.random() < 0.6 else homes) for _ in range(HELPERS - 24)
    ]
    return spread


def register_helpers(stage: Stage, spread: list[Home], personnel: Personnel) -> list[int]:
    """People who want to help. The first few get a password for the demo, some have no phone and
    were entered by their township. Returns the helpers' ids."""
    units = register_units(stage, personnel) if not stage.units else stage.units
    stage.units = units
    made: list[int] = []

    def one(home: Home) -> None:
        number = stage.helpers
        stage.helpers += 1
        made.append(_register(stage, home, number, units, personnel))

    stage.each(spread, one)
    return made


def _register(
    stage: Stage, home: Home, number: int, units: dict[str, int], personnel: Personnel
) -> int:
    chance = stage.inventor.random
    kind = chance.choices(tuple(HelperKind), (6, 3, 1))[0]
    sex = Sex.female if kind is HelperKind.caring_mother or chance.random() < 0.6 else Sex.male
    who = stage.inventor.person(stage.inventor.born(clock.today(), 20, 66), sex)
    said = Registration(
        kind=kind,
        name=who.name,
        who=ResidentId(who.id_number, who.birth_date, who.sex),
        phone=who.phone,
        offer=_offer(stage, home, kind, units),
        licence="示范字第0001号" if kind is HelperKind.social_worker else None,
        papers=_papers(kind, number),
        form_holder="乡镇民政办档案柜" if number % 15 == 14 else None,
    )
    if number % 15 == 14:
        township = regions.get(home.village_id).parent
        by = stage.official(Role.township_supervisor, township.code if township else "")
        return int(helpers.register(said, by=by).id)
    account = access.open_account(said.name, said.phone, stage.county_id, by=ANYBODY)
    helper = helpers.join(said, account, by=ANYBODY)
    if number < WITH_PASSWORD or (kind is HelperKind.social_worker and number < 60):
        role = Role.social_worker if kind is HelperKind.social_worker else Role.volunteer
        post = access.Post(role, regions.get(stage.county_id))
        personnel.give_password(account.id, role, said.phone, post)
    return int(helper.id)


def _papers(kind: HelperKind, number: int) -> tuple[Paper, ...]:
    if kind is HelperKind.social_worker:
        return (Paper(CredentialKind.social_worker),)
    return (Paper(CredentialKind.psychology_teacher),) if number % 11 == 5 else ()


def _offer(stage: Stage, home: Home, kind: HelperKind, units: dict[str, int]) -> Offer:
    chance, today = stage.inventor.random, clock.today()
    offers = {chance.choice((HelpKind.companionship, HelpKind.tutoring, HelpKind.reading))}
    offers |= {HelpKind.companionship} if kind is HelperKind.caring_mother else set()
    if kind is HelperKind.social_worker:
        offers |= {HelpKind.counselling}
    teaches = HelpKind.tutoring in offers
    slots = frozenset(chance.sample((15, 16, 18, 19, 1, 4, 7, 10, 13, 2, 8, 14, 17, 20), 5))
    languages = [Language.mandarin, Language.hakka][: 1 + (chance.random() < 0.7)]
    modes = [Mode.in_person, Mode.online][: 1 + (chance.random() < 0.25)]
    unit = units["agency"] if kind is HelperKind.social_worker else None
    if unit is None and chance.random() < 0.3:
        unit = units["volunteer_team"]
    return Offer(
        village_id=home.village_id,
        offers=frozenset(offers),
        slots=slots,
        periods=(Period(today, today + timedelta(days=1200)),),
        languages=frozenset(languages),
        modes=frozenset(modes),
        subjects=frozenset(chance.sample(SUBJECTS, 2) if teaches else ()),
        stages=frozenset(SchoolLevel if teaches else ()),
        travel=chance.choice((Travel.ebike, Travel.car, Travel.bus)),
        max_km=chance.choice((5, 8, 10, 15)),
        capacity=chance.choices((1, 2, 3), (16, 3, 1))[0],
        unit_id=unit,
    )


def vet(stage: Stage, ids: list[int]) -> None:
    """Three in four are cleared; the rest wait at some gate, and some were found wanting. A few
    record checks were made early and run out within the year."""
    offices = (Office.youth_league, Office.womens_federation)
    vetters = [stage.staff.of(Role.coordinator, office.value)[1] for office in offices]

    def one(number: int) -> None:
        x = stage.inventor.random.random()
        _vet_one(stage, number, vetters[number % 2], x)

    stage.each(ids, one)


def _vet_one(stage: Stage, number: int, vetter: int, x: float) -> None:
    by, helper, today = stage.actor(vetter), queries.get(number), clock.today()
    if x < 0.12:
        return
    helpers.record_finding(helper, Finding(Gate.identity, Outcome.good, today), by=by)
    if x < 0.24:
        return
    _conduct(stage, helper, by, today)
    helpers.record_finding(helper, Finding(Gate.training, Outcome.good, today), by=by)
    if x < 0.36:
        return
    outcome = Outcome.bad if x < 0.38 else Outcome.good
    checked = today - timedelta(days=25 if x < 0.44 else 3)
    found = Finding(Gate.record_check, outcome, checked, authority=POLICE)
    helpers.record_finding(helper, found, by=by)
    for paper in helper.credentials if x > 0.4 else ():
        helpers.see_credential(helper, paper, Outcome.good, None, by=by)


def ask_police(stage: Stage, day: date, *, answered: bool) -> None:
    """The offices put those whose record check is missing or runs out on a list; the one answer
    finds nothing against anybody."""
    for office in (Office.youth_league, Office.womens_federation):
        with stage.on(day), stage.write():
            by = stage.official(Role.coordinator, office.value, 1)
            waiting = queries.awaiting_vetting(by)
            ids = [w.id for w in waiting if w.waits_at(Gate.record_check) and w.cleared is answered]
            mine = [h for h in queries.several(ids) if answered or h.id % 3 == 0]
            if not mine:
                continue
            batch = helpers.send_record_checks(mine, POLICE, by=by)
            if answered:
                helpers.reply_record_checks(batch, day, POLICE, (), by=by)


def _conduct(stage: Stage, helper: Any, by: Any, today: date) -> None:
    if helper.account_id is None:
        helpers.record_finding(helper, Finding(Gate.conduct, Outcome.good, today), by=by)
    else:
        helpers.sign_conduct(helper, by=stage.actor(helper.account_id))
