"""Words for agreements and for the plan."""

from __future__ import annotations

from jiedui.contact.words import agreements, ones, own, plan

__all__ = ["agreements", "ones", "own", "plan"]
