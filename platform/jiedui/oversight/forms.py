"""The form by which a county sets how long a class is kept."""

from __future__ import annotations

from typing import Any

from jiedui.core.forms import Form, Number
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.models import RetentionTerm


class TermForm(Form):
    """How long, in the class's own unit."""

    amount = Number(_l("Kept for"), least=1, most=600)


def term_form(one: RetentionTerm, **kw: Any) -> TermForm:
    """The form with what holds."""
    return TermForm(data={"amount": one.amount, "version": str(one.version)}, **kw)
