"""Words for agreements and for the plan."""

from __future__ import annotations

from jiedui.contact.words import agreements, plan

__all__ = ["agreements", "plan"]
