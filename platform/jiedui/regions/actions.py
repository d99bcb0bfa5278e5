"""A county begins, and sets what it may set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from jiedui.core import audit, db, sounds
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.regions.models import CountySetting, Hotline, Region
from jiedui.regions.rules import Level, Row, Setting, path_of

# Numbers that stand on every page from the first day (domain: 未保法 97, 反家暴法, 沪条例 67).
HOTLINES = (
    ("110", "报警", "Police"),
    ("12345", "未成年人保护", "Protection of minors"),
    ("12355", "青少年心理与维权", "Young people: psychology and rights"),
    ("12338", "妇女儿童维权", "Women's and children's rights"),
)


def start_county(rows: Sequence[Row], *, by: By) -> Region:
    """Load a county's divisions and the hotlines; records county.started."""
    order = {Level.county: 0, Level.township: 1, Level.village: 2}
    made: dict[str, Region] = {}
    for row in sorted(rows, key=lambda r: (order[r.level], r.code)):
        made[row.code] = _add(row, made)
    county = next(r for r in made.values() if r.level is Level.county)
    for position, (number, zh, en) in enumerate(HOTLINES):
        line = Hotline(number=number, name_zh=zh, name_en=en, position=position)
        line.county_id = county.id
        db.session.add(line)
    audit.record(Act.county_started, county, by=by)
    return county


def _add(row: Row, made: dict[str, Region]) -> Region:
    parent = made.get(row.parent_code) if row.level is not Level.county else None
    syllables = sounds.syllables(row.name)
    region = Region(
        code=row.code,
        name=row.name,
        pinyin="".join(syllables).lower(),
        initials="".join(s[0] for s in syllables).lower(),
        level=row.level,
        parent_id=parent.id if parent else None,
        county_id=parent.county_id if parent else None,
        path="",
        latitude=row.latitude,
        longitude=row.longitude,
        coordinate_source=row.coordinate_source,
    )
    db.session.add(region)
    db.session.flush()  # the path is made of ids
    region.county_id = region.county_id or region.id
    region.path = path_of(parent.path if parent else "", region.id)
    return region


def set_for_county(county: Region, name: Setting, value: Any, *, by: By) -> None:
    """Change what holds in a county; records the name, not the value."""
    found = select(CountySetting).where(
        CountySetting.county_id == county.id, CountySetting.name == name
    )
    row = db.session.scalar(found)
    if row is None:
        row = CountySetting(county_id=county.id, name=name)
        db.session.add(row)
    row.value = value
    audit.record(Act.county_setting_changed, county, by=by, name=name.value)


def set_hotline(county: Region, number: str, zh: str, en: str, *, by: By) -> None:
    """Put a number on every page of a county, or change what it is called."""
    lines = db.session.scalars(select(Hotline).where(Hotline.county_id == county.id)).all()
    line = next((one for one in lines if one.number == number), None)
    if line is None:
        last = max((one.position for one in lines), default=-1)
        line = Hotline(county_id=county.id, number=number, position=last + 1)
        db.session.add(line)
    line.name_zh, line.name_en = zh, en
    audit.record(Act.county_setting_changed, county, by=by, name="hotline")


def end_hotline(county: Region, number: str, *, by: By) -> bool:
    """Take a number off every page; says whether it was on them."""
    found = select(Hotline).where(Hotline.county_id == county.id, Hotline.number == number)
    line = db.session.scalar(found)
    if line is not None:
        db.session.delete(line)
        audit.record(Act.county_setting_changed, county, by=by, name="hotline")
    return line is not None
