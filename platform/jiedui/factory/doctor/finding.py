"""What the doctor says of one thing, and how it asks the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection, create_engine

from jiedui.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `cure` says what to do when it is not well."""

    name: str
    well: bool
    what: str
    cure: str = ""

    def line(self) -> str:
        """How it is printed."""
        cure = f" -> {self.cure}" if self.cure and not self.well else ""
        return f"{'ok ' if self.well else 'bad'}  {self.name:<9} {self.what}{cure}"


def ago(span: timedelta) -> str:
    """How long ago, in the unit that tells."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"


def ask(settings: Settings, question: Callable[[Connection], T]) -> T:
    """Put a question to the database by a connection of its own."""
    engine = create_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            return question(connection)
    finally:
        engine.dispose()
