"""A record of service as it stands on paper (paper) and as a picture (picture)."""

from __future__ import annotations

from jiedui.hours.certificate.paper import address, paper, pdf, qr
from jiedui.hours.certificate.picture import png

__all__ = ["address", "paper", "pdf", "png", "qr"]
