"""What everybody may see: the public face (public), what is wished (wishes), what was given
(gifts), the check of a record (check), where a gift is (given)."""

from __future__ import annotations

from jiedui.disclosure.views import check, gifts, given, public, wishes
from jiedui.disclosure.views.blueprint import bp

__all__ = ["bp", "check", "gifts", "given", "public", "wishes"]
