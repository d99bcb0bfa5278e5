"""A need is added, changed, confirmed as urgent by a second person, and ended; and what a card
shows of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import Purpose, RiskLevel
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal, Stale
from jiedui.helpers.rules import HelpKind
from jiedui.needs import actions, queries
from jiedui.needs.rules import Frequency, NeedCloseReason, NeedRefusal, NeedState, Urgency, Where
from jiedui.needs.rules import UrgencyReason as Why
from jiedui.partners import queries as partners
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person

URGENT: dict[str, Any] = {"urgency": Urgency.red, "urgency_reason": Why.lives_alone}


def at(app: Flask, person: Person) -> Browser:
    """Somebody's device after signing in."""
    device = Browser(app)
    device.sign_in(person.phone)
    return device


@pytest.fixture
def director(app: Flask) -> Person:
    """The village's director."""
    return kids.director()


@pytest.fixture
def supervisor(app: Flask) -> Person:
    """The township's supervisor."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def test_several_children_of_a_house_share_one_need(app: Flask, director: Person) -> None:
    first = kids.household_child(director)
    second = kids.household_child(director, sibling_of=first)
    mine = at(app, director)
    wish = {"kind": "reading", "slots": ["15"], "where": "online"}
    mine.send(f"/children/{first}/need", **wish, siblings=[str(second)])
    with db.read():
        (need,) = queries.living_of(first)
        assert {c.id for c in need.children} == {first, second}
        assert need.state is NeedState.open
    answer = mine.send(f"/children/{second}/need", **wish)
    assert answer.status_code == 422
    assert "已经有同样的心愿：N-0001" in mine.words


def test_only_one_household_shares(app: Flask, director: Person) -> None:
    one, other = kids.household_child(director), kids.household_child(director)
    with db.write():
        both, actor = [children.get(one), children.get(other)], director.actor()
        with pytest.raises(Refusal) as no:
            actions.raise_need(both, wishes.wish(), by=actor)
    assert no.value.code is NeedRefusal.other_household


def test_the_wish_is_changed_and_a_late_page_shows_both(app: Flask, director: Person) -> None:
    need = open_need(director, at_place=False)
    mine, other = at(app, director), at(app, director)
    page = f"/needs/{need}/change"
    said = {"where": "online", "frequency": "weekly", "urgency": "normal"}
    mine.get(page)
    other.send(page, **said, slots=["16"])
    answer = mine.send(page, fresh=False, **said, slots=["20"], frequency_text="")
    assert answer.status_code == 422
    assert "您打开以后，有人改过这里" in mine.words
    with db.read():
        assert [s.slot for s in queries.get(need).slots] == [16]


def test_a_need_that_has_somebody_is_not_changed(app: Flask, director: Person) -> None:
    need = open_need(director, at_place=False)
    with db.write():
        actions.mark_met(queries.get(need), by=director.actor())
    mine = at(app, director)
    said = {"where": "online", "frequency": "weekly", "urgency": "normal", "slots": ["20"]}
    assert mine.send(f"/needs/{need}/change", **said).status_code == 422
    assert "已经有人和孩子结对" in mine.words


def test_urgent_counts_once_a_second_person_has_confirmed_it_and_for_thirty_days(
    app: Flask, director: Person, supervisor: Person
) -> None:
    need = open_need(director, at_place=False, **URGENT)
    today = clock.today()
    with db.read():
        assert queries.counted_urgency(queries.get(need), today) is Urgency.normal
        assert [n.id for n in queries.awaiting_confirmation(supervisor.actor())] == [need]
    desk = at(app, supervisor)
    desk.press(f"/needs/{need}", f"/needs/{need}/confirm")
    assert "核实" in desk.words
    with db.read():
        one = queries.get(need)
        assert queries.counted_urgency(one, today + timedelta(days=30)) is Urgency.red
        assert queries.counted_urgency(one, today + timedelta(days=31)) is Urgency.normal
        assert queries.awaiting_confirmation(supervisor.actor()) == []


def test_who_says_urgent_does_not_confirm_it(app: Flask, supervisor: Person) -> None:
    child = kids.household_child(supervisor)
    need = open_need(supervisor, child_id=child, at_place=False, **URGENT)
    desk = at(app, supervisor)
    answer = desk.press(f"/needs/{need}", f"/needs/{need}/confirm")
    assert answer.status_code == 422
    assert "提出紧急的人不能自己确认" in desk.words


def test_a_changed_urgency_is_not_confirmed_by_who_changed_it(
    app: Flask, director: Person, supervisor: Person
) -> None:
    need = open_need(director, at_place=False)
    with db.write():
        wish = wishes.wish(**URGENT)
        actions.change_need(queries.get(need), wish, by=supervisor.actor())
    with db.write(), pytest.raises(Refusal) as no:
        actions.confirm_urgency(queries.get(need), by=supervisor.actor())
    assert no.value.code is NeedRefusal.confirmed_by_raiser


def test_a_director_cannot_confirm(app: Flask, director: Person) -> None:
    need = open_need(kids.director(), at_place=False, **URGENT)
    mine = at(app, director)
    mine.get(f"/needs/{need}")
    assert f"/needs/{need}/confirm" not in mine.text
    assert mine.send(f"/needs/{need}/confirm", fresh=False).status_code == 404


def test_a_need_ends_with_a_reason_and_does_not_move_again(app: Flask, director: Person) -> None:
    need = open_need(director, at_place=False)
    mine = at(app, director)
    mine.send(f"/needs/{need}/close", reason="no_longer_wished")
    assert "不再需要" in mine.words
    with db.write(), pytest.raises(Refusal) as no:
        actions.change_need(queries.get(need), wishes.wish(), by=director.actor())
    assert no.value.code is NeedRefusal.closed
    with db.write():
        actions.reopen(queries.get(need), by=director.actor())
        assert queries.get(need).state is NeedState.closed


def test_a_page_that_is_old_ends_nothing(app: Flask, director: Person) -> None:
    need = open_need(director, at_place=False)
    with db.write():
        one, actor = queries.get(need), director.actor()
        with pytest.raises(Stale):
            actions.close_need(one, NeedCloseReason.fulfilled, by=actor, version=99)


def test_a_need_whose_pairing_ended_is_matched_again_only_with_both_yeses(
    app: Flask, director: Person
) -> None:
    child = kids.household_child(director)
    need = open_need(director, child_id=child, at_place=False)
    with db.write():
        actions.mark_met(queries.get(need), by=director.actor())
    with db.write():
        consent = children.latest_consent(children.get(child), Purpose.matching)
        ledger.withdraw_consent(consent, consent.means, by=director.actor())
        actions.reopen(queries.get(need), by=director.actor())
        assert queries.get(need).state is NeedState.waiting
    with db.write():
        kids.say_yes(child, by=director.actor(), view=False)
        assert queries.get(need).state is NeedState.open


def test_the_place_is_the_villages_own_else_the_nearest(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    with db.write():
        wishes.place(people.FAR_VILLAGE)
        next_door = wishes.place(people.NEXT_VILLAGE).id
        own = wishes.place(people.VILLAGE, open=False).id
    with db.write():
        said = wishes.wish(where=Where.place)
        need = actions.raise_need([children.get(child)], said, by=director.actor())
        assert need.place_id == next_door
    with db.write():
        partners.get_place(own).open = True
    with db.read():
        assert queries.nearest_place(children.get(child).village).id == own


def test_a_county_without_a_place_says_so(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    mine = at(app, director)
    wish = {"kind": "reading", "slots": ["15"], "where": "place"}
    answer = mine.send(f"/children/{child}/need", **wish, frequency="weekly", urgency="normal")
    assert answer.status_code == 422
    assert "还没有开放的场所" in mine.words


def test_a_place_of_another_county_is_refused(app: Flask, director: Person) -> None:
    child = kids.household_child(director)
    with db.write():
        said = wishes.wish(place=wishes.place(people.OTHER_COUNTY_VILLAGE))
        kid, actor = children.get(child), director.actor()
        with pytest.raises(Refusal) as no:
            actions.raise_need([kid], said, by=actor)
    assert no.value.code is NeedRefusal.place_outside


def test_a_card_shows_no_name_village_category_or_age(app: Flask, director: Person) -> None:
    child = kids.household_child(director, name="示孤星", birth_date=kids.born(10))
    need = open_need(director, child_id=child, notes="爸爸在广东", frequency=Frequency.monthly)
    with db.read():
        card = queries.card(queries.get(need))
    told = repr(card)
    for secret in ("示孤星", "上村", "广东", "left_behind", "10"):
        assert secret not in told, secret
    assert card["age_bands"] == [(9, 11)]
    assert card["township"] == "北东山镇"
    assert card["slots"] == [15]


@pytest.mark.parametrize(
    ("kind", "risk", "office"),
    [
        (HelpKind.companionship, RiskLevel.green, Office.womens_federation),
        (HelpKind.tutoring, RiskLevel.blue, Office.youth_league),
        (HelpKind.companionship, RiskLevel.yellow, Office.civil_affairs),
        (HelpKind.reading, RiskLevel.red, Office.civil_affairs),
    ],
)
def test_one_office_decides(
    app: Flask, director: Person, kind: HelpKind, risk: RiskLevel, office: Office
) -> None:
    child = kids.household_child(director, risk=risk)
    need = open_need(director, child_id=child, at_place=False, kind=kind)
    with db.read():
        assert queries.office_for(queries.get(need)) is office


def test_a_county_may_name_the_office(app: Flask, director: Person) -> None:
    need = open_need(director, at_place=False, kind=HelpKind.reading)
    with db.write():
        table = {"reading": "education"}
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.office_for, table, by=SYSTEM)
    with db.read():
        assert queries.office_for(queries.get(need)) is Office.education


def test_needs_elsewhere_do_not_exist(app: Flask, director: Person) -> None:
    far = open_need(kids.director(people.FAR_VILLAGE), code=people.FAR_VILLAGE)
    mine = at(app, director)
    for page in ("", "/change", "/close"):
        assert mine.get(f"/needs/{far}{page}").status_code == 404
    assert f"/needs/{far}" not in mine.get("/needs?state=all").get_data(as_text=True)


def test_the_list_says_why_a_need_waits(app: Flask, director: Person) -> None:
    open_need(director, child_id=kids.household_child(director, consent=False), at_place=False)
    page = at(app, director).get("/needs?state=waiting").get_data(as_text=True)
    assert "还没问监护人" in page
    assert "还没问孩子" not in page
