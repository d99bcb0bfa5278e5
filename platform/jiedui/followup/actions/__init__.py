"""Hearing the three (hearing), telling what is due (telling), a family's stop (stopping)."""

from __future__ import annotations

from jiedui.followup.actions.hearing import Word, hear
from jiedui.followup.actions.stopping import make_key, stop, stop_by_key
from jiedui.followup.actions.telling import tell_what_is_due

__all__ = ["Word", "hear", "make_key", "stop", "stop_by_key", "tell_what_is_due"]
