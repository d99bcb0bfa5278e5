"""Units and places: registered, changed, found, and refused with the reason beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.partners import actions, queries, rules
from jiedui.partners.forms import PlacePicker
from jiedui.partners.rules import NewPlace, NewUnit, PartnerRefusal, PlaceKind, UnitKind
from tests import people
from tests.client import Browser

Device = Callable[[], Browser]
CODE = "91110000600037341L"


def region_id(code: str = people.VILLAGE) -> int:
    """The id of a division (opens its own read)."""
    with db.read():
        return people.region(code).id


def place(name: str, code: str = people.VILLAGE, **over: Any) -> int:
    """A Children's Home (opens its own write); returns its id."""
    with db.write():
        said = NewPlace(PlaceKind.childrens_home, name, people.region(code).id, **over)
        made = actions.register_place(said, by=SYSTEM)
        db.session.flush()
        return made.id


def civil_affairs(device: Device) -> Browser:
    """A coordinator of civil affairs at their desk."""
    one = device()
    one.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    return one


def unit_form(**over: Any) -> dict[str, Any]:
    """What the page asks about a unit."""
    plain = {"kind": "agency", "name": "北试社工中心", "region": str(region_id()), "open": "y"}
    return plain | over


def test_a_unit_is_registered_and_changed(device: Device) -> None:
    """With a code that adds up, typed in small letters; a recording unit says so."""
    one = civil_affairs(device)
    one.send("/units/new", **unit_form(credit_code=f" {CODE.lower()} ", recording="y"))
    assert "北试社工中心" in one.words
    assert CODE in one.words
    assert "记录单位" in one.words
    with db.read():
        unit = queries.unit_by_code(people.region(people.COUNTY).id, CODE)
        assert unit is not None
        unit_id = unit.id
        assert unit.recording
    one.send(f"/units/{unit_id}", **unit_form(name="北试社会工作站", open=""))
    assert "不再参加" in one.words
    with db.read():
        assert queries.units(people.region(people.COUNTY).id) == []
        assert queries.get_unit(unit_id).name == "北试社会工作站"


@pytest.mark.parametrize("wrong", ["91110000600037341M", "123", "9111000060003734IO"])
def test_a_code_that_does_not_add_up_is_refused_beside_its_field(
    device: Device, wrong: str
) -> None:
    """The rest of the form is kept."""
    one = civil_affairs(device)
    page = one.send("/units/new", **unit_form(credit_code=wrong))
    assert page.status_code == 422
    assert "校验位对不上" in one.words
    assert 'value="北试社工中心"' in one.text


def test_a_code_stands_once_in_a_county(device: Device) -> None:
    """A second unit with the same code is told so; keeping one's own is no fault."""
    one = civil_affairs(device)
    one.send("/units/new", **unit_form(credit_code=CODE))
    assert one.send("/units/new", **unit_form(credit_code=CODE)).status_code == 422
    assert "已经登记过" in one.words
    with db.read():
        unit = queries.unit_by_code(people.region(people.COUNTY).id, CODE)
        assert unit is not None
        unit_id = unit.id
    assert one.send(f"/units/{unit_id}", **unit_form(credit_code=CODE)).status_code == 200


def test_a_place_is_registered_with_a_village_from_the_picker(device: Device) -> None:
    """A township registers in its own area; a position far off, half a position and a name
    that stands there already are refused."""
    one = device()
    one.sign_in(people.appoint(Role.township_supervisor, people.TOWNSHIP).phone)
    form = {"kind": "childrens_home", "name": "上村儿童之家", "unit_id": "0", "open": "y"}
    one.send("/places/new", **form, region_text="长岭", act="find-region")
    assert "北东山镇" in one.words
    assert "北西河乡" not in one.words
    mine = form | {"region": str(region_id())}
    assert one.send("/places/new", **mine, latitude="25.52").status_code == 422
    assert "要么都填" in one.words
    assert one.send("/places/new", **mine, latitude="39.9", longitude="116.4").status_code == 422
    assert "离这个村太远" in one.words
    one.send("/places/new", **mine, latitude="25.53", longitude="115.81")
    assert "上村儿童之家" in one.words
    assert one.send("/places/new", **mine).status_code == 422
    assert "同名" in one.words
    away = form | {"region": str(region_id(people.FAR_VILLAGE))}
    assert one.send("/places/new", **away).status_code == 422
    with db.read():
        found = queries.places_in(people.region(people.COUNTY).path)
        assert [(p.name, p.point) for p in found] == [("上村儿童之家", (25.53, 115.81))]


def test_places_are_found_by_name_village_township_and_pinyin(app: Flask) -> None:
    """Within the scope, open ones only; those called so first."""
    home = place("阳光儿童之家")
    school = place("东山中心小学", people.NEXT_VILLAGE)
    far = place("西河儿童之家", people.FAR_VILLAGE)
    place("别县儿童之家", people.OTHER_COUNTY_VILLAGE)
    place("旧儿童之家", people.VILLAGE, open=False)
    with db.read():
        county = people.region(people.COUNTY).path
        township = people.region(people.TOWNSHIP).path
        found = {
            text: [p.id for p in queries.find_places(text, county)]
            for text in ("阳光", "上村", "shangcun", "北东山", "没有", "", "%")
        }
        assert [p.name for p in queries.find_places("儿童之家", township)] == ["阳光儿童之家"]
        assert queries.place(home, people.region(people.OTHER_TOWNSHIP).path) is None
    assert found["阳光"] == [home]
    assert set(found["上村"]) == set(found["shangcun"]) == {home, far}
    assert set(found["北东山"]) == {school, home}
    assert found["没有"] == found[""] == found["%"] == []


def test_a_place_without_a_position_has_its_villages(app: Flask) -> None:
    """So that distance can be measured to it."""
    number = place("上村儿童之家")
    with db.read():
        assert queries.get_place(number).point == people.region(people.VILLAGE).point


def test_a_unit_of_another_county_cannot_own_a_place(app: Flask) -> None:
    """Counties are apart."""
    with db.write():
        seat = people.region(people.OTHER_COUNTY_VILLAGE).id
        unit = actions.register_unit(NewUnit(UnitKind.school, "南试小学", seat), by=SYSTEM)
        db.session.flush()
        unit_id = unit.id
    with pytest.raises(Refusal) as refused:
        place("上村小学", unit_id=unit_id)
    assert refused.value.code is PartnerRefusal.unit_outside


def test_pages_are_for_those_whose_work_it_is(device: Device) -> None:
    """Others get 404, and so does anybody for another county's."""
    mine = place("上村儿童之家")
    abroad = place("别县儿童之家", people.OTHER_COUNTY_VILLAGE)
    director = device()
    director.sign_in(people.appoint(Role.child_director, people.VILLAGE).phone)
    for path in ("/places/new", f"/places/{mine}", "/units", "/units/new"):
        assert director.get(path).status_code == 404, path
    one = civil_affairs(device)
    assert one.get(f"/places/{mine}").status_code == 200
    assert one.get(f"/places/{abroad}").status_code == 404


def test_a_stale_page_changes_nothing(device: Device) -> None:
    """Two people at one unit: the second is told."""
    one, other = civil_affairs(device), civil_affairs(device)
    number = place("上村儿童之家")
    form = {"kind": "school", "name": "甲", "region": str(region_id()), "unit_id": "0", "open": "y"}
    other.get(f"/places/{number}")
    one.send(f"/places/{number}", **form)
    late = other.send(f"/places/{number}", fresh=False, **(form | {"name": "乙"}))
    assert late.status_code == 409
    with db.read():
        assert queries.get_place(number).name == "甲"


def test_the_picker_finds_and_tells_apart(app: Flask) -> None:
    """Names of Children's Homes are alike: the village below tells them apart."""
    place("儿童之家")
    place("儿童之家", people.FAR_VILLAGE)

    class Asked(Form):
        place = PlacePicker()

    with app.test_request_context(method="POST", data={"place_text": "儿童之家"}), db.read():
        form = Asked(meta={"csrf": False})
        assert not form.validate()
        assert [spot.within for spot in form.place.found] == ["北东山镇 上村", "北西河乡 上村"]
        chosen = form.place.get(form.place.found[1].value)
        assert chosen is not None
        assert chosen.region.code == people.FAR_VILLAGE


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_always_noticed(at: int, other: str) -> None:
    """The check character finds every single slip."""
    wrong = CODE[:at] + other + CODE[at + 1 :]
    fault = rules.credit_code_fault(wrong)
    assert (fault is None) is (wrong == CODE)


def test_codes_of_real_shape_pass() -> None:
    """And an empty one: a team has none."""
    assert rules.credit_code_fault(CODE) is None
    assert rules.credit_code_fault(None) is None
    assert rules.tidy_credit_code(" 9111 0000 6000 37341l ") == CODE
