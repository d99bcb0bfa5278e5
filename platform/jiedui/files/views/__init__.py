"""Pages of a child's file, and of what its guardians ask for."""

from jiedui.files.views import child, requests
from jiedui.files.views.blueprint import bp

__all__ = ["bp", "child", "requests"]
