"""The form that names a deputy: who, and from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from wtforms import RadioField

from jiedui.access.models import RoleHolding
from jiedui.core import clock
from jiedui.core.forms import Day, Form, required
from jiedui.core.i18n import lazy_gettext as _l

USUAL = timedelta(days=14)


class DeputyForm(Form):
    """Which colleague stands in, between which days."""

    deputy = RadioField(_l("Who stands in"), [required(_l("Please choose one"))])
    first = Day(_l("First day"), future=True)
    last = Day(_l("Last day"), future=True)


def deputy_form(colleagues: Sequence[RoleHolding]) -> DeputyForm:
    """The colleagues of the office to choose from; two weeks from today unless said otherwise."""
    today = clock.today()
    form = DeputyForm(first=today, last=today + USUAL)
    form.deputy.choices = [
        (str(h.id), f"{h.account.name} · {h.region.full_name}") for h in colleagues
    ]
    return form
