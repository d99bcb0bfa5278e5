"""A charity's report of a fund is written down as published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.donations.models import Gift, GiftReport
from jiedui.donations.queries import reports as find
from jiedui.donations.rules.reports import ReportFault, ReportKind, fault


@dataclass(frozen=True)
class Published:
    """Of which time, on which day, and where it is to be read."""

    kind: ReportKind
    until: date
    on: date
    place: str


def write_down(gift: Gift, said: Published, *, by: Actor) -> GiftReport:
    """A report was published. Refuses one that is not due or stands here already, a day before its
    time is over or in the future, and one that nobody could find."""
    db.lock(Gift, gift.id)
    rows = [one for one in find.owed(by, gift_id=gift.id) if one.report is None]
    due = next((r.due for r in rows if (r.due.kind, r.due.until) == (said.kind, said.until)), None)
    wrong = fault(due, said.on, said.place, clock.today())
    if wrong is not None:
        raise Refusal(wrong, _FIELD[wrong])
    report = GiftReport(
        county_id=gift.county_id, gift_id=gift.id, kind=said.kind, until=said.until,
        published=said.on, place=said.place.strip(), recorded_by=by.account_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(report)
    audit.record(Act.gift_report_published, gift, by=by, kind=said.kind)
    return report


_FIELD = {
    ReportFault.not_due: "due",
    ReportFault.before_period: "on",
    ReportFault.in_future: "on",
    ReportFault.not_told: "place",
}
