"""The form by which a file is held back from clearing."""

from __future__ import annotations

from jiedui.children.rules import HoldReason
from jiedui.core.forms import Choice, Form, LongText
from jiedui.core.i18n import lazy_gettext as _l


class HoldForm(Form):
    """Why a file must be kept although its time may be over."""

    reason = Choice(_l("Why must it be kept?"), HoldReason)
    words = LongText(_l("Which matter it is, and who said so"), longest=300)
