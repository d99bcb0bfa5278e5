"""The figures of a year in words: the same tables for the page, for Word and for Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from jiedui.access.rules import Role
from jiedui.children.rules import Answer, Purpose, ReturnState, RevealReason
from jiedui.core import words
from jiedui.core.acts import Act
from jiedui.core.i18n import gettext
from jiedui.core.tables import Row, Table
from jiedui.files.rules import Asked, Outcome
from jiedui.oversight.queries.yearly import Year
from jiedui.oversight.rules import DataClass
from jiedui.oversight.rules.yearly import (
    NO_ROLE,
    NOBODY,
    AccountMove,
    AgeGroup,
    AtTheDoor,
    Figures,
    Look,
    OnFile,
)


def tables(year: Year) -> tuple[Table, ...]:
    """Every table of a year, in the order of the paper."""
    figures = year.figures
    makers = (
        _minors, _consents, _looks, _reveals, _exports, _returns, _requests, _cleared, _door,
        _accounts,
    )  # fmt: skip
    return (*(make(figures) for make in makers), _record(year))


def _grid(
    figures: Figures, members: Iterable[Any], key: Callable[[Any, str], str], columns: Sequence[str]
) -> Iterator[Row]:
    """A row for each member, a figure for each column, and their sum below."""
    sums = [0] * len(columns)
    for member in members:
        cells = [figures.get(key(member, column), 0) for column in columns]
        sums = [one + more for one, more in zip(sums, cells, strict=True)]
        yield Row(_name(member), tuple(cells))
    yield Row(gettext("Altogether"), tuple(sums), sum=True)


def _name(member: Any) -> str:
    if isinstance(member, StrEnum):
        return words.label(member)
    return {
        NOBODY: gettext("Without an account (guardians by link, the portal itself)"),
        NO_ROLE: gettext("Accounts without a role"),
    }[member]


def _who(figures: Figures, kind: str) -> list[Role | str]:
    """Roles that did anything of a kind, in their order; then who has none."""
    there = {key.rsplit(":", 1)[1] for key in figures if key.startswith(f"{kind}:")}
    return [one for one in (*Role, NO_ROLE, NOBODY) if one in there]


def _minors(figures: Figures) -> Table:
    rows = _grid(figures, AgeGroup, lambda group, when: f"minors:{when}:{group}", list(OnFile))
    heads = (gettext("Age"), *(words.label(one) for one in OnFile))
    note = gettext(
        "By the age on the last day that is counted. A file joined to another is closed."
    )
    return Table(gettext("Minors whose data is handled"), heads, tuple(rows), note)


def _consents(figures: Figures) -> Table:
    columns = [f"consent:{Answer.yes}", f"consent:{Answer.no}", "consent:withdrawn",
               f"view:{Answer.yes}", f"view:{Answer.no}"]  # fmt: skip

    def key(purpose: Purpose, column: str) -> str:
        kind, what = column.split(":")
        return f"{kind}:{purpose}:{what}"

    heads = (
        gettext("Purpose"), gettext("Agreed"), gettext("Did not agree"),
        gettext("Taken back"), gettext("Child willing"), gettext("Child not willing"),
    )  # fmt: skip
    rows = tuple(_grid(figures, Purpose, key, columns))
    return Table(gettext("Consent of guardians, views of children"), heads, rows, wide=True)


def _looks(figures: Figures) -> Table:
    rows = _grid(figures, _who(figures, "look"), lambda who, look: f"look:{look}:{who}", list(Look))
    heads = (gettext("Role"), *(words.label(one) for one in Look))
    note = gettext("Who holds several roles counts with the first.")
    return Table(gettext("Looks at data of children, by role"), heads, tuple(rows), note, wide=True)


def _reveals(figures: Figures) -> Table:
    rows = _grid(figures, RevealReason, lambda reason, _: f"reveal:{reason}", ["times"])
    heads = (gettext("Reason"), gettext("Number of times"))
    return Table(gettext("Masked numbers shown in full, by reason"), heads, tuple(rows))


def _exports(figures: Figures) -> Table:
    columns = ("asked", "agreed", "refused", "fetched", "rows")
    rows = _grid(figures, RevealReason, lambda reason, what: f"export:{reason}:{what}", columns)
    heads = (
        gettext("Reason"), gettext("Asked for"), gettext("Agreed to"), gettext("Answered no"),
        gettext("Downloaded"), gettext("Children in them"),
    )  # fmt: skip
    return Table(gettext("Files with names that left the portal"), heads, tuple(rows), wide=True)


def _returns(figures: Figures) -> Table:
    rows = [
        Row(gettext("Files made"), (figures.get("return:files", 0),)),
        *(Row(words.label(one), (figures.get(f"return:{one}", 0),), under=True)
          for one in ReturnState),
        Row(gettext("Children in them"), (figures.get("return:rows", 0),), sum=True),
    ]  # fmt: skip
    heads = (gettext("Item"), gettext("How many"))
    return Table(gettext("Returns to the national system"), heads, tuple(rows))


def _requests(figures: Figures) -> Table:
    columns = ("received", *Outcome, "open", "late")
    rows = list(_grid(figures, Asked, lambda asked, what: f"request:{asked}:{what}", columns))
    days = [figures.get(f"request:{asked}:longest", 0) for asked in Asked]
    longest = (*days, max(days))
    rows = [
        Row(row.name, (*row.cells, most), sum=row.sum)
        for row, most in zip(rows, longest, strict=True)
    ]
    heads = (
        gettext("What guardians asked"), gettext("Came in"), *(words.label(one) for one in Outcome),
        gettext("Not answered yet"), gettext("Late"), gettext("Longest, in days"),
    )  # fmt: skip
    note = gettext("Late: no answer within fifteen working days.")
    return Table(gettext("Guardians' requests"), heads, tuple(rows), note, wide=True)


def _cleared(figures: Figures) -> Table:
    there = [one for one in DataClass if figures.get(f"cleared:{one}")]
    rows = _grid(figures, there, lambda data, _: f"cleared:{data}", ["number"])
    heads = (gettext("Kind of data"), gettext("Number cleared"))
    note = gettext("By %(n)d runs, whose receipts stand under the times of keeping.",
                   n=figures.get("cleared runs", 0))  # fmt: skip
    return Table(gettext("What was cleared"), heads, tuple(rows), note)


def _door(figures: Figures) -> Table:
    rows = _grid(
        figures, _who(figures, "door"), lambda who, door: f"door:{door}:{who}", list(AtTheDoor)
    )
    heads = (gettext("Role"), *(words.label(one) for one in AtTheDoor))
    note = gettext("Tries with a number that has no account are counted nowhere by role.")
    return Table(gettext("At the door"), heads, tuple(rows), note, wide=True)


def _accounts(figures: Figures) -> Table:
    columns = ("account", "account factor", "account without")
    roles = [role for role in Role if figures.get(f"account:{role}")]
    rows = list(_grid(figures, roles, lambda role, what: f"{what}:{role}", columns))
    rows += [Row(words.label(one), (figures.get(f"move:{one}", 0), "", "")) for one in AccountMove]
    heads = (
        gettext("Role"), gettext("Accounts"), gettext("With a second factor"),
        gettext("Needed, not set up"),
    )  # fmt: skip
    note = gettext(
        "Accounts as they are on the day this is made; below, what was done in the year."
    )
    return Table(gettext("Accounts and rights"), heads, tuple(rows), note, wide=True)


def _record(year: Year) -> Table:
    figures = year.figures

    def done(act: Act) -> int:
        return figures.get(f"act:{act}", 0)

    rows = [
        Row(gettext("Entries of the year"), (figures.get("record:year", 0),)),
        Row(gettext("Entries altogether"), (figures.get("record:all", 0),)),
        Row(gettext("Whether its chain agrees"), (_walked(year.faults),)),
        Row(gettext("Copies printed for guardians"), (done(Act.request_copied),)),
        Row(gettext("Letters about a leak made"), (done(Act.breach_letters_made),)),
    ]  # fmt: skip
    return Table(gettext("The record"), (gettext("Item"), gettext("How many")), tuple(rows))


def _walked(faults: int | None) -> str:
    if faults is None:
        return gettext("not checked for this page")
    return gettext("at %(n)d places not", n=faults) if faults else gettext("yes, from end to end")
