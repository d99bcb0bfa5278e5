"""Letters about a leak, for Word: to the guardian, to the child in plain words, and the report to
the authority. They name nobody; whoever sends them writes the name in by hand."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.core import words
from jiedui.core.documents import LETTER, SMALL, Paper
from jiedui.core.i18n import gettext
from jiedui.core.pages import written
from jiedui.oversight.rules.breach import Breach

LINE = "____________________"


def docx(said: Breach, place: str) -> bytes:
    """All three, each on a page of its own."""
    paper = Paper()
    _to_guardian(paper, said, place)
    paper.turn()
    _to_child(paper, said, place)
    paper.turn()
    _to_authority(paper, said, place)
    return paper.bytes()


def _kinds(said: Breach) -> str:
    return gettext("; ").join(words.label(kind) for kind in said.kinds)


def _points(said: Breach) -> Sequence[tuple[str, str]]:
    return (
        (gettext("Kinds of data"), _kinds(said)),
        (gettext("What happened, and why"), said.cause),
        (gettext("Harm that may come of it"), said.harm),
        (gettext("What we have done"), said.remedies),
        (gettext("What you can do yourself"), said.advice),
        (gettext("Whom you can ask"), said.contact),
    )


def _to_guardian(paper: Paper, said: Breach, place: str) -> None:
    paper.title(gettext("Notice of a leak of personal data"))
    paper.line(gettext("To %(whom)s, guardian:", whom=LINE), LETTER)
    paper.line(
        gettext(
            "On %(noticed)s we noticed that data of a child in your care may have come into wrong"
            " hands on %(happened)s. By art. 57 of the Personal Information Protection Law and"
            " art. 35 of the Regulations on the Protection of Minors in Cyberspace we tell you:",
            noticed=written(said.noticed), happened=written(said.happened),
        ),
        LETTER,
    )  # fmt: skip
    for number, (name, text) in enumerate(_points(said), start=1):
        paper.line(gettext("%(n)d. %(name)s: %(text)s", n=number, name=name, text=text), LETTER)
    paper.line(gettext("We are sorry. Ask us whatever you want to know."), LETTER)
    _sign(paper, place)
    paper.line(
        gettext("Hand it over or read it out in person; note who told whom and when."), SMALL
    )


def _to_child(paper: Paper, said: Breach, place: str) -> None:
    paper.title(gettext("A letter for you"))
    for text in (
        gettext("To %(whom)s:", whom=LINE),
        gettext("Somebody may have seen things about you that are nobody else's business."),
        gettext("This is what it may be: %(kinds)s.", kinds=_kinds(said)),
        gettext("It is not your fault. You have done nothing wrong."),
        gettext("This is what we have done: %(text)s", text=said.remedies),
        gettext("This is what you can do: %(text)s", text=said.advice),
        gettext(
            "When a stranger calls, writes or knows things about you: do not answer, and tell"
            " somebody at home, your teacher or the child director at once."
        ),
        gettext("You can ask us anything: %(contact)s", contact=said.contact),
        gettext("Young people can call 12355 at any time."),
    ):
        paper.line(text, LETTER)
    _sign(paper, place)


def _to_authority(paper: Paper, said: Breach, place: str) -> None:
    paper.title(gettext("Report on a leak of personal data"))
    paper.line(gettext("To %(whom)s (the city's cyberspace office):", whom=LINE), LETTER)
    people = f"{said.people}" if said.people is not None else gettext("not known yet")
    rows = [
        (gettext("Who handles the data"), place),
        (gettext("When it happened"), written(said.happened)),
        (gettext("When it was noticed"), written(said.noticed)),
        *_points(said)[:-2],
        (gettext("How many people may be touched"), people),
        (gettext("Of these under 14"), ""),
        (gettext("How and when guardians and children are told, one by one"), ""),
        (gettext("Whether the police were told, and when"), ""),
        (gettext("What will be done so that it does not happen again"), ""),
        (gettext("Person in charge"), ""),
        (gettext("Contact"), said.contact),
    ]
    paper.words(gettext("What is reported"), (gettext("Item"), gettext("To be written")), rows)
    _sign(paper, place)


def _sign(paper: Paper, place: str) -> None:
    paper.line("")
    paper.line(gettext("%(place)s (seal)        Date: %(line)s", place=place, line=LINE), LETTER)
