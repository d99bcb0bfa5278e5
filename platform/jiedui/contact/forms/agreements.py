"""Putting a signed paper on file, keeping a photo of it, asking a guardian by link, answering."""

from __future__ import annotations

from wtforms import FileField, RadioField

from jiedui.contact.actions.agreements import PaperSaid
from jiedui.contact.models import Agreement
from jiedui.contact.rules.agreements import Party, still_missing
from jiedui.core import clock, words
from jiedui.core.forms import Choices, Day, Form, Text, required
from jiedui.core.i18n import lazy_gettext as _l


class SignForm(Form):
    """What stands on the signed paper."""

    signed_on = Day(_l("Day of the last signature"), past=True, default=clock.today)
    signers = Choices(_l("Who has signed"), Party, least=1)
    holder = Text(_l("Who keeps the paper"), longest=60)

    def said(self) -> PaperSaid:
        """What the form says."""
        signers = frozenset(self.signers.data or ())
        return PaperSaid(self.signed_on.data, signers, self.holder.data or "")


def sign_form(one: Agreement) -> SignForm:
    """The form with those whose yes is still missing."""
    open_ = still_missing(one.said)
    form = SignForm(data={"version": str(one.version), "signers": open_, "holder": one.holder})
    form.signers.choices = words.choices(Party, *open_)
    return form


class ScanForm(Form):
    """A photo or scan of the signed paper."""

    file = FileField(_l("Photo or PDF of the signed paper"))


class LinkForm(Form):
    """Which guardian is asked by link."""

    guardian = RadioField(_l("Who is asked"), [required(_l("Please choose one"))])

    @property
    def guardian_id(self) -> int:
        """The chosen guardian's number; 0 for what is none."""
        raw = str(self.guardian.data or "")
        return int(raw) if raw.isdigit() else 0


def link_form(one: Agreement) -> LinkForm:
    """The form with the guardians of the house."""
    form = LinkForm()
    home = [g for g in one.pairing.need.household.guardians if g.is_guardian]
    form.guardian.choices = [(str(g.id), f"{g.name} · {words.label(g.relation)}") for g in home]
    if len(home) == 1 and not form.is_submitted():
        form.guardian.data = str(home[0].id)
    return form


class YesForm(Form):
    """A guardian's yes to what stands on the page, with the spoken code."""

    code = Text(_l("Code"), longest=12)
