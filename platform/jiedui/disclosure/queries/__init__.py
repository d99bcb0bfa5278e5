"""The county in figures (picture), and what was given to its children (gifts)."""

from __future__ import annotations

from jiedui.disclosure.queries.picture import KINDS, Hidden, Picture, Town, picture

__all__ = ["KINDS", "Hidden", "Picture", "Town", "picture"]
