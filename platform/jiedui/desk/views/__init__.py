"""The first page after signing in, letters, drafts, search, and the record's browser."""

from __future__ import annotations

from jiedui.desk.views import drafts, home, letters, record, search
from jiedui.desk.views.blueprint import bp

__all__ = ["bp", "drafts", "home", "letters", "record", "search"]
