"""Pages of the room, by what they are about."""

from jiedui.oversight.views import breach, coverage, pilot, retention, shares, yearly
from jiedui.oversight.views.blueprint import bp

__all__ = ["bp", "breach", "coverage", "pilot", "retention", "shares", "yearly"]
