"""The button that finds a place's position: over HTTP, with what was typed kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.partners import queries
from jiedui.regions import geocoding
from tests import people
from tests.client import Browser
from tests.regions.mapserver import serving

Device = Callable[[], Browser]
NEW, FIND = "/places/new", "/places/new/position"
PLAIN = {"kind": "school", "unit_id": "0", "open": "y", "act": "find-position"}


@pytest.fixture(autouse=True)
def _nothing_configured_after() -> Iterator[None]:
    yield
    geocoding.configure("")


@pytest.fixture
def desk(app: Flask, device: Device) -> Browser:
    """A coordinator of civil affairs at their desk."""
    one = device()
    one.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    return one


def village_id() -> str:
    """The id of a village, as the picker sends it."""
    with db.read():
        return str(people.region(people.VILLAGE).id)


def degrees(page: Browser) -> tuple[str, str]:
    """What stands in the two fields."""
    latitude = re.search(r'name="latitude"[^>]*value="([^"]*)"', page.text)
    longitude = re.search(r'name="longitude"[^>]*value="([^"]*)"', page.text)
    assert latitude
    assert longitude
    return latitude[1], longitude[1]


def find(page: Browser, **fields: str) -> None:
    """Press the button on the page of a new place."""
    page.get(NEW)
    assert f'formaction="{FIND}#position"' in page.text
    assert page.press(NEW, FIND, **PLAIN, **fields).status_code == 200


def test_a_sure_position_is_filled_in_and_saved(desk: Browser) -> None:
    """From the county's own list, without a network."""
    find(desk, name="北东山镇")
    assert "已找到：北试县 北东山镇，来自本县区划名单" in desk.words
    assert degrees(desk) == ("25.5", "115.8")
    assert 'value="北东山镇"' in desk.text
    assert re.search(r'value="school"[^>]*checked', desk.text)
    fields = {"kind": "school", "name": "中心小学", "region": village_id(), "unit_id": "0"}
    latitude, longitude = degrees(desk)
    desk.send(NEW, fresh=False, **fields, open="y", latitude=latitude, longitude=longitude)
    with db.read():
        [place] = queries.places_in(people.region(people.COUNTY).path)
        assert place.point == (25.5, 115.8)


def test_a_building_gets_its_villages_position_and_is_told(desk: Browser) -> None:
    """The village of the picker goes before the name."""
    find(desk, name="阳光儿童之家", region=village_id())
    assert "只查到：北东山镇 上村，来自本县区划名单" in desk.words
    assert degrees(desk) == ("25.52", "115.8")
    assert "阳光儿童之家" in desk.text


def test_several_are_offered_and_one_is_chosen(desk: Browser) -> None:
    """The choice is saved with the form; nothing is filled in before."""
    find(desk, name="上村小学")
    assert "不能确定" in desk.words
    assert degrees(desk) == ("", "")
    spots = re.findall(r'name="spot" value="([^"]+)"', desk.text)
    assert spots == ["25.52,115.8", "25.52,115.9"]
    fields = {"kind": "school", "name": "上村小学", "region": village_id(), "unit_id": "0"}
    desk.send(NEW, fresh=False, **fields, open="y", latitude="", longitude="", spot=spots[1])
    with db.read():
        [place] = queries.places_in(people.region(people.COUNTY).path)
        assert place.point == (25.52, 115.9)


def test_nothing_found_says_what_to_do(desk: Browser) -> None:
    """And leaves what was typed, even what is no number."""
    find(desk, name="火星小学", latitude="25.5x", longitude="115.8")
    assert "没有找到" in desk.words
    assert "留空时按村的位置计算" in desk.words
    assert degrees(desk) == ("25.5x", "115.8")


def test_a_made_up_choice_changes_nothing(desk: Browser) -> None:
    """Whatever is sent as a choice is checked like typed degrees."""
    fields = {"kind": "school", "name": "甲", "region": village_id(), "unit_id": "0"}
    for spot in ("x,y", "39.9,116.4", "nan,nan", "95,200"):
        assert desk.send(NEW, **fields, spot=spot).status_code == 422, spot


def test_nothing_waits_for_a_service_with_a_write_open(app: Flask) -> None:
    """Both routes read only, although a form is sent."""
    for name in ("partners.find_new_position", "partners.find_position"):
        assert vars(app.view_functions[name])["transaction"] == "read"


def test_a_known_place_asks_the_service_for_more(desk: Browser) -> None:
    """By the names of county, village and place; looking saves nothing."""
    fields = {"kind": "school", "name": "第一小学", "region": village_id(), "unit_id": "0"}
    desk.send(NEW, **fields, open="y")
    with db.read():
        [place] = queries.places_in(people.region(people.COUNTY).path)
        number, path = place.id, f"/places/{place.id}"
    said = [{"lat": "25.5234", "lon": "115.8123", "display_name": "第一小学"}]
    with serving(said) as server:
        geocoding.configure("nominatim", "", server.domain)
        desk.press(path, f"{path}/position", **fields, open="y", act="find-position")
    assert [values["q"] for _, values in server.asked] == ["北试县北东山镇上村第一小学"]
    assert "已找到" in desk.words
    assert degrees(desk) == ("25.5234", "115.8123")
    with db.read():
        assert queries.get_place(number).latitude is None, "looking saves nothing"


def test_the_button_is_for_those_whose_work_it_is(app: Flask, device: Device) -> None:
    """Others get 404."""
    one = device()
    one.sign_in(people.appoint(Role.child_director, people.VILLAGE).phone)
    assert one.press("/me", FIND, **PLAIN, name="北东山镇").status_code == 404


def test_whoever_comes_back_has_the_form(desk: Browser) -> None:
    """After a change of language, or signing in again, the address is asked for by GET."""
    find(desk, name="北东山镇")
    assert desk.get(FIND).status_code == 200
    assert f'action="{NEW}"' in desk.text
    assert "已找到" not in desk.words
