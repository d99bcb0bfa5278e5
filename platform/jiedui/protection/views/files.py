"""A file of a report, given to who may read it."""

from __future__ import annotations

from flask import Response

from jiedui.protection.models import ReportFile
from jiedui.protection.rules.files import TYPES


def answer(one: ReportFile) -> Response:
    """The file to be saved or played, never a page of ours: what it holds could act there."""
    response = Response(one.content, mimetype=TYPES[one.kind])
    name = f"{one.report.number}-{one.id}.{one.kind.value}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
