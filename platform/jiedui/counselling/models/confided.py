"""What is for counsellors' eyes only."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.helpers import queries as helpers


class Confided:
    """The reader's own paper must allow counselling on the day of the look, besides the grant of
    the county's counselling desk that the policy asks for."""

    def confided_to(self, actor: Actor) -> bool:
        """Whether this person may read it today."""
        helper = helpers.by_account(actor.account_id)
        return helper is not None and helpers.may_counsel(helper)
