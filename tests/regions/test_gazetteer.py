"""Names as people write them, looked up in a real county's list (the demo's) and a small one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.demo import county as demo
from jiedui.regions import actions, exchange, geocoding, queries
from jiedui.regions.geocoding import Nothing, Sure, Unsure
from jiedui.regions.models import Region
from jiedui.regions.rules import Doubt, Source
from tests import people

LIST = Path(demo.__file__).parent / "data" / "regions-360733.csv"


@pytest.fixture
def county(app: Flask) -> Iterator[Region]:
    """会昌县 with its 19 townships and 276 villages, in an open read."""
    with db.write():
        made = actions.start_county(exchange.read_csv(LIST), by=SYSTEM).id
    with db.read():
        yield queries.get(made)


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("红旗居委会", "红旗居委会", "文武坝镇"),
        ("红旗社区", "红旗居委会", "文武坝镇"),
        ("红旗", "红旗居委会", "文武坝镇"),
        ("月亮湾", "月亮湾新区居委会", "文武坝镇"),
        ("富城乡", "富城乡", "会昌县"),
        ("富城村", "富城村委会", "富城乡"),
        ("富城村民委员会", "富城村委会", "富城乡"),
        ("江西省赣州市会昌县 文武坝镇 红旗", "红旗居委会", "文武坝镇"),
        ("文武坝红旗居委会", "红旗居委会", "文武坝镇"),
        ("文武坝镇", "文武坝镇", "会昌县"),
    ],
)
def test_a_name_is_found(county: Region, text: str, name: str, within: str) -> None:
    """Whole or in part, with or without its ending, with its township or the county before it."""
    found = geocoding.find(text, county)
    assert isinstance(found, Sure)
    assert (found.at.name, found.at.within, found.whole) == (name, within, True)
    assert found.at.source is Source.gazetteer
    assert (found.at.latitude, found.at.longitude) in {
        r.point for r in queries.find_divisions(name, county.path)
    }


@pytest.mark.parametrize(
    ("text", "many"),
    [("南坑村", 2), ("南坑", 2), ("东街居委会", 2), ("半迳村委会", 2), ("富城", 3)],
)
def test_a_name_that_several_have_is_not_sure(county: Region, text: str, many: int) -> None:
    """Villages of one name, and a township and its village when the ending is left out."""
    found = geocoding.find(text, county)
    assert isinstance(found, Unsure)
    assert len(found.options) == many
    assert found.doubt is Doubt.several


def test_the_township_tells_them_apart(county: Region) -> None:
    """Every doubled village is found by its township and its name."""
    villages = queries.villages(county.path)
    doubled = [v for v in villages if sum(w.name == v.name for w in villages) > 1]
    assert len(doubled) == 10
    for village in doubled:
        found = geocoding.find(village.full_name, county)
        assert isinstance(found, Sure), village.full_name
        assert found.at.within == village.parent.name if village.parent else False


def test_every_division_is_found_by_its_own_name(county: Region) -> None:
    """Sure, or among the several of that name; and by full name never anything else."""
    for region in queries.divisions(county.path):
        if region.id == county.id:
            continue
        found = geocoding.find(region.full_name, county)
        at = [found.at] if isinstance(found, Sure) else list(getattr(found, "options", ()))
        assert region.point in [(p.latitude, p.longitude) for p in at], region.full_name
        assert {p.name for p in at} == {region.name}


def test_a_building_is_known_by_its_village_only(county: Region) -> None:
    """And the answer says so."""
    for text in ("文武坝镇 红旗居委会 阳光儿童之家", "红旗居委会阳光儿童之家", "红旗小学"):
        found = geocoding.find(text, county)
        assert isinstance(found, Sure)
        assert (found.at.name, found.whole) == ("红旗居委会", False)


@pytest.mark.parametrize("text", ["", " ", "。", "村", "乡", "冥王星", "会昌县", "%", "x" * 500])
def test_what_says_nothing_finds_nothing(county: Region, text: str) -> None:
    """No guess, no exception."""
    assert geocoding.find(text, county) == Nothing(Doubt.unknown)


def test_counties_are_apart(app: Flask) -> None:
    """A name of the next county is not found; one's own doubled one lists both."""
    with db.read():
        here = people.region(people.COUNTY)
        assert geocoding.find("南东山镇", here) == Nothing(Doubt.unknown)
        found = geocoding.find("上村", here)
        assert isinstance(found, Unsure)
        assert [p.within for p in found.options] == ["北东山镇", "北西河乡"]
