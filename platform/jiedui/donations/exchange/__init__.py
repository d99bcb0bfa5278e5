"""Statements and the budget as tables of a page, as an Excel file, as text with commas."""

from __future__ import annotations

from jiedui.donations.exchange.budget import budget_tables
from jiedui.donations.exchange.statements import CSV, csv_of, tables, xlsx_of

__all__ = ["CSV", "budget_tables", "csv_of", "tables", "xlsx_of"]
