"""The blueprint that the pages of the room hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("partners", __name__)
