"""What a director types at a visit, as form fields; tests change single ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from jiedui.core import clock, db
from tests import people
from tests.builders.children import born


def village_id(code: str = people.VILLAGE) -> str:
    """The value of a village in the picker."""
    with db.read():
        return str(people.region(code).id)


def typed(**over: Any) -> dict[str, Any]:
    """A whole visit: a girl of nine, her father far away, grandmother at home, company on
    Saturday mornings, consent on paper, a yes of her own. None leaves a field out."""
    fields: dict[str, Any] = {
        "name": "示小禾",
        "id_number": people.id_number(born(9), "f"),
        "village": village_id(),
        "categories": ["left_behind"],
        "guardian_name": "示大山",
        "guardian_relation": "father",
        "guardian_phone": "13812345678",
        "guardian_away": "y",
        "carer_name": "示奶奶",
        "carer_relation": "grandmother",
        "kind": "companionship",
        "slots": ["saturday_morning"],
        "where": "place",
        "frequency": "weekly",
        "urgency": "normal",
        "consent": "paper",
        "paper_holder": "石例女",
        "paper_where": "村委会",
        "called_at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}",
        "view": "yes",
        "view_how": "alone",
    }
    return {k: v for k, v in (fields | over).items() if v is not None}


def years_ago(years: int) -> date:
    """A day in the year this many years ago."""
    today: datetime = clock.local(clock.now())
    return date(today.year - years, 1, 2)
