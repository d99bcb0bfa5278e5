"""What everybody may see: the public face (public), and the check of a record (check)."""

from __future__ import annotations

from jiedui.disclosure.views import check, public, wishes
from jiedui.disclosure.views.blueprint import bp

__all__ = ["bp", "check", "public", "wishes"]
