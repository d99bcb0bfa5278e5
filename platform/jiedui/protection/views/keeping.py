"""A report is kept whatever the database is doing: for the report door, and for pages of upper
rooms from which somebody reports."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import current_app

from jiedui.core import crypto, db, once
from jiedui.core.i18n import chosen
from jiedui.protection import actions
from jiedui.protection.actions import Worry
from jiedui.protection.models import Report

log = structlog.get_logger(__name__)


def kept_at_once(
    worry: Worry, county_id: int, besides: Callable[[Report], object] = lambda _report: None
) -> bool:
    """Keep a report in a short act of its own, once, however often the button is pressed, with
    what is to be written beside it; where that fails outside the database, and then False."""
    try:
        with db.note(hasty=True):
            if once.use_up("anybody", actions.DOOR, crypto.fingerprint(worry.key)):
                besides(actions.receive(worry, county_id))
    except Exception as error:  # whatever it is: a report is not lost by it
        log.error("report put aside", error=type(error).__name__)
        actions.put_aside(worry, county_id)
        return False
    return True


def told_aside(worry: Worry, left_out: int = 0) -> str:
    """The page that says so, without what every page knows: the database may be what is broken."""
    bare = current_app.jinja_env.get_template("protection/put_aside.html")
    return bare.render(locale=chosen(), worry=worry, left_out=left_out)
