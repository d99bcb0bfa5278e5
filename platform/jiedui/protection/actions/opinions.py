"""Opinions about the portal are kept and read."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import ANYBODY, By
from jiedui.core.acts import Act
from jiedui.protection.models import Feedback


def take_opinion(text: str, contact: str, county_id: int, *, by: By) -> Feedback:
    """Keep an opinion or a suggestion about the portal."""
    said = Feedback(
        county_id=county_id,
        text=text,
        contact=contact,
        account_id=by.account_id,
        received_at=clock.now(),
    )
    db.session.add(said)
    audit.record(Act.feedback_received, said, by=ANYBODY)
    return said


def read_opinion(said: Feedback, *, by: Actor) -> None:
    """Note that an opinion was read."""
    if said.read_at is None:
        said.read_by, said.read_at = by.account_id, clock.now()
        audit.record(Act.feedback_read, said, by=by)
