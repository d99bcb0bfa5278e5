"""The blueprint that the pages of children's files hang on, and how they load a file."""

from __future__ import annotations

from flask import Blueprint

from jiedui.children import queries
from jiedui.children.models import Child

bp = Blueprint("children", __name__)


def load(child_id: int) -> Child:
    """The file of the URL; whether the reader may see it is the guard's question."""
    return queries.get(child_id)
