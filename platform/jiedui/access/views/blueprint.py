"""The blueprint that access's pages hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("access", __name__)
