"""Whoever stood in for one session puts their own hours on record."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core.errors import Refusal
from jiedui.hours.actions import codes
from jiedui.hours.actions.said import NewSession
from jiedui.hours.actions.sessions import enter, locked
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.standing_in import Visit, to_log
from jiedui.hours.rules import FIELD_OF, HoursRefusal


def log_visit(visit: Visit, said: NewSession, *, by: Actor) -> ServiceSession:
    """Log the one session somebody stood in for, on its day: their hours, the pairing's session.
    Refuses another day, a second entry, and what log_session refuses."""
    helper = locked(visit.session.helper_id)
    if said.on != visit.on:
        raise Refusal(HoursRefusal.other_visit, FIELD_OF[HoursRefusal.other_visit])
    if visit.session not in to_log(helper.id):
        raise Refusal(HoursRefusal.here_logged)
    pairing = visit.session.pairing
    return enter(pairing, helper, said, codes.known_by(pairing, said), by=by)
