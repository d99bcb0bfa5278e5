"""Hours from a list are kept, or put right by a later one."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.helpers.models import Helper
from jiedui.hours.models import ImportedHours
from jiedui.hours.rules.past import Period


@dataclass(frozen=True)
class PastHours:
    """What a list says of one person; `key` is the same for the same row, whatever its length."""

    helper_id: int
    key: str
    period: Period
    minutes: int
    what: str
    unit: str


def keep_past_hours(said: PastHours, county_id: int, *, by: By) -> ImportedHours:
    """Keep hours from before the portal as what they are: brought by a list, verified by nobody."""
    if by.account_id is None:
        raise ValueError("a list is brought by somebody")
    db.lock(Helper, said.helper_id)
    row = ImportedHours(
        county_id=county_id,
        helper_id=said.helper_id,
        starts=said.period.starts,
        ends=said.period.ends,
        minutes=said.minutes,
        what=said.what,
        unit=said.unit,
        key=said.key,
        imported_by=by.account_id,
        imported_at=clock.now(),
    )
    db.session.add(row)
    audit.record(Act.hours_imported, row, by=by, minutes=said.minutes)
    return row


def correct_past_hours(row: ImportedHours, minutes: int, *, by: By) -> None:
    """A later list says another length of the same row."""
    row.minutes = minutes
    audit.record(Act.hours_imported, row, by=by, minutes=minutes)
