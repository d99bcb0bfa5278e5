"""Sheets in the demo county: one of the national system's that waits in a township because some of
its rows are wrong, a bureau's list that was compared, a file that waits for its second person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jiedui.access.rules import Actor, Office, Role
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.exchange import NATIONAL
from jiedui.children.rules import Bureau, RevealReason
from jiedui.core import clock, jobs, sheets
from jiedui.core.resident_id import Sex
from jiedui.demo.acts import Stage
from jiedui.intake import actions
from jiedui.regions import queries as regions

ROWS, KNOWN, UNKNOWN = 8, 12, 3


def bring_sheets(stage: Stage, today: date) -> None:
    """What a township and civil affairs brought yesterday, and what was asked for."""
    with stage.on(today - timedelta(days=1), 16):
        with stage.read():
            town = regions.townships(regions.get(stage.county_id).path)[0]
            villages = regions.villages(town.path)
            rows = [_row(stage, villages[n % len(villages)]) for n in range(ROWS)]
            supervisor = stage.official(Role.township_supervisor, town.code)
            civil = stage.official(Role.coordinator, Office.civil_affairs.value)
            listed, place = _listed(stage, civil), town.id
        _spoil(rows)
        heads = [column.head for column in NATIONAL.columns]
        table = [[row.get(column.field, "") for column in NATIONAL.columns] for row in rows]
        _upload(stage, "national", sheets.write("national", heads, table), supervisor)
        data = sheets.write("list", ["姓名", "身份证号码", "乡镇"], listed)
        _upload(stage, f"bureau-{Bureau.allowance.value}", data, civil)
        with stage.write():
            town, why = regions.get(place), RevealReason.duty_visit
            asked = children.ExportAsked(town, why, "入户走访核对名单")
            children.ask_export(asked, by=supervisor)


def _spoil(rows: list[dict[str, str]]) -> None:
    """What goes wrong in sheets: a number that Excel has rounded, a village of long ago, a
    telephone that is too short, a child that stands there twice."""
    rows[1]["id_number"] = "1.23456789012346E+17"
    rows[2]["village"] = "没有这个村"
    rows[3]["father.phone"] = "1990000"
    rows.append(dict(rows[0]))


def _listed(stage: Stage, reader: Actor) -> list[list[str]]:
    """A list as the bureau for minimum allowance sends it: most children are known here."""
    rows = ledger.page(reader, ledger.Filter())[0]
    known = [[c.name, c.id_number, ""] for c in rows if c.id_number][:KNOWN]
    born = (stage.inventor.born(clock.today(), 6, 14) for _ in range(UNKNOWN))
    others = [stage.inventor.person(day) for day in born]
    return [*known, *([one.name, one.id_number, "示范镇"] for one in others)]


def _row(stage: Stage, village: Any) -> dict[str, str]:
    inventor = stage.inventor
    child = inventor.person(inventor.born(clock.today(), 6, 14))
    father = inventor.person(date(1984, 3, 1) + timedelta(days=inventor.random.randint(0, 3000)))
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
        "mother.beyond_county": "县外", "mother.away_since": "2021年3月",
        "carer.name": inventor.name(), "carer.relation": "祖母", "carer.phone": inventor.phone(),
        "filled_by": "示例员",
    }  # fmt: skip


def _upload(stage: Stage, kind: str, data: bytes, by: Actor) -> None:
    with stage.write():
        actions.upload(kind, data, by=by, options={"invented": True})
    jobs.work_off()
