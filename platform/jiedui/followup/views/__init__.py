"""Pages of following up."""

from jiedui.followup.views import following, stopping
from jiedui.followup.views.blueprint import bp

__all__ = ["bp", "following", "stopping"]
