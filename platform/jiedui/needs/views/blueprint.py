"""The blueprint that the pages of needs hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("needs", __name__)
