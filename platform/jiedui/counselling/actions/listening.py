"""What the room does when something happens below it."""

from __future__ import annotations

from jiedui.core.actors import SYSTEM
from jiedui.core.happenings import HelperLostClearance
from jiedui.counselling.actions.desk import end_counsellor
from jiedui.counselling.queries.referrals import living_counsellor


def on_lost_clearance(word: HelperLostClearance) -> None:
    """Who is not cleared any more does not counsel either."""
    one = living_counsellor(word.helper_id)
    if one is not None:
        end_counsellor(one, by=SYSTEM)
