"""Which helper a report or a case is about."""

from __future__ import annotations

from jiedui.core.forms import Form, Text
from jiedui.core.i18n import lazy_gettext as _l


class HelperForm(Form):
    """Which helper a report is about."""

    helper = Text(_l("Number of the volunteer or social worker"), longest=12)

    @property
    def helper_id(self) -> int | None:
        """The id in a number like V-0126."""
        digits = (self.helper.data or "").upper().removeprefix("V").strip("- ")
        return int(digits) if digits.isdecimal() and len(digits) < 10 else None
