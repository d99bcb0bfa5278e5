"""Whoever reported asks how far it is."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from jiedui.core import clock, crypto, db
from jiedui.core.errors import Refusal
from jiedui.protection import queries
from jiedui.protection.models import Report, ReportTry
from jiedui.protection.rules import ReportRefusal, must_wait

FORGOTTEN_AFTER = timedelta(days=1)


def look_for(number: str, secret: str, address: str) -> Report | None:
    """The report that number and secret open; None, and a try noted, when they open none.
    Refuses when there were too many wrong ones. Nothing says whether the number exists."""
    index, place = crypto.blind_index("report.try", number), queries.place_index(address)
    if must_wait(*queries.wrong_tries(index, place)):
        raise Refusal(ReportRefusal.too_many_tries, "code")
    report = queries.asked_for(number, secret)
    if report is None:
        db.session.execute(delete(ReportTry).where(ReportTry.at < clock.now() - FORGOTTEN_AFTER))
        db.session.add(ReportTry(number_index=index, place_index=place, at=clock.now()))
    return report
