"""Villages as sheets name them. Made to catch: a residents' committee and a villagers' one of one
name that cannot be told apart (_kind left out), or are guessed at where nothing tells."""

from __future__ import annotations

import pytest
from flask import Flask

from jiedui.children.exchange import NATIONAL
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.intake.exchange import Villages
from jiedui.intake.rules import IntakeFault
from jiedui.regions import actions as regions
from jiedui.regions.rules import Level, Row

TOWN = "990003001000"
BOTH = ("周试居委会", "周试村委会", "独例村委会")


def divisions() -> list[Row]:
    county = Row("990003000000", "中试县", Level.county, "", None, None, "invented")
    town = Row(TOWN, "周试镇", Level.township, county.code, None, None, "invented")
    named = [
        Row(f"990003001{n:03d}", name, Level.village, TOWN, None, None, "invented")
        for n, name in enumerate(BOTH, start=1)
    ]
    return [county, town, *named]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("周试居委会", "周试居委会"),
        ("周试社区", "周试居委会"),
        ("周试镇周试社区居民委员会", "周试居委会"),
        ("周试村村民委员会", "周试村委会"),
        ("周试村", "周试村委会"),
        ("周试村民委员会", "周试村委会"),
        ("周试", IntakeFault.village_ambiguous),
        ("独例", "独例村委会"),
        ("独例社区", "独例村委会"),
    ],
)
def test_what_is_written_behind_a_name_tells_which(
    app: Flask, written: str, meant: str | IntakeFault
) -> None:
    with db.write():
        county = regions.start_county(divisions(), by=SYSTEM)
    with db.read():
        found = Villages(county.path, NATIONAL).find("周试镇", written)
    assert (found if isinstance(found, IntakeFault) else found.name) == meant
