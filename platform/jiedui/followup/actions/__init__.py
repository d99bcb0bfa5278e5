"""Hearing the three (hearing), telling of a silence (silence), a family's stop (stopping)."""

from __future__ import annotations

from jiedui.followup.actions.hearing import Word, hear
from jiedui.followup.actions.silence import tell_of_silence
from jiedui.followup.actions.stopping import make_key, stop, stop_by_key

__all__ = ["Word", "hear", "make_key", "stop", "stop_by_key", "tell_of_silence"]
