"""The yearly audit as a Word document and as an Excel file, to be completed by the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiedui.core import clock, sheets, words
from jiedui.core.documents import Paper
from jiedui.core.i18n import gettext
from jiedui.core.pages import moment, written
from jiedui.core.sheets import Page
from jiedui.core.tables import Table, page_of
from jiedui.oversight.exchange.tables import tables
from jiedui.oversight.queries.yearly import Year
from jiedui.oversight.rules.duties import Blank, Duty, Filed
from jiedui.oversight.rules.yearly import to_be_filed
from jiedui.oversight.words.duties import ASKS, MET


@dataclass(frozen=True)
class Pack:
    """A year in words. `filed` is what goes to the cyberspace office, `blanks` what people add."""

    title: str
    place: str
    lines: tuple[str, ...]
    duties: tuple[tuple[str, str, str], ...]
    tables: tuple[Table, ...]
    filed: tuple[str, ...]
    due: str
    blanks: tuple[str, ...]


def pack(year: Year) -> Pack:
    """A year in the reader's language."""
    due = to_be_filed(year.year)
    return Pack(
        title=gettext("Material for the yearly compliance audit: personal data of minors"),
        place=gettext("%(place)s, %(year)d", place=year.county.name, year=year.year),
        lines=tuple(_lines(year)),
        duties=tuple((words.label(one), str(ASKS[one]), str(MET[one])) for one in Duty),
        tables=tables(year),
        filed=tuple(words.label(one) for one in Filed),
        due=gettext("To be filed with the city's cyberspace office by %(day)s", day=written(due)),
        blanks=tuple(words.label(one) for one in Blank),
    )


def _lines(year: Year) -> Iterator[str]:
    yield gettext(
        "Regulations on the Protection of Minors in Cyberspace, art. 36 and 37. Counted from the"
        " records of the portal, by number: it names no child, no guardian and no official."
    )
    yield gettext("Counted until %(day)s, made %(when)s.", day=written(year.last),
                  when=moment(clock.now()))  # fmt: skip
    if year.running:
        yield gettext("The year is not over: these are figures so far.")


def docx(year: Year) -> bytes:
    """One document on A4: duties, figures, what to file, places to write in."""
    said, paper = pack(year), Paper()
    paper.title(said.title, said.place)
    for line in said.lines:
        paper.line(line)
    heads = (gettext("Ground"), gettext("What it asks"), gettext("Where it is met"))
    paper.words(gettext("Duties and where each is met"), heads, said.duties)
    for table in said.tables:
        paper.table(table)
    paper.heading(said.due)
    for number, line in enumerate(said.filed, start=1):
        paper.line(f"{number}. {line}")
    blanks = [(line, "") for line in said.blanks]
    paper.words(
        gettext("To be filled in by the office"),
        (gettext("Item"), gettext("To be written")),
        blanks,
    )
    return paper.bytes()


def xlsx(year: Year) -> bytes:
    """A sheet for each table, numbers as numbers."""
    said = pack(year)
    about = [[said.title], *([line] for line in said.lines), [said.due]]
    pages = [Page(gettext("What this is"), (said.place,), about)]
    return sheets.book([*pages, *(page_of(table) for table in said.tables)])
