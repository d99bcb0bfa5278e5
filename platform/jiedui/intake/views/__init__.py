"""Pages of uploaded sheets: what there is, one sheet, one row."""

from __future__ import annotations

from jiedui.intake.views import batches, rows, sheets
from jiedui.intake.views.blueprint import bp

__all__ = ["batches", "bp", "rows", "sheets"]
