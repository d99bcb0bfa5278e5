"""The words of an agreement as it stands on paper. The rules of contact follow what mentoring
programmes have found to keep children safe and pairs together, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.contact.models import Agreement
from jiedui.contact.rules.agreements import Party
from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.pages import day
from jiedui.core.written import BLANK, Paper, Part, Row
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import Frequency


@dataclass(frozen=True)
class Named:
    """Who is called how: in full on the paper; on a page that anybody may hold in the hand the
    child has no name and the family no telephone."""

    children: str
    guardian: str
    office: str
    slot: str
    whole: bool = True


def paper(one: Agreement, named: Named) -> Paper:
    """The words of one version, in the reader's language."""
    return Paper(
        title=gettext("Agreement on a pairing"),
        number=gettext("Number %(number)s", number=one.code),
        basis=gettext(
            "Helper, guardian and office agree in writing because the pairing is planned for more "
            "than a month. It costs the family nothing, and nobody earns by it."
        ),
        parts=[
            _who(one, named),
            _what(one, named),
            _promises(),
            _never(),
            _child(),
            _ends(one),
        ],
        signatures=[
            gettext("Volunteer (signature):"),
            gettext("Guardian (signature, thumbprint):"),
            gettext("Office in charge (signature, stamp):"),
        ],
    )


def _who(one: Agreement, named: Named) -> Part:
    helper: Helper = one.pairing.helper
    unit = helper.unit.name if helper.unit else ""
    rows = [
        Row(words.label(Party.helper), helper.name),
        Row(gettext("Belongs to"), unit or "–"),
        Row(gettext("Child"), named.children),
        Row(words.label(Party.guardian), named.guardian or BLANK),
    ]
    if named.whole:
        rows.append(Row(gettext("Telephone of the volunteer"), helper.phone or BLANK))
    rows.append(Row(words.label(Party.office), named.office))
    return Part(gettext("Who agrees"), rows)


def _what(one: Agreement, named: Named) -> Part:
    where = one.place.name if one.place else words.label(one.where)
    often = words.label(one.frequency)
    if one.frequency is Frequency.n_per_week and one.times:
        often = gettext("%(num)s times a week", num=one.times)
    until = day(one.ends) if one.ends else gettext("no end is planned")
    rows = [
        Row(gettext("What for"), words.label(one.kind)),
        Row(gettext("How often"), often),
        Row(gettext("When"), named.slot),
        Row(gettext("Where"), where),
        Row(gettext("From"), day(one.starts)),
        Row(gettext("Until"), until),
    ]
    return Part(gettext("What is agreed"), rows, [_home(one.pairing.need)])


def _home(need: Need) -> str:
    if need.where.value == "home":
        return gettext("In the child's home only while the one who cares for it is there.")
    return gettext(
        "At the place named here. At the child's home only if guardian and office say so, and only "
        "while the one who cares for the child is there."
    )


def _promises() -> Part:
    lines = [
        gettext("The volunteer comes as agreed, and says in time when it is not possible."),
        gettext("Who cares for the child is told each time before the two do something."),
        gettext("After each session the volunteer notes it in the portal within two weeks."),
        gettext("The office asks after two weeks, after a month and then each month how it goes."),
        gettext(
            "Whatever makes the volunteer fear for the child's safety goes at once to the police "
            "(110), the child director and the office: that is the law (art. 11)."
        ),
    ]
    return Part(gettext("What everybody promises"), [], lines)


def _never() -> Part:
    lines = [
        gettext("No night together, wherever it may be."),
        gettext(
            "No visit of the child at the volunteer's home in the first three months; later only "
            "if guardian and office have said yes in writing."
        ),
        gettext("Nobody else comes along, neither adults nor children, unless all agree before."),
        gettext("No money is given, lent or sent; presents are small and known to the family."),
        gettext(
            "No contact through private accounts of social media; calls go over the carer's "
            "telephone or the places that the office names."
        ),
        gettext("No photo of the child is taken or shown without the guardian's written yes."),
        gettext("When the pairing has ended there is no more contact."),
    ]
    return Part(gettext("What is never done"), [], lines)


def _child() -> Part:
    lines = [
        gettext("The child was asked alone, and may say “not this one” without a reason."),
        gettext("A number of its own: 12355. In danger: 110."),
    ]
    return Part(gettext("What the child may do"), [], lines)


def _ends(one: Agreement) -> Part:
    lines = [
        gettext(
            "Child, guardian and volunteer can stop at any time and need no reason; one call to "
            "the child director is enough. Allowances and school have nothing to do with it."
        ),
        gettext("Where nothing is in danger the two meet once more to say goodbye."),
        gettext(
            "It ends at once when the volunteer's vetting does not hold any more, a rule of this "
            "paper was broken, or the child is not safe."
        ),
        gettext(
            "When day, place, kind or term change a new version is signed; the older one is kept. "
            "Wording %(text)s.",
            text=one.text_version,
        ),
    ]
    return Part(gettext("How it ends or changes"), [], lines)
