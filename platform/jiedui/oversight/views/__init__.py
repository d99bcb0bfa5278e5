"""Pages of the room, by what they are about."""

from jiedui.oversight.views import breach, pilot, retention, shares, yearly
from jiedui.oversight.views.blueprint import bp

__all__ = ["bp", "breach", "pilot", "retention", "shares", "yearly"]
