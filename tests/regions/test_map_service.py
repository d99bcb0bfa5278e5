"""The configured map service, played by a real HTTP server: sure, unsure, outside, in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from jiedui.core import db
from jiedui.regions import geocoding
from jiedui.regions.geocoding import Found, Nothing, Sure, Unsure
from jiedui.regions.geocoding.datum import to_bd09
from jiedui.regions.rules import Doubt, Source, great_circle_km
from jiedui.settings import BadSettings, from_environment
from tests import people
from tests.regions.mapserver import MapServer, serving

SCHOOL = (25.5412, 115.8533)  # inside the small county of the north
BEIJING = (39.9, 116.4)


@pytest.fixture(autouse=True)
def _nothing_configured_after() -> Iterator[None]:
    yield
    geocoding.configure("")


def nominatim(*points: tuple[float, float]) -> list[dict[str, str]]:
    """An answer as Nominatim gives it."""
    return [
        {"lat": str(a), "lon": str(b), "display_name": f"第{n}小学"}
        for n, (a, b) in enumerate(points)
    ]


def baidu(point: tuple[float, float], confidence: int = 80) -> dict[str, Any]:
    """An answer as Baidu gives it, in its own degrees."""
    latitude, longitude = to_bd09(point)
    place = {"location": {"lat": latitude, "lng": longitude}, "confidence": confidence}
    return {"status": 0, "result": place | {"precise": 1, "comprehension": 100, "level": "教育"}}


def ask(name: str, server: MapServer, text: str = "第一小学") -> Found:
    """Configure the service as the settings do, and ask."""
    geocoding.configure(name, "the-key", server.domain)
    with db.read():
        return geocoding.find(text, people.region(people.COUNTY))


def test_nominatim_is_asked_for_what_the_list_has_not(app: Flask) -> None:
    """Within the county's box, by county and name and nothing else."""
    with serving(nominatim(SCHOOL)) as server:
        found = ask("nominatim", server)
    assert isinstance(found, Sure)
    assert (found.at.latitude, found.at.longitude) == SCHOOL
    assert (found.at.source, found.whole) == (Source.nominatim, True)
    [(path, asked)] = server.asked
    assert (path, asked["q"]) == ("/search", "北试县第一小学")
    assert asked.keys() == {
        "q", "format", "limit", "viewbox", "countrycodes", "accept-language",
    }  # fmt: skip


def test_baidus_degrees_are_turned(app: Flask) -> None:
    """BD-09 comes in, WGS-84 goes out, to a metre."""
    with serving(baidu(SCHOOL)) as server:
        found = ask("baidu", server)
    assert isinstance(found, Sure)
    assert great_circle_km((found.at.latitude, found.at.longitude), SCHOOL) < 0.002
    [(path, asked)] = server.asked
    assert path == "/geocoding/v3/"
    assert asked == {"ak": "the-key", "output": "json", "address": "北试县第一小学"}


def test_the_list_comes_first(app: Flask) -> None:
    """A whole name of the list, or one that two have, is not asked elsewhere."""
    with serving(nominatim(SCHOOL)) as server:
        assert isinstance(ask("nominatim", server, "北东山镇"), Sure)
        assert isinstance(ask("nominatim", server, "上村"), Unsure)
    assert server.asked == []


@pytest.mark.parametrize("name", ["nominatim", "baidu"])
def test_an_answer_outside_the_county_is_not_taken(app: Flask, name: str) -> None:
    """Further than 20 km beyond its divisions."""
    answer: Any = nominatim(BEIJING) if name == "nominatim" else baidu(BEIJING)
    with serving(answer) as server:
        assert ask(name, server) == Unsure((), Doubt.far)


def test_several_apart_are_not_sure_and_one_place_twice_is(app: Flask) -> None:
    """What lies outside is not offered."""
    near, other = (SCHOOL[0] + 0.002, SCHOOL[1]), (25.51, 115.72)
    with serving(nominatim(SCHOOL, near)) as server:
        assert isinstance(ask("nominatim", server), Sure)
    with serving(nominatim(SCHOOL, other, BEIJING)) as server:
        found = ask("nominatim", server)
    assert isinstance(found, Unsure)
    assert [(p.latitude, p.longitude) for p in found.options] == [SCHOOL, other]


def test_what_baidu_knows_only_roughly_is_not_sure(app: Flask) -> None:
    """It answers with the middle of a township; the village of our list is offered beside it."""
    with serving(baidu(SCHOOL, confidence=20)) as server:
        found = ask("baidu", server, "北东山镇上村儿童之家")
    assert isinstance(found, Unsure)
    assert found.doubt is Doubt.vague
    assert [p.source for p in found.options] == [Source.baidu, Source.gazetteer]


@pytest.mark.parametrize(
    ("name", "answer", "status", "doubt"),
    [
        ("nominatim", [], 200, Doubt.unknown),
        ("nominatim", {"error": "no"}, 200, Doubt.declined),
        ("nominatim", b"<html>", 200, Doubt.unreachable),
        ("nominatim", [{"lat": "x", "lon": "y"}], 200, Doubt.unreachable),
        ("nominatim", b"", 503, Doubt.unreachable),
        ("nominatim", b"", 429, Doubt.declined),
        ("nominatim", b"", 403, Doubt.declined),
        ("baidu", {"status": 1}, 200, Doubt.unreachable),
        ("baidu", {"status": 200}, 200, Doubt.declined),
        ("baidu", {"status": 302}, 200, Doubt.declined),
        ("baidu", {"status": 0, "result": {"location": {}}}, 200, Doubt.unreachable),
        ("baidu", [], 200, Doubt.unreachable),
    ],
)
def test_trouble_is_nothing_with_a_reason(
    app: Flask, name: str, answer: Any, status: int, doubt: Doubt
) -> None:
    """Never an exception; and a village that the list knows is still found."""
    with serving(answer, status) as server:
        assert ask(name, server) == Nothing(doubt)
        found = ask(name, server, "北东山镇上村儿童之家")
    assert isinstance(found, Sure)
    assert (found.at.name, found.whole, found.doubt) == ("上村", False, doubt)


def test_a_server_that_is_not_there(app: Flask) -> None:
    """A closed port."""
    with serving([]) as server:
        pass
    assert ask("nominatim", server) == Nothing(Doubt.unreachable)


def test_settings_that_cannot_work_are_refused(tmp_path: Any) -> None:
    """At the start, by name."""
    plain = {"JIEDUI_VAR": str(tmp_path)}
    with pytest.raises(BadSettings, match="JIEDUI_GEOCODER is"):
        from_environment(plain | {"JIEDUI_GEOCODER": "google"})
    with pytest.raises(BadSettings, match="JIEDUI_GEOCODER_KEY"):
        from_environment(plain | {"JIEDUI_GEOCODER": "baidu"})
    read = from_environment(plain | {"JIEDUI_GEOCODER": "nominatim"})
    assert (read.geocoder, read.geocoder_domain) == ("nominatim", "")
