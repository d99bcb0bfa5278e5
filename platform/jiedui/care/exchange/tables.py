"""The quarter's statement in words: the same tables for the page, for Word and for Excel. Every
column of figures says by which definition it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from jiedui.care.queries.statement import Statement
from jiedui.care.rules.statement import (
    MOVED_OUT,
    AgeBand,
    Came,
    CaredBy,
    Figures,
    Group,
    Part,
    SchoolGroup,
    total_of,
)
from jiedui.care.words import statement as said
from jiedui.care.words.reviews import quarter as quarter_words
from jiedui.children.rules import Category, CloseReason, Known, RiskLevel, Why
from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.pages import day, moment
from jiedui.core.resident_id import Sex
from jiedui.core.tables import Cell, Row, Table

OF_PART: dict[Part, type[StrEnum]] = {
    Part.sex: Sex,
    Part.age: AgeBand,
    Part.school: SchoolGroup,
    Part.risk: RiskLevel,
    Part.care: CaredBy,
}


@dataclass(frozen=True)
class Sheet:
    """A whole statement in words."""

    title: str
    place: str
    lines: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


def sheet(statement: Statement) -> Sheet:
    """A statement in the reader's language."""
    total = statement.total
    tables = [_left_behind(total), _difficulty(total), _parts(total)]
    if statement.quarter is not None:
        tables += [_entered(total), _left(total)]
    if statement.whole_county:
        tables.append(_townships(statement))
    return Sheet(
        title=gettext("Statement on children in care"),
        place=statement.region.full_name,
        lines=tuple(_lines(statement)),
        sources=tuple((words.label(group), str(text)) for group, text in said.SOURCES.items()),
        tables=tuple(tables),
    )


def period(statement: Statement) -> str:
    """Of which time a statement is."""
    if statement.quarter is None:
        return gettext("as it is now")
    return quarter_words(statement.quarter)


def _lines(statement: Statement) -> Iterable[str]:
    if statement.quarter is None:
        yield gettext("As it is now: not signed off, and it changes with every file.")
        return
    quarter = statement.quarter
    yield gettext(
        "%(quarter)s, %(first)s to %(last)s", quarter=period(statement),
        first=day(quarter.first), last=day(quarter.last),
    )  # fmt: skip
    signed = [part for part in statement.parts if part.figures is not None]
    if statement.whole_county:
        yield gettext(
            "From the sign-offs of %(signed)d of %(all)d townships. Later changes do not move it.",
            signed=len(signed), all=len(statement.parts),
        )  # fmt: skip
        if statement.missing:
            names = gettext(", ").join(one.name for one in statement.missing)
            yield gettext("Not signed off, and not counted here: %(names)s", names=names)
    elif signed and signed[0].review is not None:
        signed_at = moment(signed[0].review.signed_at)
        yield gettext("Signed off %(moment)s. Later changes do not move it.", moment=signed_at)
    yield gettext(
        "On file: on the quarter's last day, or on the day of the sign-off if that was earlier; "
        "who entered and left since the sign-off before, or since the quarter's first day."
    )


def _left_behind(total: Figures) -> Table:
    groups = (Group.plan, Group.national)

    def row(name: str, key: Callable[[Group], str], **kind: bool) -> Row:
        return Row(name, tuple(total.get(key(group), 0) for group in groups), **kind)

    whys = [why for why in Why if any(total.get(f"why:{g}:{why}") for g in groups)]
    rows = [
        row(gettext("Left behind"), lambda group: group.value),
        row(gettext("Not left behind"), lambda group: f"{Known.no}:{group}"),
        row(gettext("Not known yet"), lambda group: f"{Known.unknown}:{group}"),
        *(row(words.label(w), lambda group, w=w: f"why:{group}:{w}", under=True) for w in whys),  # type: ignore[misc]
        Row(gettext("On file"), (total.get(Group.on_file, 0),) * 2, sum=True),
    ]
    heads = (gettext("Item"), gettext("by the county's plan"), gettext("national definition"))
    note = gettext(
        "Both count the same files; a child can be left behind by one and not the other."
    )
    return Table(gettext("Left-behind children, by both definitions"), heads, tuple(rows), note)


def _difficulty(total: Figures) -> Table:
    rows = [
        Row(words.label(one), (total.get(f"category:{one}", 0),))
        for one in Category
        if one is not Category.left_behind
    ]
    once = total.get(Group.difficulty, 0)
    rows.append(Row(gettext("In difficulty, each child once"), (once,), sum=True))
    note = gettext("A child in several categories is counted in each of them, and once in the sum.")
    heads = (gettext("Category"), gettext("Number of children"))
    return Table(gettext("Children in difficulty"), heads, tuple(rows), note)


def _parts(total: Figures) -> Table:
    rows = [_line(total, words.label(Group.on_file), "", is_sum=True)]
    for part, kind in OF_PART.items():
        rows.append(Row(words.label(part), head=True))
        for member in kind:
            rows.append(_line(total, words.label(member), f":{part}:{member}"))
    heads = (gettext("Item"), *(str(said.SHORT[group]) for group in Group))
    return Table(gettext("Who they are"), heads, tuple(rows), _defined())


def _defined() -> str:
    """What the short heads mean."""
    return gettext(
        "By plan, national: left behind by that definition; not known: by the national one. "
        "Difficulty: each child once."
    )


def _line(total: Figures, name: str, key: str, *, is_sum: bool = False) -> Row:
    cells = tuple(total.get(f"{group}{key}", 0) for group in Group)
    name = gettext("Altogether") if is_sum else name
    return Row(name, cells, under=not is_sum, sum=is_sum)


def _entered(total: Figures) -> Table:
    rows = [Row(words.label(one), (total.get(f"came:{one}", 0),)) for one in Came]
    rows.append(Row(gettext("Altogether"), (total_of(total, "came"),), sum=True))
    heads = (gettext("How"), gettext("Number of children"))
    return Table(gettext("Entered in the quarter"), heads, tuple(rows))


def _left(total: Figures) -> Table:
    rows = [Row(words.label(one), (total.get(f"left:{one}", 0),)) for one in CloseReason]
    rows.append(Row(str(said.MOVED_OUT), (total.get(f"left:{MOVED_OUT}", 0),)))
    rows.append(Row(gettext("Altogether"), (total_of(total, "left"),), sum=True))
    heads = (gettext("Why"), gettext("Number of children"))
    return Table(gettext("Left in the quarter"), heads, tuple(rows))


def _townships(statement: Statement) -> Table:
    heads = [
        gettext("Township"),
        *(str(said.SHORT[group]) for group in Group),
        gettext("Not known"),
    ]
    if statement.quarter is not None:
        heads += [gettext("Entered"), gettext("Left"), gettext("Reviewed on time"),
                  gettext("Signed off")]  # fmt: skip
    rows = []
    for part in statement.parts:
        one = _township(statement, part.township.name, part.figures, part.review)
        rows.append(replace(one, region_id=part.township.id))
    total = _township(statement, gettext("Altogether"), statement.total, None)
    rows.append(replace(total, sum=True))
    order = gettext("In the order of the division codes: this is no ranking.")
    note = f"{order} {_defined()}"
    return Table(gettext("By township"), tuple(heads), tuple(rows), note, wide=True)


def _township(statement: Statement, name: str, figures: Figures | None, review: Any) -> Row:
    width = len(Group) + (5 if statement.quarter else 1)
    if figures is None:
        return Row(name, ("–",) * (width - 1) + (gettext("not signed off"),))
    cells: list[Cell] = [figures.get(group, 0) for group in Group]
    cells.append(figures.get(f"{Known.unknown}:{Group.national}", 0))
    if statement.quarter is not None:
        on_time, all_ = figures.get("reviewed:on time", 0), figures.get("reviewed", 0)
        signed = day(review.signed_at) if review is not None else "–"
        share = gettext("%(some)d of %(all)d", some=on_time, all=all_)
        cells += [total_of(figures, "came"), total_of(figures, "left"), share, signed]
    return Row(name, tuple(cells))
