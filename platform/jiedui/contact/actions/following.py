"""What the room does when a pairing moves or a helper's clearance ends, in the same act."""

from __future__ import annotations

from jiedui.contact.actions import agreements, badges, plan, standing_in
from jiedui.core.actors import SYSTEM
from jiedui.core.happenings import HelperLostClearance, HelperReported
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


def on_lost_clearance(word: HelperLostClearance) -> None:
    """Who is not cleared any more stands in for nobody, and the badge is void."""
    standing_in.lose(word.helper_id)
    badges.end_of(word.helper_id, by=SYSTEM)


def on_reported(word: HelperReported) -> None:
    """A report about a helper stops also what they do in another's place."""
    standing_in.lose(word.helper_id)
