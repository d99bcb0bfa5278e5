"""The child's file gathers what rooms know, for those who may read it, and says who has looked."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from jiedui.access import actions as access
from jiedui.access.rules import GrantLevel, Office, Role
from jiedui.children import queries as children
from jiedui.core import db
from jiedui.files import queries
from jiedui.pairings.queries import life
from tests import people
from tests.builders import children as kids
from tests.builders.needs import open_need
from tests.builders.pairings import active_pairing
from tests.client import Browser
from tests.people import Person


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


def test_a_file_tells_what_happened_newest_first(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director)
    open_need(director, child_id=child, at_place=False)
    mine = at(app, director)
    mine.get(f"/children/{child}")
    told = mine.words.split("经过")[1]
    order = ["心愿 N-0001", "孩子本人答复：愿意", "监护人答复：同意", "建档"]
    found = [told.find(words) for words in order]
    assert found == sorted(found)
    assert -1 not in found
    assert "tel:139" in mine.text
    assert "示奶奶" in mine.words


def test_a_file_shows_the_pairing_and_all_its_steps(app: Flask) -> None:
    pairing = active_pairing()
    with db.read():
        one = life.get(pairing)
        child, helper = one.need.children[0].id, one.helper.name
    office = people.appoint(Role.coordinator, office=Office.civil_affairs)
    desk = at(app, office)
    desk.get(f"/children/{child}")
    assert helper in desk.words
    assert f'href="/pairings/{pairing}"' in desk.text
    assert "结对 P-0001：磨合期" in desk.words
    with db.read():
        kid = children.get(child)
        wishes = queries.wishes_of(kid)
        pairs = [p.pairing for p in queries.pairs_of(wishes)]
        steps = queries.timeline(kid, wishes, pairs)
    assert [s.at for s in steps] == sorted((s.at for s in steps), reverse=True)


def test_every_look_is_listed_on_the_file(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director)
    office = people.appoint(Role.coordinator, office=Office.civil_affairs, name="方例")
    at(app, office).get(f"/children/{child}")
    mine = at(app, director)
    mine.get(f"/children/{child}")
    told = mine.words.split("谁看过这份档案")[1]
    assert "方例" in told


def test_a_social_worker_reads_a_file_only_by_a_living_grant(app: Flask) -> None:
    child = kids.household_child()
    worker = people.appoint(Role.social_worker)
    phone = at(app, worker)
    assert phone.get(f"/children/{child}").status_code == 404
    source = ("pairing", 7)
    with db.write():
        county = people.region(people.COUNTY).id
        opened = ("child", child)
        access.grant(worker.account_id, opened, GrantLevel.file, source=source, county_id=county)
    assert phone.get(f"/children/{child}").status_code == 200
    with db.write():
        access.end_grants(source)
    assert phone.get(f"/children/{child}").status_code == 404


def test_leaders_auditors_and_administrators_see_no_child(app: Flask) -> None:
    child = kids.household_child()
    for role in (Role.leader, Role.auditor, Role.account_admin, Role.duty_officer):
        phone = at(app, people.appoint(role))
        for page in ("/children", f"/children/{child}", "/needs"):
            assert phone.get(page).status_code == 404, (role, page)


def test_a_waiting_wish_is_said_on_top_with_what_to_do(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director, consent=False)
    open_need(director, child_id=child, at_place=False)
    mine = at(app, director)
    mine.get(f"/children/{child}")
    assert "有一个心愿在等：还缺同意" in mine.words
    assert f'href="/children/{child}/ask"' in mine.text


def test_the_file_names_who_is_in_charge(app: Flask) -> None:
    people.appoint(Role.township_supervisor, people.TOWNSHIP, name="江样文")
    people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP, name="范小例")
    child = kids.household_child()
    with db.read():
        named = queries.in_charge(children.get(child))
    assert (Role.township_supervisor, "江样文") in named
    assert (Role.child_director, "石例女") in named
    assert all(name != "范小例" for _role, name in named)


def test_the_page_reads_in_english_too(app: Flask, device: Callable[[], Browser]) -> None:
    director = kids.director()
    child = kids.household_child(director)
    mine = device().english()
    mine.sign_in(director.phone)
    mine.get(f"/children/{child}")
    assert "Guardians and carers" in mine.words
    assert f"{kids.born(9).year}" in mine.words
