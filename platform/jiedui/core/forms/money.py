"""An amount of money: yuan as people write them, fen as they are kept."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import StringField
from wtforms.validators import Optional, StopValidation

from jiedui.core.forms.base import required
from jiedui.core.i18n import lazy_gettext as _l

WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def fen_of(text: str) -> int | None:
    """Fen of an amount in yuan as typed (1,240 or 1240.50); None when it is not one."""
    typed = text.translate(WIDE).replace(",", "").strip()
    try:
        fen = Decimal(typed) * 100
    except InvalidOperation:
        return None
    if not fen.is_finite() or fen != fen.to_integral_value():
        return None
    return int(fen)


def yuan_of(fen: int) -> str:
    """Fen as an amount in yuan, without needless zeros."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


class Yuan(StringField):
    """An amount between nothing and `most` yuan; `fen` is what it says once it was checked."""

    def __init__(self, label: Any, *, needed: bool = True, most: int = 100_000, **kw: Any) -> None:
        self.most, self.needed = most, needed
        super().__init__(label, [required() if needed else Optional()], **kw)

    @property
    def fen(self) -> int | None:
        """What is said, in fen."""
        return fen_of(self.data) if self.data else None

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        if self.fen is None:
            raise StopValidation(str(_l("Write an amount like 1240 or 1240.50")))
        if not 0 <= self.fen <= self.most * 100:
            text = str(_l("An amount from 0 to %(most)d yuan"))
            raise StopValidation(text % {"most": self.most})
