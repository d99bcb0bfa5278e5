"""Tables: wishes; gifts with what is left of each, and what they claim; their books; who decided;
what was proposed; the plan's budget."""

from __future__ import annotations

from jiedui.donations.models.books import GiftEntry
from jiedui.donations.models.budget import BudgetEntry, BudgetLine
from jiedui.donations.models.claims import GiftClaim
from jiedui.donations.models.deciding import GiftConsent, GiftDecision, GiftTie
from jiedui.donations.models.gifts import Allotment, Gift, GiftStock
from jiedui.donations.models.parcels import ParcelLink
from jiedui.donations.models.plans import GiftPlan, GiftPlanLeft, GiftPlanLine
from jiedui.donations.models.pledges import Pledge
from jiedui.donations.models.reports import GiftReport
from jiedui.donations.models.wishes import MaterialWish

__all__ = [
    "Allotment",
    "BudgetEntry",
    "BudgetLine",
    "Gift",
    "GiftClaim",
    "GiftConsent",
    "GiftDecision",
    "GiftEntry",
    "GiftPlan",
    "GiftPlanLeft",
    "GiftPlanLine",
    "GiftReport",
    "GiftStock",
    "GiftTie",
    "MaterialWish",
    "ParcelLink",
    "Pledge",
]
