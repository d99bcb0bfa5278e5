"""An agreement as the page and the PDF have it: whose names stand there."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.contact.certificate.wording import Named, paper
from jiedui.contact.models import Agreement
from jiedui.contact.rules.agreements import AgreementRefusal
from jiedui.contact.rules.plan import usual_times
from jiedui.core import words, written
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.written import Paper
from jiedui.regions import queries as regions


def weekday(number: int) -> str:
    """A day of the week, Monday is 0."""
    names = (
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    )
    return names[number]


def slot_text(slot: int | None) -> str:
    """A weekly time with its usual hours."""
    if slot is None:
        return gettext("by agreement")
    starts, ends = usual_times(slot)
    hours = gettext("%(starts)s to %(ends)s", starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}")
    return gettext("%(day)s, about %(hours)s", day=weekday(slot // 3), hours=hours)


def in_full(one: Agreement) -> Paper:
    """With every name, for those who sign and those who see to it."""
    need = one.pairing.need
    home = need.household.guardians
    guardian = next((g for g in home if g.is_guardian), None)
    named = Named(
        children=gettext(", ").join(child.name for child in need.children),
        guardian=guardian.name if guardian else "",
        office=_office(one),
        slot=slot_text(one.slot),
    )
    return paper(one, named)


def without_names(one: Agreement) -> Paper:
    """For the page behind a link, which anybody may hold in the hand."""
    named = Named(
        children=gettext("the child you know of"),
        guardian=gettext("you"),
        office=_office(one),
        slot=slot_text(one.slot),
        whole=False,
    )
    return paper(one, named)


def _office(one: Agreement) -> str:
    county = regions.get(one.county_id).name
    return f"{county} {words.label(one.pairing.office)}"


def pdf(agreements: Sequence[Agreement]) -> bytes:
    """These agreements on A4, each on sheets of its own, in Chinese, with the used glyphs
    embedded. Refuses a character that no font here has."""
    with force_locale("zh_CN"):
        said = [in_full(one) for one in agreements]
        return written.pdf(said, AgreementRefusal.unprintable)
