"""The people of the world who have a place: every role where the things are and elsewhere."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.partners import actions as partners
from jiedui.partners import queries as units
from jiedui.partners.rules import NewUnit, UnitKind
from tests import people
from tests.builders import helpers
from tests.house.world import World

TOWNSHIP_THERE = "990002001000"
VILLAGES = {
    "here": people.VILLAGE,
    "next village": people.NEXT_VILLAGE,
    "other township": people.FAR_VILLAGE,
    "other county": people.OTHER_COUNTY_VILLAGE,
}
TOWNSHIPS = {
    "here": people.TOWNSHIP,
    "other township": people.OTHER_TOWNSHIP,
    "other county": TOWNSHIP_THERE,
}
COUNTIES = {"here": people.COUNTY, "other county": people.OTHER_COUNTY}
PAIRING = (Office.youth_league, Office.womens_federation, Office.civil_affairs)


def come(world: World) -> None:
    """Everybody takes their place."""
    _villages_and_townships(world)
    _county(world)
    _units(world)
    _plain(world)
    _deputy(world)
    _phone(world)


def _villages_and_townships(world: World) -> None:
    for role in (Role.child_director, Role.grid_worker):
        for relation, code in VILLAGES.items():
            world.people[role.value, relation] = people.appoint(role, code, name="石例女")
    for relation, code in TOWNSHIPS.items():
        role = Role.township_supervisor
        world.people[role.value, relation] = people.appoint(role, code, name="石例女")


def _county(world: World) -> None:
    for relation, code in COUNTIES.items():
        for role in (Role.duty_officer, Role.leader, Role.auditor, Role.account_admin):
            world.people[role.value, relation] = people.appoint(role, code)
        for office in Office if relation == "here" else PAIRING:
            world.people[office.value, relation] = people.appoint(
                Role.coordinator, code, office=office
            )
    world.people["civil_affairs", "head"] = people.appoint(
        Role.coordinator, office=Office.civil_affairs, head=True
    )
    for relation, code in {"own township": people.TOWNSHIP, **TOWNSHIPS}.items():
        if relation in ("own township", "other township"):
            for office in (Office.womens_federation, Office.civil_affairs):
                person = people.appoint(Role.coordinator, code, office=office)
                world.people[office.value, relation] = person


def _units(world: World) -> None:
    """A school, and a company whose people come to help; each with its people, and others."""
    kinds = {
        "school": (UnitKind.school, Role.school_worker),
        "company": (UnitKind.company, Role.unit_manager),
    }
    for thing, (kind, role) in kinds.items():
        mine = _unit(kind, f"上村{thing}")
        world.things[thing] = mine
        world.people[role.value, "here"] = people.appoint(role, people.VILLAGE, unit_id=mine)
        other = _unit(kind, f"别的{thing}")
        world.people[role.value, "other unit"] = people.appoint(role, people.VILLAGE, unit_id=other)
    member = people.appoint(Role.partner_member, people.VILLAGE, unit_id=world.things["company"])
    world.people["partner_member", "here"] = member
    with db.read():
        rows = units.members(world.things["company"])
        world.things["membership"] = next(r.id for r in rows if r.role is Role.partner_member)


def _unit(kind: UnitKind, name: str) -> int:
    with db.write():
        said = NewUnit(kind, name, people.region(people.VILLAGE).id)
        unit = partners.register_unit(said, by=helpers.ANYBODY)
        db.session.flush()
        return unit.id


def _plain(world: World) -> None:
    world.people["donor", "here"] = people.appoint(Role.donor, people.VILLAGE)


def _deputy(world: World) -> None:
    """A coordinator of another township stands in for the Women's Federation's of the county."""
    there, office = people.OTHER_TOWNSHIP, Office.womens_federation
    deputy = people.appoint(Role.coordinator, there, office=office)
    principal = world.people[office.value, "here"]
    today = clock.today()
    with db.write():
        who = principal.actor()
        own = who.holdings[0].id
        other = next(h for h in accounts.colleagues(who) if h.account_id == deputy.account_id)
        named = access.name_deputy(own, other, today, today + timedelta(days=30), by=who)
        db.session.flush()
        world.things["deputy"] = named.id
    for relation in ("not chosen", "standing in", "for oneself"):
        world.people["deputy", relation] = deputy


def _phone(world: World) -> None:
    """A grid worker's own phone is remembered."""
    person = world.people["grid_worker", "here"]
    with db.write():
        who = person.actor()
        access.remember_phone(accounts.get(person.account_id), "836417", "", by=who)
        db.session.flush()
        world.things["phone"] = accounts.phones_of(person.account_id)[0].id
