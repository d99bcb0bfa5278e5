"""What differs between a file and the national system, and the row that goes back for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiedui.children import queries
from jiedui.children.exchange.files import line_of
from jiedui.children.exchange.layout import NATIONAL
from jiedui.children.exchange.lines import DERIVED, Line, canonical
from jiedui.children.models import Child, NationalCopy
from jiedui.core import sheets
from jiedui.core.resident_id import masked
from jiedui.core.sheets import Dress
from jiedui.intake.exchange import Layout, Value

EXIT = "exit"
PART = 200


@dataclass(frozen=True)
class Difference:
    """One child as it goes back: the fields that differ, the cells of the whole row by field, and
    our line, which is what the national system holds once it has accepted the row."""

    child_id: int
    fields: tuple[str, ...]
    cells: Mapping[str, str]
    line: Line


def difference(child: Child, copy: NationalCopy | None) -> Difference | None:
    """What has to go back for a child; None when the national system knows it all. What we do not
    know never goes back, nor a school year that we only took as usual for the age."""
    before: Line = copy.line if copy else {}
    cells: dict[str, str] = dict(copy.cells) if copy else {}
    names: dict[str, Value] = {k: v for k, v in before.items() if k.endswith(".name")}
    ours = canonical(line_of(child, names), NATIONAL)
    if child.close_reason is not None:
        ours[EXIT] = NATIONAL.word(EXIT, child.close_reason.value)
    fields = tuple(c.field for c in NATIONAL.columns if _differs(c.field, ours, before, copy))
    if not fields:
        return None
    for name in fields:
        if name == "village":
            cells["township"], cells["village"] = _place(child)
        else:
            cells[name] = ours[name]
    if {"disability", "illness"} & set(fields):
        cells["health"] = ours["health"]
    return Difference(child.id, fields, cells, before | ours)


def _differs(name: str, ours: Line, before: Line, copy: NationalCopy | None) -> bool:
    new, old = ours.get(name, ""), before.get(name, "")
    if not new or new == old or name in DERIVED:
        return False
    return copy is None or bool(old) or not _supposed(name, new, ours, before)


def _supposed(name: str, new: str, ours: Line, before: Line) -> bool:
    """Whether we only suppose what the national system says nothing of: a usual school year, a day
    of birth that its number says, a plain no."""
    slot, _, part = name.rpartition(".")
    if name == "year":
        return ours.get("school") == before.get("school")
    if part == "birth_date" and before.get(f"{slot}.id_number" if slot else "id_number"):
        return True
    read = NATIONAL.by_field[name].read if name in NATIONAL.by_field else ""
    return new in {NATIONAL.word("yes_no", "no"), NATIONAL.word("unable", "")} and read in (
        "yes_no",
        "unable",
    )


def _place(child: Child) -> tuple[str, str]:
    village = child.village
    return village.parent.name if village.parent else "", village.name


def national_file(
    rows: Sequence[Mapping[str, str]],
    marked: Sequence[Sequence[str]],
    title: str,
    layout: Layout = NATIONAL,
) -> bytes:
    """Rows in the layout of the national system, what differs marked; columns that are not ours
    follow at the end as they came."""
    own = [name for name in dict.fromkeys(n for row in rows for n in row) if name.startswith("+")]
    places = {column.field: n for n, column in enumerate(layout.columns)}
    heads = [column.head for column in layout.columns] + [name.removeprefix("+") for name in own]
    lines = [[sheets.inert(row.get(name, "")) for name in (*places, *own)] for row in rows]
    cells = frozenset(
        (line, places[name])
        for line, names in enumerate(marked, start=1)
        for name in names
        if name in places
    )
    return sheets.write(title, heads, lines, dress=Dress(marked=cells))


def differences(ids: Sequence[int]) -> list[Difference]:
    """What goes back for these children; those with nothing to say are left out."""
    found = []
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        children, copies = queries.many(part), queries.copies(part)
        for number in part:
            one = difference(children[number], copies.get(number))
            if one is not None:
                found.append(one)
    return found


def shown(child: Child) -> list[tuple[str, str, str, bool]]:
    """A child in the order of the national sheet, to be copied by hand: field, head, what it is to
    be, and whether that differs from what is there. Identity numbers are masked: they go over in
    the file, or are shown for a reason."""
    copy = queries.copies([child.id]).get(child.id)
    one = difference(child, copy)
    cells: Mapping[str, str] = one.cells if one else (copy.cells if copy else {})
    fields = set(one.fields) if one else set()
    return [
        (c.field, c.head, masked(cells[c.field]) if c.read == "id" else cells[c.field],
         c.field in fields or (c.field == "township" and "village" in fields))
        for c in NATIONAL.columns
        if cells.get(c.field)
    ]  # fmt: skip
