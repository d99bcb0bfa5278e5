"""What is done at the desk itself: letters are read, own drafts thrown away."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.core import clock, db
from jiedui.core.drafts import Draft
from jiedui.core.outbox import Letter


def mark_read(letters: Iterable[Letter]) -> None:
    """One's own letters have been read; nobody else is concerned by that."""
    for letter in letters:
        letter.read_at = letter.read_at or clock.now()


def drop_draft(draft: Draft) -> None:
    """A form that was never taken is nobody's but its writer's: nothing of it is on record."""
    db.session.delete(draft)
