"""The share register in words, and as an Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiedui.core import sheets, words
from jiedui.core.i18n import gettext
from jiedui.core.pages import day
from jiedui.core.sheets import Page
from jiedui.core.tables import Row, Table, page_of
from jiedui.oversight.queries.shares import Share
from jiedui.oversight.rules.shares import NOTHING_GIVEN, ShareKind


def sums(register: Sequence[Share]) -> Table:
    """How often and of how many people, by the way it went."""
    rows = []
    for kind in ShareKind:
        mine = [one for one in register if one.kind is kind]
        rows.append(Row(words.label(kind), (len(mine), sum(one.people for one in mine))))
    heads = (gettext("By which way"), gettext("Number of times"), gettext("People"))
    note = gettext(
        "What a helper learns of a child after everybody's yes stands with the pairing, not here."
    )
    return Table(gettext("By the way it went"), heads, tuple(rows), note)


def receiver(share: Share) -> str:
    """To whom: the guardian, or an office and where it sits."""
    if share.kind in NOTHING_GIVEN:
        return "–"
    if share.kind is ShareKind.copy:
        return gettext("the guardian")
    if share.kind is ShareKind.national:
        return gettext("the national system (%(place)s)", place=share.place)
    return " ".join(filter(None, (share.place, share.office and words.label(share.office))))


def lines(register: Iterable[Share]) -> Table:
    """Each giving: when, what, number, to whom, on which ground, of how many people."""
    rows = [
        Row(
            day(one.at),
            (words.label(one.kind), one.code, receiver(one), words.label(one.ground), one.people),
        )
        for one in register
    ]
    heads = (
        gettext("When"), gettext("By which way"), gettext("Number in the portal"),
        gettext("To whom"), gettext("Ground"), gettext("People"),
    )  # fmt: skip
    return Table(gettext("Each giving of data"), heads, tuple(rows), wide=True)


def xlsx(register: Sequence[Share], place: str, year: int) -> bytes:
    """The register of a year, to be kept for three years."""
    about = [
        [gettext("Share register: personal data given to others")],
        [gettext("Regulations on Network Data Security, art. 12: kept for three years at least.")],
    ]
    said = gettext("%(place)s, %(year)d", place=place, year=year)
    tables = (page_of(sums(register)), page_of(lines(register)))
    return sheets.book([Page(gettext("What this is"), (said,), about), *tables])
