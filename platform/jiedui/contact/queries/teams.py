"""What the others of a team plan."""

from __future__ import annotations

from datetime import date

from jiedui.contact.models import PlannedSession
from jiedui.contact.queries.plan import of_pairing
from jiedui.contact.rules.plan import COMING, GOING_ON
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import teams


def others_plan(pairing: Pairing, first: date, last: date) -> list[PlannedSession]:
    """The sessions to come of the others of a pairing's team between two days, in their order."""
    going = [one.id for one in teams.others_of(pairing) if one.state in GOING_ON]
    found = [s for number in going for s in of_pairing(number, first, last) if s.state in COMING]
    return sorted(found, key=lambda one: (one.start_at, one.id))
