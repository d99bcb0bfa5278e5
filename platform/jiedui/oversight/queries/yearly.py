"""The figures of a calendar year of one county: from the records only, by number, nobody by name.

Small numbers stand as they are: the paper stays within the house and with the authority.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from jiedui.children.models import Child, ChildExport, ChildView, Consent
from jiedui.children.models.returns import NationalReturn, NationalReturnRow
from jiedui.children.rules import ChildState, ExportState
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry, AuditHead
from jiedui.core.errors import Missing
from jiedui.files.models import DataRequest
from jiedui.oversight.models import RetentionReceipt, RetentionRun
from jiedui.oversight.queries import doings
from jiedui.oversight.queries.span import Span, span_of
from jiedui.oversight.rules.yearly import Figures, FileMoves, OnFile, age_group
from jiedui.regions.models import Region

REOPENED = '{"fields": ["state"]}'  # the details of a file that came back (children/actions)


@dataclass(frozen=True)
class Year:
    """A county's year. `running`: it is not over yet. `faults`: how many places of the record do
    not agree with their MACs; None when the record was not walked for this."""

    county: Region
    year: int
    last: date
    running: bool
    figures: Figures
    faults: int | None


def years(county_id: int) -> list[int]:
    """The years of which there is a record, newest first; the present one is always among them."""
    found = select(func.min(AuditEntry.at)).where(AuditEntry.county_id == county_id)
    first, now = db.session.scalar(found), clock.today().year
    return list(range(now, clock.local(first).year - 1 if first else now - 1, -1))


def of_year(county: Region, year: int, *, walk: bool = False) -> Year:
    """Everything that is counted of a year; raise Missing for one without a record. `walk`: go
    through the whole record, too, and see whether it agrees with its MACs."""
    if year not in years(county.id):
        raise Missing
    span = span_of(county.id, year)
    figures: Counter[str] = Counter()
    parts = (_minors, _consents, _exports, _returns, _requests, _cleared, _record)
    for part in (*parts, doings.acts, doings.reveals, doings.accounts):
        figures.update(part(span))
    faults = len(audit.verify(county.id)) if walk else None
    return Year(county, year, span.last, span.last < date(year, 12, 31), figures, faults)


def _minors(span: Span) -> Counter[str]:
    moves = _file_moves(span)
    rows = select(Child.id, Child.birth_date, Child.entered_at, Child.state)
    found: Counter[str] = Counter()
    until = min(span.ends, clock.at(span.last + timedelta(days=1)))
    for number, birth, entered, state in db.session.execute(
        rows.where(Child.county_id == span.county_id)
    ):
        file = FileMoves(entered, state is ChildState.open, tuple(moves.get(number, ())))
        group = age_group(birth, span.last)
        found[f"minors:{OnFile.end}:{group}"] += file.open_at(until)
        found[f"minors:{OnFile.ever}:{group}"] += file.open_between(span.starts, until)
    return found


def _file_moves(span: Span) -> Mapping[int, list[tuple[datetime, bool]]]:
    """When files were closed and opened again since the year began, as the record has it."""
    closed = AuditEntry.act == Act.child_closed
    back = (AuditEntry.act == Act.child_changed) & (AuditEntry.details == REOPENED)
    rows = select(AuditEntry.object_id, AuditEntry.at, AuditEntry.act).where(
        AuditEntry.county_id == span.county_id, AuditEntry.at >= span.starts, closed | back
    )
    found: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for number, at, act in db.session.execute(rows.order_by(AuditEntry.seq)):
        found[number].append((at, act == Act.child_closed))
    return found


def _consents(span: Span) -> Counter[str]:
    found: Counter[str] = Counter()
    for table, kind, at in (
        (Consent, "consent", Consent.given_at),
        (ChildView, "view", ChildView.at),
    ):
        rows = select(table.purpose, table.answer, func.count()).where(  # type: ignore[attr-defined]
            table.county_id == span.county_id,
            span.holds(at),  # type: ignore[attr-defined]
        )
        for purpose, answer, number in db.session.execute(
            rows.group_by(table.purpose, table.answer)  # type: ignore[attr-defined]
        ):
            found[f"{kind}:{purpose}:{answer}"] += number
    back = select(Consent.purpose, func.count()).where(
        Consent.county_id == span.county_id, span.holds(Consent.withdrawn_at)
    )
    for purpose, number in db.session.execute(back.group_by(Consent.purpose)):
        found[f"consent:{purpose}:withdrawn"] += number
    return found


def _exports(span: Span) -> Counter[str]:
    """Files with names that were asked for in the year, and what has become of them since."""
    one = ChildExport
    rows = select(one.reason, one.state, one.approved_by.is_not(None), one.rows).where(
        one.county_id == span.county_id, span.holds(one.asked_at)
    )
    found: Counter[str] = Counter()
    for reason, state, agreed, number in db.session.execute(rows):
        fetched = state is ExportState.fetched
        found[f"export:{reason}:asked"] += 1
        found[f"export:{reason}:agreed"] += bool(agreed)
        found[f"export:{reason}:refused"] += state is ExportState.rejected
        found[f"export:{reason}:fetched"] += fetched
        found[f"export:{reason}:rows"] += number if fetched else 0
    return found


def _returns(span: Span) -> Counter[str]:
    made = select(NationalReturn.id).where(
        NationalReturn.county_id == span.county_id, span.holds(NationalReturn.made_at)
    )
    rows = select(NationalReturnRow.state, func.count()).where(
        NationalReturnRow.return_id.in_(made)
    )
    found = Counter({"return:files": len(db.session.scalars(made).all())})
    for state, number in db.session.execute(rows.group_by(NationalReturnRow.state)):
        found[f"return:{state}"] += number
        found["return:rows"] += number
    return found


def _requests(span: Span) -> Counter[str]:
    """Guardians' requests that came in within the year; days from the day one came in to the day
    of the answer."""
    one = DataRequest
    rows = select(one.asked, one.outcome, one.received_on, one.due_on, one.answered_at).where(
        one.county_id == span.county_id,
        one.received_on >= clock.local(span.starts).date(),
        one.received_on < clock.local(span.ends).date(),
    )
    found: Counter[str] = Counter()
    for asked, outcome, received, due, answered in db.session.execute(rows):
        day = clock.day(answered)
        found[f"request:{asked}:received"] += 1
        found[f"request:{asked}:{outcome or 'open'}"] += 1
        found[f"request:{asked}:late"] += (day or clock.today()) > due
        if day is not None:
            longest = f"request:{asked}:longest"
            found[longest] = max(found[longest], (day - received).days)
    return found


def _cleared(span: Span) -> Counter[str]:
    rows = (
        select(RetentionReceipt.data, func.sum(RetentionReceipt.cleared))
        .join(RetentionRun, RetentionRun.id == RetentionReceipt.run_id)
        .where(RetentionRun.county_id == span.county_id, span.holds(RetentionRun.started_at))
        .group_by(RetentionReceipt.data)
    )
    runs = select(func.count()).where(
        RetentionRun.county_id == span.county_id, span.holds(RetentionRun.started_at)
    )
    found = Counter({f"cleared:{data}": int(n or 0) for data, n in db.session.execute(rows)})
    found["cleared runs"] = db.session.scalar(runs) or 0
    return found


def _record(span: Span) -> Counter[str]:
    """How long the record is by now, and how much of it is of the year."""
    head = db.session.get(AuditHead, span.county_id)
    mine = select(func.count()).where(
        AuditEntry.county_id == span.county_id, span.holds(AuditEntry.at)
    )
    return Counter({"record:all": head.count if head else 0,
                    "record:year": db.session.scalar(mine) or 0})  # fmt: skip
