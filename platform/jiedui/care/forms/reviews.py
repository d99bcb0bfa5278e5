"""Forms of the quarterly review."""

from __future__ import annotations

from jiedui.care.rules.reviews import TEXT_MOST
from jiedui.children.rules import CloseReason
from jiedui.core.forms import Choice, Form, SharedText
from jiedui.core.i18n import lazy_gettext as _l


class LeaveForm(Form):
    """Why a child leaves the ledger."""

    reason = Choice(_l("Why does the child leave the ledger?"), CloseReason)


class CorrectionForm(Form):
    """What turned out to be wrong."""

    text = SharedText(_l("What was wrong, and how it is right"), needed=True, longest=TEXT_MOST)
