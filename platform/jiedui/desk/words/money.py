"""Words for acts on the plan's budget and on purchased services, and for these things."""

from __future__ import annotations

from typing import Any

from jiedui.core.acts import Act
from jiedui.core.i18n import lazy_gettext as _l

MONEY_ACTS: dict[Act, Any] = {
    Act.budget_opened: _l("Line of the budget opened"),
    Act.budget_posted: _l("Written into the budget's books"),
    Act.contract_signed: _l("Contract of purchased services entered"),
    Act.contract_closed: _l("Contract of purchased services settled"),
}
MONEY_OBJECTS: dict[str, Any] = {
    "budget_line": _l("Line of the budget"),
    "service_contract": _l("Contract of purchased services"),
}
