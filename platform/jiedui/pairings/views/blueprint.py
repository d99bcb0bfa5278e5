"""The blueprint that the pages of pairings hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pairings", __name__)
