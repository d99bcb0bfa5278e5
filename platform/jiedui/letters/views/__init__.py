"""How letters reach one, and what was sent."""

from __future__ import annotations

from jiedui.letters.views import choosing, sent
from jiedui.letters.views.blueprint import bp

__all__ = ["bp", "choosing", "sent"]
