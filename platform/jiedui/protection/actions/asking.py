"""Whoever reported asks how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import delete

from jiedui.core import clock, crypto, db
from jiedui.core.errors import Refusal
from jiedui.protection import queries
from jiedui.protection.models import Report, ReportTry
from jiedui.protection.rules import ReportRefusal, must_wait

FORGOTTEN_AFTER = timedelta(days=1)
T = TypeVar("T")


def look_for(number: str, secret: str, address: str) -> Report | None:
    """The report that number and secret open; None, and a try noted, when they open none.
    Refuses when there were too many wrong ones. Nothing says whether the number exists."""
    return trying(number, address, lambda: queries.asked_for(number, secret))


def trying(what: str, address: str, look: Callable[[], T | None]) -> T | None:
    """What somebody finds who knows the secret; a wrong one is noted, and after too many for one
    thing or from one address none is tried: refused."""
    index, place = crypto.blind_index("report.try", what), queries.place_index(address)
    if must_wait(*queries.wrong_tries(index, place)):
        raise Refusal(ReportRefusal.too_many_tries, "code")
    found = look()
    if found is None:
        db.session.execute(delete(ReportTry).where(ReportTry.at < clock.now() - FORGOTTEN_AFTER))
        db.session.add(ReportTry(number_index=index, place_index=place, at=clock.now()))
    return found
