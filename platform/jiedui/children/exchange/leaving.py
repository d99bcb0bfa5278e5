"""Files of identified data as they leave: cells that are never formulas, and on every page who took
them, when, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jiedui.children.exchange.files import line_of
from jiedui.children.exchange.layout import NATIONAL
from jiedui.children.exchange.lines import canonical
from jiedui.children.models import Child
from jiedui.core import clock, sheets
from jiedui.core.i18n import PAPER
from jiedui.core.sheets import Dress


@dataclass(frozen=True)
class Mark:
    """What stands on every page: who asked, who approved, when, what for, the request's number."""

    code: str
    asked_by: str
    approved_by: str
    at: datetime
    purpose: str

    def lines(self) -> tuple[str, ...]:
        """The lines above the head."""
        when = f"{clock.local(self.at):%Y-%m-%d %H:%M}"
        return (
            PAPER.gettext("Personal information of children: for the purpose named only."),
            PAPER.gettext(
                "%(code)s, asked for by %(asked)s, approved by %(approved)s, %(when)s",
                code=self.code, asked=self.asked_by, approved=self.approved_by, when=when,
            ),
            PAPER.gettext("Purpose: %(what)s", what=self.purpose),
        )  # fmt: skip

    def stamp(self) -> str:
        """The short form for head and foot of a page."""
        when = f"{clock.local(self.at):%Y-%m-%d %H:%M}"
        return f"{self.code} {self.asked_by} {when} {self.purpose}"[:120]


def export_file(children: Iterable[Child], mark: Mark) -> bytes:
    """The files in the columns of the national sheet, with our own number first."""
    columns = [c for c in NATIONAL.columns if not c.keep or c.field == "exit"]
    heads = [PAPER.gettext("File number"), *(c.head for c in columns)]
    over = tuple(sheets.inert(line) for line in mark.lines())
    dress = Dress(over=over, stamp=mark.stamp())
    return sheets.write(mark.code, heads, _rows(children, [c.field for c in columns]), dress=dress)


def _rows(children: Iterable[Child], fields: list[str]) -> Iterator[list[str]]:
    for child in children:
        line = canonical(line_of(child, {}), NATIONAL)
        village = child.village
        line["township"] = village.parent.name if village.parent else ""
        line["village"] = village.name
        said = map(line.get, fields)
        yield [child.code, *(sheets.inert(words) if words else "" for words in said)]
