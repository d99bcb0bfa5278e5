"""The blueprint that protection's pages hang on, and the link other rooms' pages put beside a
helper."""

from __future__ import annotations

from flask import Blueprint, url_for

from jiedui.protection.forms import about_token

bp = Blueprint("protection", __name__)


@bp.app_template_global()
def report_url(helper_id: int | None = None) -> str:
    """The address of the report door; from a page about a helper it says which."""
    if helper_id is None:
        return url_for("protection.report")
    return url_for("protection.report", about=about_token(helper_id))
