"""A record of service as it stands on paper: its words, its QR code, and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from jiedui.activities.rules import ActivityKind
from jiedui.core import papers, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.pages import count, day, duration, in_full
from jiedui.core.papers import MAIN, WIDTH
from jiedui.core.qr import qr as drawn
from jiedui.helpers.rules import HelpKind
from jiedui.hours.models import Certificate
from jiedui.hours.rules import Evidence, HoursRefusal, Title
from jiedui.regions import queries as regions

if TYPE_CHECKING:
    from fpdf import FPDF

# What a line of a record may be about.
SERVICES = {one.value: one for one in (*HelpKind, *ActivityKind)}


@dataclass(frozen=True)
class Paper:
    """Every word that stands on the paper, so that page and PDF say the same."""

    title: str
    number: str
    body: str
    sums: list[tuple[str, str]]
    heads: list[str]
    rows: list[list[str]]
    lines: list[str]
    under: str
    note: str


def paper(issued: Certificate) -> Paper:
    """The words of an issued record, in the reader's language."""
    return Paper(
        title=words.label(issued.title),
        number=issued.number,
        body=_body(issued),
        sums=_sums(issued),
        heads=[
            gettext("Service"),
            gettext("Township"),
            gettext("Sessions"),
            gettext("Checked in"),
            gettext("Listed"),
            gettext("Declared hours"),
        ],
        rows=[_row(line) for line in issued.sums["lines"]],
        lines=[
            gettext("Issued by: %(name)s", name=issued.issuer),
            gettext("Day of issue: %(day)s", day=day(issued.issued_at)),
        ],
        under=gettext("Scan or type the number to check it. No child is shown there."),
        note=gettext("Checked in, verified in the list, declared: these are never added together."),
    )


def _sums(issued: Certificate) -> list[tuple[str, str]]:
    """What lists have brought stands apart, and only where there is some."""
    past = issued.sums.get("imported", 0)
    return [
        (gettext("Checked-in hours"), duration(issued.minutes(Evidence.checked_in))),
        (gettext("Hours verified in the list"), duration(issued.minutes(Evidence.listed))),
        (gettext("Declared, not verified yet"), duration(issued.minutes(Evidence.declared))),
        (gettext("Sessions"), count(issued.sums["sessions"])),
        *([(gettext("Brought in, not verified"), duration(past))] if past else []),
    ]


def _body(issued: Certificate) -> str:
    facts = {
        "name": issued.helper.name,
        "id": issued.helper.masked_id,
        "code": issued.helper.code,
        "county": regions.get(issued.county_id).name,
        "start": day(issued.starts),
        "end": day(issued.ends),
    }
    if issued.title is Title.certificate:
        return gettext(
            "This is to certify that %(name)s (identity number %(id)s, volunteer number %(code)s) "
            "gave voluntary service to children in %(county)s from %(start)s to %(end)s, with "
            "these hours.",
            **facts,
        )
    return gettext(
        "This platform has on record that %(name)s (identity number %(id)s, volunteer number "
        "%(code)s) gave voluntary service to children in %(county)s from %(start)s to %(end)s, "
        "with these hours.",
        **facts,
    )


def _row(line: dict[str, Any]) -> list[str]:
    return [
        words.label(SERVICES[line["kind"]]),
        gettext(", ").join(line["where"]) or "–",
        count(line["sessions"]),
        duration(line.get("checked_in", 0)),
        duration(line.get("listed", line.get("verified", 0))),
        duration(line["declared"]),
    ]


def address(issued: Certificate) -> str:
    """Where anybody checks this record."""
    return in_full("disclosure.check", number=issued.number)


def qr(issued: Certificate) -> Markup:
    """The QR code of the address, for the page."""
    return drawn(address(issued), gettext("QR code to check this record"))


def pdf(issued: Certificate) -> bytes:
    """The record on one or more sheets of A4, in Chinese, with the used glyphs embedded. Refuses
    a character that no font here has: a name with a box in it would be a wrong name."""
    with force_locale("zh_CN"):
        said = paper(issued)
        sheet = papers.sheet(said.title)
        if not papers.printable(sheet, [said.title, said.body, *said.lines, *sum(said.rows, [])]):
            raise Refusal(HoursRefusal.unprintable)
        _write(sheet, said)
        _draw_code(sheet, address(issued))
        _sign(sheet, said)
    return bytes(sheet.output())


def _write(sheet: FPDF, said: Paper) -> None:
    sheet.set_font(MAIN, size=26)
    sheet.multi_cell(WIDTH, 16, said.title, align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.set_font(MAIN, size=11)
    number = gettext("Number %(number)s", number=said.number)
    sheet.multi_cell(WIDTH, 8, number, align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(6)
    sheet.set_font(MAIN, size=13)
    sheet.multi_cell(WIDTH, 10, f"\u3000\u3000{said.body}", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(4)
    for name, value in said.sums:
        sheet.cell(70, 10, name)
        sheet.cell(WIDTH - 70, 10, value, align="R", new_x="LMARGIN", new_y="NEXT")
    sheet.set_font(MAIN, size=10)
    sheet.multi_cell(WIDTH, 8, said.note, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(4)
    sheet.set_font(MAIN, size=11)
    with sheet.table(
        col_widths=(32, 42, 14, 26, 26, 26),
        line_height=8,
        text_align=("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
        headings_style=None,
        first_row_as_headings=False,
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        for cells in [said.heads, *said.rows]:
            row = table.row()
            for cell in cells:
                row.cell(cell)


def _draw_code(sheet: FPDF, target: str) -> None:
    """The QR code as black squares, so that it stays sharp on every printer."""
    sheet.ln(12)
    if sheet.get_y() > sheet.h - 80:
        sheet.add_page()
    papers.draw_code(sheet, target, sheet.l_margin, sheet.get_y(), 34)


def _sign(sheet: FPDF, said: Paper) -> None:
    top = sheet.get_y()
    for n, line in enumerate(said.lines):
        sheet.set_xy(sheet.l_margin + 60, top + 14 + n * 9)
        sheet.multi_cell(WIDTH - 60, 9, line, align="R")
    sheet.set_xy(sheet.l_margin, top + 36)
    sheet.set_font(MAIN, size=9)
    sheet.multi_cell(WIDTH, 6, said.under)
