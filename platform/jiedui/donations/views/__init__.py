"""Pages of wishes (wishes), of gifts (gifts), of what of them goes where (allotments), by whose
code it has come (parcels), as proposed (plans), with a second person (deciding), and corrected
(corrections); of what a giver gave (given) and offers by themselves (offers), of wishes by the
dozen (claims), statements of the books (statements), what a charity must publish (reports),
places, work and people (pledges), the
plan's budget (budget)."""

from __future__ import annotations

from jiedui.donations.views import (
    allotments,
    budget,
    claims,
    corrections,
    deciding,
    gifts,
    given,
    offers,
    parcels,
    plans,
    pledges,
    reports,
    statements,
    wishes,
)
from jiedui.donations.views.blueprint import bp

__all__ = [
    "allotments",
    "bp",
    "budget",
    "claims",
    "corrections",
    "deciding",
    "gifts",
    "given",
    "offers",
    "parcels",
    "plans",
    "pledges",
    "reports",
    "statements",
    "wishes",
]
