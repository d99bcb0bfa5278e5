"""The way to a sealed case leads past a page that asks for the reason."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor
from jiedui.protection.models import ProtectionCase
from jiedui.protection.queries import cases as queries


def unsealing(case: ProtectionCase | None) -> Response | None:
    """The page on which a seal is broken, where it must be; None where the case is open."""
    if case is None or queries.is_open_to(case, actor()):
        return None
    return redirect(url_for("protection.unseal", casework_id=case.id), 303)
