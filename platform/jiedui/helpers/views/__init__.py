"""Pages of helpers: registering, one's own page, entering on paper, vetting, lists for the
police."""

from __future__ import annotations

from jiedui.helpers.views import checks, entering, mine, reading, registering, together, vetting
from jiedui.helpers.views.blueprint import bp

__all__ = ["bp", "checks", "entering", "mine", "reading", "registering", "together", "vetting"]
