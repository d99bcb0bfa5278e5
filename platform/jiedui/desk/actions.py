"""What is done at the desk itself: letters are read."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.core import clock
from jiedui.core.outbox import Letter


def mark_read(letters: Iterable[Letter]) -> None:
    """One's own letters have been read; nobody else is concerned by that."""
    for letter in letters:
        letter.read_at = letter.read_at or clock.now()
