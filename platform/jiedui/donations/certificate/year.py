"""A giver's sheet of a year, one page of A4: what was given, what was received with which receipt,
where it is, what families said. For a unit's own annual report; no child, no village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiedui.core import clock, papers, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import force_locale, gettext, ngettext
from jiedui.core.pages import count, day, in_full, written, yuan
from jiedui.core.papers import MAIN, WIDTH
from jiedui.donations.queries.given import Given, Year
from jiedui.donations.rules.books import GiftForm, GiftRefusal

if TYPE_CHECKING:
    from fpdf import FPDF


@dataclass(frozen=True)
class Sheet:
    """Every word on the sheet, so that page and PDF say the same."""

    title: str
    body: str
    heads: list[str]
    rows: list[list[str]]
    lines: list[str]
    note: str


def amount(form: GiftForm, n: int) -> str:
    """Pieces or yuan in words."""
    if form is GiftForm.funds:
        return yuan(n)
    return ngettext("%(num)d piece", "%(num)d pieces", n)


def sheet(year: Year, county: str) -> Sheet:
    """The words of a year's sheet, in the reader's language."""
    start, end = written(year.span.start), written(year.span.end)
    return Sheet(
        title=gettext("What was given, and where it is"),
        body=gettext(
            "Gifts of %(name)s for children in %(county)s, from %(start)s to %(end)s.",
            name=year.giver, county=county, start=start, end=end,
        ),
        heads=[
            gettext("Gift"), gettext("Received, receipt"), gettext("Allocated"),
            gettext("Has come"), gettext("In stock"), gettext("Sent back or written off"),
        ],
        rows=[_row(one) for one in year.given],
        lines=_lines(year),
        note=gettext(
            "From the books of the portal on %(day)s. This sheet is no receipt: the official"
            " receipt was given by the receiver.",
            day=written(clock.today()),
        ),
    )  # fmt: skip


def _row(one: Given) -> list[str]:
    form, line = one.gift.form, one.line
    said = [one.gift.words, amount(form, one.gift.amount), one.gift.number]
    got = [amount(form, line.received)] if line.received else ["–"]
    if line.received and one.received is not None:
        receiver = one.gift.receiver.name if one.gift.receiver else ""
        got += [day(one.received), one.gift.receipt or "", receiver]
    left = line.returned + line.written_off
    return [
        "\n".join(said), "\n".join(filter(None, got)), amount(form, line.allocated),
        amount(form, one.came), amount(form, line.closing), amount(form, left) if left else "–",
    ]  # fmt: skip


def _lines(year: Year) -> list[str]:
    found = []
    if year.fen:
        found.append(gettext("Money received in this time: %(n)s", n=yuan(year.fen)))
    if year.pieces:
        found.append(gettext("Goods received in this time: %(n)s pieces", n=count(year.pieces)))
    if year.places:
        places = gettext(", ").join(year.places)
        found.append(gettext("Townships with five shares or more: %(places)s", places=places))
    if year.thanks:
        said = gettext(", ").join(f"{words.label(one)} × {n}" for one, n in year.thanks)
        found.append(gettext("What families said: %(said)s", said=said))
    return found


def pdf(year: Year, county: str) -> bytes:
    """The sheet on A4 in Chinese, with the used glyphs embedded, and a code for the gift if it is
    one. Refuses a character that no font here has."""
    with force_locale("zh_CN"):
        said = sheet(year, county)
        made = papers.sheet(said.title)
        if not papers.printable(made, [said.body, *said.lines, *sum(said.rows, [])]):
            raise Refusal(GiftRefusal.unprintable)
        _write(made, said)
        if len(year.given) == 1:
            target = in_full("disclosure.given", number=year.given[0].gift.number)
            made.ln(8)
            papers.draw_code(made, target, made.l_margin, made.get_y(), 28)
    return bytes(made.output())


def _write(made: FPDF, said: Sheet) -> None:
    made.set_font(MAIN, size=22)
    made.multi_cell(WIDTH, 14, said.title, align="C", new_x="LMARGIN", new_y="NEXT")
    made.ln(4)
    made.set_font(MAIN, size=12)
    made.multi_cell(WIDTH, 8, said.body, new_x="LMARGIN", new_y="NEXT")
    made.ln(3)
    made.set_font(MAIN, size=9)
    with made.table(
        col_widths=(44, 42, 20, 20, 20, 20), line_height=6, headings_style=None,
        text_align=("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
        first_row_as_headings=False, borders_layout="HORIZONTAL_LINES",
    ) as table:  # fmt: skip
        for cells in [said.heads, *said.rows]:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    made.ln(4)
    made.set_font(MAIN, size=11)
    for line in said.lines:
        made.multi_cell(WIDTH, 8, line, new_x="LMARGIN", new_y="NEXT")
    made.ln(3)
    made.set_font(MAIN, size=9)
    made.multi_cell(WIDTH, 6, said.note, new_x="LMARGIN", new_y="NEXT")
