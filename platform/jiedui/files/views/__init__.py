"""Pages of a child's file, of what its guardians ask for, and of files beyond one's area."""

from jiedui.files.views import beyond, child, family_card, requests
from jiedui.files.views.blueprint import bp

__all__ = ["beyond", "bp", "child", "family_card", "requests"]
