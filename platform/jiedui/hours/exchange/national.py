"""A row for the national volunteer system: who served, what, when, how long; nothing of a child."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiedui.core import clock, sheets
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules.national import entry_number
from jiedui.intake.exchange import load

NATIONAL_HOURS = load(Path(__file__).resolve().parents[1] / "data" / "national-hours.toml")


def row_of(entry: ServiceSession) -> dict[str, str]:
    """One entry by field."""
    helper, home = entry.helper, entry.region
    number = helper.national_number or ""
    return {
        "entry": entry_number(entry.id),
        "national_number": number,
        "name": helper.name,
        # Whoever has a number there is found by it: the identity number stays here then.
        "id_number": "" if number else helper.id_number or "",
        "what": NATIONAL_HOURS.word("what", entry.what.value),
        "on": f"{entry.on:%Y-%m-%d}",
        "starts": f"{clock.local(entry.start_at):%H:%M}",
        "ends": f"{clock.local(entry.end_at):%H:%M}",
        "minutes": str(entry.minutes),
        "township": home.parent.name if home.parent is not None else "",
        "evidence": NATIONAL_HOURS.word("evidence", entry.evidence.value),
        "reverses": entry_number(entry.reverses) if entry.reverses is not None else "",
    }


def hours_file(entries: Sequence[ServiceSession], title: str) -> bytes:
    """The rows as a sheet, with two empty columns for the answer."""
    heads = [column.head for column in NATIONAL_HOURS.columns]
    fields = [column.field for column in NATIONAL_HOURS.columns]
    rows = [row_of(entry) for entry in entries]
    lines = [[_cell(name, row.get(name, "")) for name in fields] for row in rows]
    return sheets.write(title, heads, lines)


def _cell(field: str, text: str) -> str:
    """Text that no spreadsheet takes for a formula; minutes below nothing are a plain number."""
    return text if field == "minutes" else sheets.inert(text)
