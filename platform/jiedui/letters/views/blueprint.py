"""The blueprint that the pages about letters hang on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("letters", __name__)
