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
    Act.gift_claimed: _l("Wishes claimed"),
    Act.gift_claim_released: _l("Claim of a wish released"),
    Act.gift_accepted: _l("Gift accepted"),
    Act.gift_refused: _l("Gift not taken"),
    Act.gift_received: _l("Gift received"),
    Act.gift_taken_out: _l("Gift taken out of stock"),
    Act.gift_allotted: _l("Gift allocated to a wish"),
    Act.gift_allotment_taken_back: _l("Allocation taken back"),
    Act.gift_dispatched: _l("Gift sent"),
    Act.gift_delivered: _l("Gift has come"),
    Act.giver_read: _l("Giver looked at"),
    Act.budget_taken: _l("Budget taken as a file"),
    Act.pledge_made: _l("Place, work or people offered"),
    Act.pledge_answered: _l("Offer of a place, work or people answered"),
    Act.gift_report_published: _l("Report of a fund published"),
    Act.parcel_link_made: _l("Code for a parcel made"),
    Act.gift_statement_taken: _l("Statement of gifts taken as a file"),
    Act.gift_plan_made: _l("Proposal for gifts made"),
    Act.gift_plan_decided: _l("Proposal for gifts decided on"),
    Act.gift_decided: _l("Gifts decided on"),
    Act.gift_decision_agreed: _l("Decision on gifts agreed to"),
    Act.gift_decision_refused: _l("Decision on gifts refused"),
    Act.gift_tie_found: _l("Tie between giver and household found"),
    Act.gift_tie_answered: _l("Tie between giver and household answered"),
    Act.gift_corrected: _l("Books of a gift corrected"),
    Act.gift_giver_asked: _l("Giver asked about the purpose"),
}
GIFT_OBJECTS: dict[str, Any] = {
    "gift": _l("Gift"),
    "gift_claim": _l("Claim of a wish"),
    "gift_allotment": _l("Allocation of a gift"),
    "gift_plan": _l("Proposal for gifts"),
    "gift_decision": _l("Decision on gifts"),
    "pledge": _l("Offer of a place, work or people"),
    "gift_tie": _l("Tie between giver and household"),
    "gift_consent": _l("What a giver was asked"),
    "gift_entry": _l("Entry of the books"),
    "unit_application": _l("Unit that registered itself"),
    "material_wish": _l("Material wish"),
}
