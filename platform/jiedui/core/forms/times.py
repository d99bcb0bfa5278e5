"""A time of day, as people type it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import TimeField
from wtforms.validators import Optional

from jiedui.core.forms.base import required
from jiedui.core.i18n import gettext


class Clock(TimeField):
    """A time of day; 16：30 and 1630, as they are typed on a phone, are read too."""

    def __init__(self, label: Any, *, needed: bool = True, **kw: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; an empty field stays empty."""
        self.data = None
        raw = "".join(valuelist[:1]).strip()
        if not raw:
            return
        wide = str.maketrans("０１２３４５６７８９：．", "0123456789::")
        digits = raw.translate(wide).replace(".", ":")
        if ":" not in digits and len(digits) in (3, 4):
            digits = f"{digits[:-2]}:{digits[-2:]}"
        try:
            self.data = datetime.strptime(digits[:5], "%H:%M").time()
        except ValueError:
            raise ValueError(gettext("Write a time like 16:30")) from None
