"""Which of the six yearly marks a pairing has seen: from what took place and what was planned."""

from __future__ import annotations

from datetime import date

from jiedui.contact.queries import plan
from jiedui.contact.rules.ones import Seen, six
from jiedui.contact.rules.plan import ContactKind, SessionState
from jiedui.core import clock
from jiedui.pairings.models import Pairing


def of_pairing(pairing: Pairing) -> list[Seen]:
    """The six of this year."""
    today = clock.today()
    first = date(today.year, 1, 1)
    had = {(one.on, ContactKind(one.kind)) for one in plan.held([pairing.id], first, today)}
    for one in plan.of_pairing(pairing.id, first, today):
        if one.state is SessionState.held:
            had.add((plan.local(one.start_at)[0], one.kind))
    since = pairing.first_meeting_on or clock.local(pairing.proposed_at).date()
    born = [(kid.birth_date.month, kid.birth_date.day) for kid in pairing.need.children]
    return six(since, today, born, sorted(had))
