"""A year of the plan's budget as tables: what each line was granted and used, and every entry."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.tables import Row, Table
from jiedui.donations.models import BudgetLine
from jiedui.donations.queries import budget as queries


def yuan(fen: int) -> str:
    """An amount with two decimals, for a sheet."""
    sign, rest = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{rest // 100}.{rest % 100:02d}"


def budget_tables(lines: Iterable[BudgetLine]) -> list[Table]:
    """The lines with their sums in yuan, then their books, oldest entry first."""
    found = list(lines)
    return [_lines(found), _entries(found)]


def _lines(found: list[BudgetLine]) -> Table:
    heads = (
        gettext("Line"), gettext("What it is for"), gettext("Source"), gettext("Document"),
        gettext("To be used by"), gettext("Granted in all"), gettext("Used"), gettext("Went back"),
        gettext("Balance"),
    )  # fmt: skip
    rows = [
        Row(
            one.title,
            (
                words.label(one.purpose),
                words.label(one.source),
                one.document,
                one.until.isoformat(),
                *map(yuan, (one.granted, one.spent, one.returned, one.left)),
            ),
        )  # fmt: skip
        for one in found
    ]
    return Table(gettext("Lines"), heads, tuple(rows), wide=True)


def _entries(found: list[BudgetLine]) -> Table:
    heads = (
        gettext("Day"), gettext("Line"), gettext("From"), gettext("To"),
        gettext("Money (yuan)"), gettext("What it is for"), gettext("Paid to"),
        gettext("What shows it"),
    )  # fmt: skip
    rows = [
        Row(
            one.on.isoformat(),
            (
                line.title,
                words.label(one.source),
                words.label(one.target),
                yuan(one.amount),
                words.label(one.purpose) if one.purpose else "",
                one.payee,
                one.evidence,
            ),
        )  # fmt: skip
        for line in found
        for one in queries.entries(line.id)
    ]
    return Table(gettext("Books"), heads, tuple(rows), wide=True)
