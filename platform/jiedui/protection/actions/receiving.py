"""A worry is kept, whatever it holds and whatever the database is doing, and those who read
reports are told.

Number and secret follow from the form's one-time key, so that the same form sent again, or taken in
later, gives the same two, and neither lies anywhere to be read.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from jiedui.core import audit, clock, crypto, db, jobs, once, outbox, spool
from jiedui.core.actors import ANYBODY, By
from jiedui.core.acts import Act
from jiedui.core.outbox import LetterKind
from jiedui.protection import queries
from jiedui.protection.actions.attaching import Attached, keep
from jiedui.protection.models import Report
from jiedui.protection.rules import HELPER, NUMBER, SECRET, ReportState, is_flood
from jiedui.protection.rules.case import Situation
from jiedui.regions import queries as regions

PAUSE = "protection.pause helper"
ASIDE = "report"
DOOR = "protection.report"


@dataclass(frozen=True)
class Worry:
    """What somebody said, as they said it. `helper_id` when it is about a helper; `situation` is
    one of the known ones, or what else was sent for it; `drill` marks a trial; `files` came with
    it; `key` is the form's one-time key."""

    what: str
    where: str
    reporter: str
    address: str
    helper_id: int | None = None
    account_id: int | None = None
    situation: str = ""
    drill: bool = False
    files: tuple[Attached, ...] = ()
    key: str = field(default_factory=crypto.new_token)

    @property
    def number(self) -> str:
        """The number that whoever reported is given."""
        return crypto.digits("report.number", self.key, NUMBER)

    @property
    def secret(self) -> str:
        """The secret that goes with it."""
        return crypto.digits("report.secret", self.key, SECRET)


def receive(worry: Worry, county_id: int, *, at: datetime | None = None) -> Report:
    """Keep a report, tell those who read reports, and ask for what follows from it.

    Nothing in it is refused. It is laid to nobody in the record: who reports is a secret, which
    lies sealed off in the report itself. `at` is when it came, when that was earlier."""
    flood = is_flood(queries.from_here_today(worry.address))
    report = Report(
        county_id=county_id,
        number=_free(worry.number),
        what=worry.what,
        where=worry.where,
        reporter=worry.reporter,
        region_id=_village(worry, county_id),
        situation=Situation(worry.situation) if worry.situation in set(Situation) else None,
        reporter_account_id=worry.account_id,
        place_index=queries.place_index(worry.address),
        flood=flood and not worry.drill,
        drill=worry.drill,
        state=ReportState.received,
        received_at=at or clock.now(),
        asked_by=queries.asked_index(worry.number, worry.secret),
    )
    db.session.add(report)
    keep(report, worry.files)
    audit.record(Act.report_received, report, by=ANYBODY)
    if worry.helper_id is not None and queries.helper_exists(worry.helper_id, county_id):
        pause_about(report, worry.helper_id, by=ANYBODY)
    if not flood:
        _tell_readers(report)
    return report


def _village(worry: Worry, county_id: int) -> int | None:
    """The village that the place names, so that whoever reads it need not look for it."""
    found = regions.named_in(worry.where, regions.get(county_id).path)
    return found.id if found else None


def _free(number: str) -> str:
    """The number, or the next one where two reports were given the same. Whoever reported is found
    by the number they were given all the same."""
    while queries.number_taken(number):
        number = f"{(int(number) + 1) % 10**NUMBER:0{NUMBER}d}"
    return number


def put_aside(worry: Worry, county_id: int | None) -> None:
    """Keep a report outside the database until it can be written."""
    said = asdict(worry) | {"county_id": county_id, "at": clock.now().isoformat()}
    spool.put(ASIDE, crypto.fingerprint(worry.key), said)


def take_in(said: dict[str, Any]) -> Report | None:
    """Write down what was put aside; None when the same form has come in by itself. A county that
    is not known is the first."""
    known = {county.id for county in regions.counties()}
    county_id, at = said.pop("county_id"), datetime.fromisoformat(said.pop("at"))
    worry = Worry(**said)
    if not once.use_up("anybody", DOOR, crypto.fingerprint(worry.key)):
        return None
    return receive(worry, county_id if county_id in known else min(known), at=at)


def pause_about(report: Report, helper_id: int, *, by: By) -> None:
    """Note whom a report is about, and ask for their pairings to pause."""
    report.about_kind, report.about_id = HELPER, helper_id
    db.session.flush()  # the job names the report
    job = jobs.ask(PAUSE, by=by, county_id=report.county_id, report_id=report.id)
    report.job_id = job.id


def _tell_readers(report: Report) -> None:
    about = ("report", report.id)
    known = {one.account_id for one in queries.readers(report.county_id)}
    accounts = known - queries.hidden_from(report)
    for account_id in sorted(accounts):
        outbox.post(
            LetterKind.report_waiting, to=account_id, county_id=report.county_id, about=about
        )
