"""Sheets of the national system with invented children, as real Excel files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from jiedui.access.rules import Office, Role
from jiedui.children.exchange import NATIONAL
from jiedui.core import db, jobs, sheets
from jiedui.core.sheets import LARGE
from jiedui.intake import actions, queries
from jiedui.intake.rules import Verdict
from tests import people
from tests.builders.children import born, name
from tests.people import Person

FIELDS = (
    "name", "sex", "ethnicity", "birth_date", "id_number", "rural", "township", "village",
    "address", "school", "year", "boarding", "categories", "disability", "disability_grade",
    "father.name", "father.id_number", "father.phone", "father.away", "father.work_place",
    "father.away_since", "father.beyond_county", "father.unable", "mother.name",
    "mother.id_number", "mother.away",
    "mother.away_since",
    "mother.beyond_county", "carer.name", "carer.relation", "carer.phone", "filled_by",
)  # fmt: skip


def row(**over: Any) -> dict[str, Any]:
    """A nine-year-old girl of the first village whose parents are away; fields of the layout can
    be given, with a double underscore for the dot."""
    said = {
        "name": name(), "sex": "女", "ethnicity": "汉", "id_number": people.id_number(born(9)),
        "rural": "农业", "township": "北东山镇", "village": "上村", "address": "三组七号",
        "school": "小学", "year": "三年级", "boarding": "否", "categories": "农村留守儿童",
        "father.name": "示大山", "father.id_number": people.id_number(sex="m"),
        "father.phone": people.phone_number(), "father.away": "是", "father.work_place": "外省",
        "father.away_since": "2019年3月", "father.beyond_county": "县外",
        "mother.beyond_county": "县外", "mother.name": "示小河",
        "mother.id_number": people.id_number(), "mother.away": "是", "mother.away_since": "2020.1",
        "carer.name": "示奶奶", "carer.relation": "奶奶", "carer.phone": people.phone_number(),
        "filled_by": "填表员",
    }  # fmt: skip
    return said | {key.replace("__", "."): value for key, value in over.items()}


def workbook(rows: Sequence[Mapping[str, Any]], fields: Sequence[str] = FIELDS) -> bytes:
    """The rows under the heads of the national system; numbers stay numbers."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [NATIONAL.by_field[one].head for one in fields])
    for line, said in enumerate(rows, start=1):
        for at, field in enumerate(fields):
            sheet.write(line, at, said.get(field, ""))
    book.close()
    return file.getvalue()


def officer() -> Person:
    """Somebody of the county's civil affairs."""
    return people.appoint(Role.coordinator, people.COUNTY, office=Office.civil_affairs)


def township(code: str = people.TOWNSHIP) -> Person:
    """A township's supervisor."""
    return people.appoint(Role.township_supervisor, code)


def uploaded(rows: Sequence[Mapping[str, Any]], by: Person, data: bytes = b"") -> int:
    """A sheet that the worker has checked."""
    data = data or workbook(rows)
    sheets.measure(data, LARGE)
    with db.write():
        options = {"invented": True}
        number = actions.upload("national", data, by=by.actor(), options=options).id
    jobs.work_off()
    return number


def take(sheet: int, by: Person, *, without_faulty: bool = False) -> None:
    """Say that a sheet be taken over, and let the worker do it."""
    with db.write():
        actions.take_over(queries.get(sheet), without_faulty=without_faulty, by=by.actor())
    jobs.work_off()


def counts(sheet: int) -> dict[str, int]:
    """How many rows have which verdict."""
    with db.read():
        return {v.value: n for v, n in queries.counts(sheet).items()}


def problems(sheet: int) -> list[tuple[int, str, str]]:
    """Line, field and code of everything that is wrong."""
    with db.read():
        rows = queries.page(sheet, list(Verdict), 1)[0]
        return [(r.line, p[0], p[1].partition(":")[2]) for r in rows for p in r.problems]
