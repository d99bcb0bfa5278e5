"""Words for acts on material wishes and gifts, and for these things themselves."""

from __future__ import annotations

from typing import Any

from jiedui.core.acts import Act
from jiedui.core.i18n import lazy_gettext as _l

GIFT_ACTS: dict[Act, Any] = {
    Act.unit_applied: _l("Unit registered itself"),
    Act.unit_taken_in: _l("Unit taken in"),
    Act.unit_turned_down: _l("Unit not taken in"),
    Act.material_wish_raised: _l("Material wish kept"),
    Act.material_wish_checked: _l("Material wish looked at"),
    Act.material_wish_closed: _l("Material wish ended"),
    Act.gift_offered: _l("Gift offered"),
    Act.gift_accepted: _l("Gift accepted"),
    Act.gift_refused: _l("Gift not taken"),
    Act.gift_received: _l("Gift received"),
    Act.gift_taken_out: _l("Gift taken out of stock"),
    Act.gift_allotted: _l("Gift allocated to a wish"),
    Act.gift_allotment_taken_back: _l("Allocation taken back"),
    Act.gift_dispatched: _l("Gift sent"),
    Act.gift_delivered: _l("Gift has come"),
}
GIFT_OBJECTS: dict[str, Any] = {
    "gift": _l("Gift"),
    "gift_allotment": _l("Allocation of a gift"),
    "unit_application": _l("Unit that registered itself"),
    "material_wish": _l("Material wish"),
}
