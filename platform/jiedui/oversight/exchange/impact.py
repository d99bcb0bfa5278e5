"""The impact assessment as a Word document: facts from the records, questions with room for the
county's judgement (Personal Information Protection Law, art. 55 and 56; kept three years). Its
version is the day and a hash of the facts: the same facts, the same hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from jiedui.core import clock, words
from jiedui.core.documents import Paper
from jiedui.core.i18n import gettext
from jiedui.core.pages import written
from jiedui.core.tables import Row, Table
from jiedui.oversight.queries.holding import Held
from jiedui.oversight.rules import TERMS, DataClass, Unit
from jiedui.oversight.rules.impact import Kind, Measure, Question, Reader, Use
from jiedui.oversight.words.impact import SEES


def version(held: Held) -> str:
    """Twelve signs that change when any of the facts does."""
    facts = sorted((str(name), number) for name, number in held.amounts.items())
    facts += sorted((str(data), amount) for data, amount in held.terms.items())
    fixed = [*Use, *Kind, *Reader, *Measure, *Question]
    text = repr((facts, [f"{type(one).__name__}:{one}" for one in fixed]))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def docx(held: Held) -> bytes:
    """One document on A4."""
    paper, place = Paper(), held.county.name
    paper.title(gettext("Impact assessment: protection of personal information"), place)
    paper.line(
        gettext("Version: %(day)s, %(hash)s", day=written(clock.today()), hash=version(held))
    )
    paper.line(
        gettext(
            "Personal Information Protection Law, art. 55 and 56: sensitive data, data of minors"
            " under 14 and automated proposals are assessed before they are used; the assessment is"
            " kept for three years at least. Made from the facts of the day; it names nobody."
        )
    )
    paper.words(gettext("What data is used for"), (gettext("Purpose"), gettext("Judgement")),
                [(words.label(one), "") for one in Use])  # fmt: skip
    paper.table(amounts(held))
    paper.words(gettext("Who sees what"), (gettext("By role"), gettext("Sees")),
                [(words.label(one), str(SEES[one])) for one in Reader])  # fmt: skip
    paper.heading(gettext("What is done for protection"))
    for number, one in enumerate(Measure, start=1):
        paper.line(f"{number}. {words.label(one)}")
    paper.table(_times(held))
    _questions(paper)
    return paper.bytes()


def amounts(held: Held) -> Table:
    """Kinds of data and how much there is of each today."""
    rows = tuple(Row(words.label(kind), (held.amounts.get(kind, 0),)) for kind in Kind)
    heads = (gettext("Kind of data"), gettext("How many"))
    return Table(gettext("Kinds of data and how much there is"), heads, rows)


def _times(held: Held) -> Table:
    rows = []
    for data, amount in held.terms.items():
        term = TERMS[data]
        kept = _kept(data, amount)
        rows.append(Row(words.label(data), (kept, words.label(term.since), words.label(term.law))))
    heads = (
        gettext("Kind of data"), gettext("Kept for"), gettext("Counts from when"),
        gettext("Ground"),
    )  # fmt: skip
    return Table(gettext("How long what is kept"), heads, tuple(rows))


def _kept(data: DataClass, amount: int) -> str:
    """The time as a table says it: a deletion has its request's own day, the record stays."""
    if data is DataClass.deletion:
        return gettext("until then")
    if data is DataClass.record:
        return gettext("never cleared, %(n)d days at least", n=amount)
    months = TERMS[data].unit is Unit.months
    return gettext("%(n)d months", n=amount) if months else gettext("%(n)d days", n=amount)


def _questions(paper: Paper) -> None:
    rows: Sequence[Sequence[str]] = [(words.label(one), "", "") for one in Question]
    heads = (gettext("Question"), gettext("Judgement"), gettext("What is to be done"))
    paper.words(gettext("Judgement of the county"), heads, rows)
    paper.line("")
    paper.line(
        gettext("Assessed by:                Person in charge:                Date and seal:")
    )
