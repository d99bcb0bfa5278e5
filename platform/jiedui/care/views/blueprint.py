"""The blueprint that the pages of care hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("care", __name__)
