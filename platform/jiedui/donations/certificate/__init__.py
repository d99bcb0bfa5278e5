"""Papers for whoever gives: the slip with a gift's number (slip), the sheet of a year (year)."""

from __future__ import annotations

from jiedui.donations.certificate.slip import slip
from jiedui.donations.certificate.year import pdf, sheet

__all__ = ["pdf", "sheet", "slip"]
