"""The blueprint that the pages of hours hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("hours", __name__)
