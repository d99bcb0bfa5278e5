"""Lines of files and sheets: new files, doubles, sheets that come in, files with names that leave,
pairs from before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children import queries as children
from jiedui.children.models import ChildExport
from jiedui.children.rules import Asker, approval_fault
from jiedui.core import clock
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.files import queries as asked
from jiedui.files.queries import watching
from jiedui.files.rules import two_persons_fault
from jiedui.files.rules.watching import SEASON_DAYS, season_start
from jiedui.intake import queries as intake
from jiedui.intake.exchange import importer
from jiedui.intake.rules import OPEN
from jiedui.pairings.queries import legacy


def checks(actor: Actor) -> Iterator[Line]:
    """New files that a second person should check."""
    waiting = children.awaiting_check(actor)
    if waiting:
        since = day(waiting[0].entered_at)
        yield Line(Kind.check, "children.check", count=len(waiting), since=since)


def doubles(actor: Actor) -> Iterator[Line]:
    """Files that may be of one child."""
    pairs = children.doubles(actor)
    if pairs:
        since = day(min(pair.newer.entered_at for pair in pairs))
        yield Line(Kind.double, "children.doubles", count=len(pairs), since=since)


def from_before(actor: Actor) -> Iterator[Line]:
    """Pairs from before the portal with something to make good."""
    gaps = legacy.gaps(actor)
    if gaps:
        since = day(min(gap.pairing.proposed_at for gap in gaps))
        due = gaps[0].due
        yield Line(Kind.legacy, "pairings.from_before", count=len(gaps), since=since, due=due)


def sheets(actor: Actor) -> Iterator[Line]:
    """Sheets with rows that somebody has to settle before they can be taken over."""
    for batch in intake.waiting(actor):
        if not importer(batch.kind).takes:
            continue
        counts = intake.counts(batch.id)
        yield Line(
            Kind.sheet,
            "intake.batch",
            {"sheet_id": batch.id},
            about=(batch.region.full_name,),
            count=sum(counts.get(verdict, 0) for verdict in OPEN),
            since=day(batch.uploaded_at),
        )


def requests(actor: Actor) -> Iterator[Line]:
    """What guardians ask about their children's data."""
    for one in asked.open_requests(actor):
        yield Line(
            Kind.data_request,
            "files.answer_request",
            {"request_id": one.id},
            code=one.code,
            about=(one.asked, one.child.village.full_name),
            since=one.received_on,
            due=one.due_on,
        )


def accesses(actor: Actor) -> Iterator[Line]:
    """Files that somebody of another area has asked for."""
    for one in asked.accesses_to_decide(actor):
        if two_persons_fault(one.asked_by, actor) is None:
            yield Line(
                Kind.file_access,
                "files.access",
                {"access_id": one.id},
                code=one.code,
                about=(one.reason, one.holding.region.full_name),
                since=one.asked_on,
            )


def opened(actor: Actor) -> Iterator[Line]:
    """Files beyond their own area that are open to a reader."""
    for one in asked.opened_to(actor):
        yield Line(
            Kind.opened_file,
            "files.child",
            {"child_id": one.child_id},
            code=one.child.code if one.child else "",
            about=(one.reason,),
            since=day(one.decided_at),
        )


def exports(actor: Actor) -> Iterator[Line]:
    """Files with names that somebody else has asked for, and own ones that can be fetched."""
    for one in children.exports_to_decide(actor):
        asker = Asker(one.asked_by, one.asked_as, one.asked_office, one.asked_region.path)
        if approval_fault(asker, actor) is None:
            yield _export(Kind.export, one, day(one.asked_at), None)
    for made in children.returns_to_agree(actor):
        yield Line(
            Kind.export,
            "children.national_return",
            {"return_id": made.id},
            code=made.code,
            about=(made.region.full_name,),
            since=day(made.made_at),
        )
    for one in children.exports_to_fetch(actor):
        yield _export(Kind.fetch, one, day(one.decided_at), day(one.fetch_until))


def _export(kind: Kind, one: ChildExport, since: date | None, due: date | None) -> Line:
    return Line(
        kind,
        "children.export",
        {"export_id": one.id},
        code=one.code,
        about=(one.region.full_name,),
        since=since,
        due=due,
    )


def watched(actor: Actor) -> Iterator[Line]:
    """Files that ask for a higher level, and those to be looked at again this half-year."""
    risen, again = watching.counts(actor)
    if risen:
        yield Line(Kind.risk_rise, "files.watch", count=risen, since=clock.today())
    if again:
        start = season_start(clock.today())
        due = start + SEASON_DAYS
        yield Line(Kind.risk_season, "files.watch", count=again, since=start, due=due)
