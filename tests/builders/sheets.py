"""Sheets that an office or an organisation brings, as real Excel files."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from jiedui.children import queries as files
from jiedui.core import db, jobs, sheets
from jiedui.core.sheets import LARGE
from jiedui.helpers import queries as known
from jiedui.helpers.exchange import LIST
from jiedui.hours.exchange import PAST
from jiedui.intake import actions
from jiedui.intake.exchange import Layout
from jiedui.pairings.exchange import BEFORE
from tests import people
from tests.builders.national import counts, problems, take
from tests.people import Person

Said = Mapping[str, Any]


def book(layout: Layout, rows: Sequence[Said]) -> bytes:
    """The rows under the heads of a layout (of the columns that some row fills in); numbers stay
    numbers."""
    columns = [c for c in layout.columns if c.needed or any(c.field in said for said in rows)]
    file = io.BytesIO()
    made = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, [column.head for column in columns])
    for line, said in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            sheet.write(line, at, said.get(column.field, ""))
    made.close()
    return file.getvalue()


def brought(kind: str, layout: Layout, rows: Sequence[Said], by: Person) -> int:
    """A sheet that the worker has checked."""
    data = book(layout, rows)
    sheets.measure(data, LARGE)
    with db.write():
        number = actions.upload(kind, data, by=by.actor(), options={"invented": True}).id
    jobs.work_off()
    return number


def mother(**over: Any) -> dict[str, Any]:
    """A row of a list of volunteers: a caring mother of the first village."""
    said = {
        "name": "贾妈妈", "id_number": people.id_number(), "phone": people.phone_number(),
        "consent": "是", "kind": "爱心妈妈", "township": "北东山镇", "village": "上村",
        "offers": "陪伴、阅读", "slots": "周末", "languages": "普通话、客家话",
        "max_km": "10公里", "capacity": 2,
    }  # fmt: skip
    return said | over


def listed(rows: Sequence[Said], by: Person) -> int:
    """A list of volunteers that the worker has checked."""
    return brought("helpers", LIST, rows, by)


def pair(child: int, helper: int, **over: Any) -> dict[str, Any]:
    """A row of a list of pairs between a child's file and somebody registered."""
    with db.read():
        kid, one = files.get(child), known.get(helper)
        said = {
            "child_name": kid.name, "child_birth": kid.birth_date.isoformat(),
            "township": "北东山镇", "village": kid.village.name,
            "helper_name": one.name, "helper_id": one.id_number,
            "since": "2024年3月", "kind": "陪伴", "form": "一对一",
        }  # fmt: skip
    return said | over


def paired(rows: Sequence[Said], by: Person) -> int:
    """A list of pairs that the worker has checked."""
    return brought("pairs-before", BEFORE, rows, by)


def past(helper: int, **over: Any) -> dict[str, Any]:
    """A row of a list of past hours of somebody registered."""
    with db.read():
        one = known.get(helper)
        said = {"helper_name": one.name, "helper_id": one.id_number}
    return said | {"on": "2025-05-10", "hours": 2.5, "what": "陪伴", "unit": "北试县妇联"} | over


def hours(rows: Sequence[Said], by: Person) -> int:
    """A list of past hours that the worker has checked."""
    return brought("hours-before", PAST, rows, by)


__all__ = [
    "book",
    "brought",
    "counts",
    "hours",
    "listed",
    "mother",
    "pair",
    "paired",
    "past",
    "problems",
    "take",
]
