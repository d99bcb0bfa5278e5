"""What the room does when a pairing moves or a helper's clearance ends, in the same act."""

from __future__ import annotations

from jiedui.contact.actions import agreements, plan
from jiedui.core.actors import SYSTEM
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import PAIRING_MOVES

ENDS = PAIRING_MOVES.ends()


def on_pairing(pairing: Pairing) -> None:
    """Sessions stop and come back with the pairing; an agreement ends with it."""
    plan.follow(pairing)
    if pairing.state in ENDS:
        agreements.end_with(pairing, by=SYSTEM)


moves.follows(on_pairing)
