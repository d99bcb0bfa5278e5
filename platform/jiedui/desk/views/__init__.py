"""The first page after signing in, letters, search, and the record's browser."""

from __future__ import annotations

from jiedui.desk.views import home, letters, record, search
from jiedui.desk.views.blueprint import bp

__all__ = ["bp", "home", "letters", "record", "search"]
