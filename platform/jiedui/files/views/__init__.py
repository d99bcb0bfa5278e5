"""Pages of a child's file, of what its guardians ask for, of files beyond one's area, of signs of
risk."""

from jiedui.files.views import beyond, child, family_card, requests, watching
from jiedui.files.views.blueprint import bp

__all__ = ["beyond", "bp", "child", "family_card", "requests", "watching"]
