"""Sheets in the demo county: one of the national system's that was taken over, and one of these
days that waits in a township because some of its rows are wrong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jiedui.access.rules import Actor, Office, Role
from jiedui.children.exchange import NATIONAL
from jiedui.core import clock, jobs, sheets
from jiedui.core.resident_id import Sex
from jiedui.demo.acts import Stage
from jiedui.intake import actions, queries
from jiedui.regions import queries as regions

TAKEN, WAITING = 8, 5


def bring_sheets(stage: Stage, today: date) -> None:
    """What civil affairs brought two weeks ago; what a township brought yesterday."""
    towns = regions.townships(regions.get(stage.county_id).path)
    with stage.on(today - timedelta(days=14), 10), stage.read():
        civil = stage.official(Role.coordinator, Office.civil_affairs.value)
        rows = [_row(stage, villages) for villages in _villages(towns[0].path, TAKEN)]
    with stage.on(today - timedelta(days=14), 10):
        number = _upload(stage, rows, civil)
        with stage.write():
            actions.take_over(queries.get(number), without_faulty=False, by=civil)
        jobs.work_off()
    with stage.on(today - timedelta(days=1), 16), stage.read():
        town = stage.official(Role.township_supervisor, towns[0].code)
        more = [_row(stage, villages) for villages in _villages(towns[0].path, WAITING)]
    more[1]["id_number"] = "1.23456789012346E+17"
    more[2]["village"] = "没有这个村"
    more[3]["father.phone"] = "1990000"
    more.append(dict(rows[0], id_number="", birth_date=rows[0]["birth_date"]))
    with stage.on(today - timedelta(days=1), 16):
        _upload(stage, more, town)


def _villages(path: str, many: int) -> list[Any]:
    found = regions.villages(path)
    return [found[n % len(found)] for n in range(many)]


def _row(stage: Stage, village: Any) -> dict[str, str]:
    inventor = stage.inventor
    child = inventor.person(inventor.born(clock.today(), 6, 14))
    father = inventor.person(date(1984, 3, 1) + timedelta(days=inventor.random.randint(0, 3000)))
    carer = inventor.name()
    return {
        "code": f"N{child.phone[-4:]}", "name": child.name, "ethnicity": "汉族",
        "sex": "女" if child.sex is Sex.female else "男", "rural": "农业",
        "birth_date": f"{child.birth_date:%Y年%m月%d日}", "id_number": child.id_number,
        "township": village.parent.name, "village": village.name, "address": "示范组",
        "school": "小学" if clock.today().year - child.birth_date.year < 13 else "初中",
        "boarding": "否", "categories": "农村留守儿童", "father.name": father.name,
        "father.id_number": father.id_number, "father.phone": inventor.phone(),
        "father.away": "是", "father.work_place": "外省示例市", "father.beyond_county": "县外",
        "father.away_since": "2021年3月", "mother.name": inventor.name(), "mother.away": "是",
        "mother.beyond_county": "县外", "mother.away_since": "2021年3月", "carer.name": carer,
        "carer.relation": "祖母", "carer.phone": inventor.phone(), "filled_by": "示例员",
    }  # fmt: skip


def _upload(stage: Stage, rows: list[dict[str, str]], by: Actor) -> int:
    heads = [column.head for column in NATIONAL.columns]
    table = [[row.get(column.field, "") for column in NATIONAL.columns] for row in rows]
    data = sheets.write("national", heads, table)
    with stage.write():
        batch = actions.upload("national", data, by=by, options={"invented": True})
        number = int(batch.id)
    jobs.work_off()
    return number
