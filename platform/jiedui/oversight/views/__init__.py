"""Pages of the room, by what they are about."""

from jiedui.oversight.views import breach, retention, shares, yearly
from jiedui.oversight.views.blueprint import bp

__all__ = ["bp", "breach", "retention", "shares", "yearly"]
