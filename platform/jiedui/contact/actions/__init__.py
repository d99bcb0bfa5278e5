"""What is done with agreements, with planned sessions, and with a helper's feed and badge. Loading
the room's actions makes it follow the moves of pairings."""

from __future__ import annotations

from jiedui.contact.actions import agreements, dates, following, plan

__all__ = ["agreements", "dates", "following", "plan"]
