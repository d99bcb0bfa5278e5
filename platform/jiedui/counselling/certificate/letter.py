"""The referral letter for a hospital without an account, with the slip that comes back (回执)."""

from __future__ import annotations

from jiedui.core import clock, words, written
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.pages import day
from jiedui.core.written import BLANK, Paper, Part, Row
from jiedui.counselling.models import Referral
from jiedui.counselling.rules.referrals import ReferralRefusal
from jiedui.regions import queries as regions


def paper(one: Referral) -> Paper:
    """Every word of the letter, in the reader's language: whom it is about, why, and a slip on
    which the hospital answers without a word of what it found."""
    child, county = one.child, regions.get(one.county_id)
    guardian = next(iter(child.guardians), None)
    phone = f"{guardian.name} {guardian.phone or ''}".strip() if guardian else BLANK
    return Paper(
        title=gettext("Referral letter"),
        number=one.code,
        basis=gettext(
            "To %(hospital)s. The counselling desk of %(county)s asks you to see this child.",
            hospital=one.hospital.name if one.hospital else BLANK,
            county=county.name,
        ),
        parts=[
            Part(
                gettext("The child"),
                rows=[
                    Row(gettext("Name"), child.name),
                    Row(gettext("Sex"), words.label(child.sex)),
                    Row(gettext("Birth date"), day(child.birth_date)),
                    Row(gettext("Guardian"), phone),
                    Row(gettext("Village"), child.village.full_name, wide=True),
                ],
            ),
            Part(gettext("Why"), lines=[one.words or BLANK, *_said(one)]),
            Part(
                gettext("Slip to be sent back"),
                rows=[Row(gettext("Number"), one.code), Row(gettext("Received on"), BLANK)],
                lines=[
                    gettext("□ We see the child on ____________ (day)   □ We cannot take it"),
                    gettext("Contact at the hospital, telephone: %(gap)s", gap=BLANK),
                    gettext("Nothing of what was found stands on this slip."),
                ],
            ),
        ],
        signatures=[
            gettext("Counselling desk (seal), %(day)s", day=day(clock.today())),
            gettext("Hospital (seal)"),
        ],
    )


def _said(one: Referral) -> list[str]:
    return [step.words for step in one.steps if step.words]


def pdf(one: Referral) -> bytes:
    """The letter on A4 in Chinese. Refuses a character that no font here has."""
    with force_locale("zh_CN"):
        return written.pdf([paper(one)], ReferralRefusal.unprintable)
