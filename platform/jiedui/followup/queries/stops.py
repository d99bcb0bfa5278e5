"""A family's key to stop a pairing, and its stops."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import crypto, db
from jiedui.followup.models import FamilyStop, StopKey
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import LIVING, PairingState, PauseReason


def by_key(token: str) -> Pairing | None:
    """The living pairing that a family's key stops; None where it is none (any more)."""
    found = select(StopKey).where(StopKey.fingerprint == crypto.fingerprint(token))
    key = db.session.scalar(found.options(joinedload(StopKey.pairing)))
    return key.pairing if key is not None and key.pairing.state in LIVING else None


def stops_of(pairing_id: int) -> list[FamilyStop]:
    """A family's stops of one pairing, newest first."""
    found = select(FamilyStop).where(FamilyStop.pairing_id == pairing_id)
    return list(db.session.scalars(found.order_by(FamilyStop.id.desc())))


def stopped(actor: Actor) -> list[FamilyStop]:
    """The latest stop of each family whose pairing has stood still since, oldest first."""
    still = (
        Pairing.state == PairingState.paused,
        Pairing.pause_reason == PauseReason.family_wish,
        life.visible_to(actor),
    )
    found = (
        select(FamilyStop)
        .join(Pairing, Pairing.id == FamilyStop.pairing_id)
        .where(*still)
        .options(joinedload(FamilyStop.pairing))
        .order_by(FamilyStop.id)
    )
    return list({one.pairing_id: one for one in db.session.scalars(found)}.values())
