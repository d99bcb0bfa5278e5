"""Words for wishes (wishes), for gifts (gifts), for who decides and what is proposed (deciding),
for where a gift is (tracing), for statements (statements), for what charities publish (reports),
for places, work and people (pledges), for the plan's budget (budget)."""

from __future__ import annotations

from jiedui.donations.words import (
    budget,
    deciding,
    gifts,
    pledges,
    reports,
    statements,
    tracing,
    wishes,
)

__all__ = ["budget", "deciding", "gifts", "pledges", "reports", "statements", "tracing", "wishes"]
