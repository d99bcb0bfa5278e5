"""All open work of one person moves to another, in one act."""

from __future__ import annotations

from jiedui.access import queries
from jiedui.access.actions.accounts import end_role
from jiedui.access.actions.deputies import end_deputy
from jiedui.access.models import RoleHolding
from jiedui.access.rules import AccessRefusal, Actor
from jiedui.core import audit, clock, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind

# Letters that speak to whoever holds the office; a helper's own letters stay theirs.
OF_THE_OFFICE = frozenset(
    {
        LetterKind.helper_accepted,
        LetterKind.helper_declined,
        LetterKind.pairing_ready,
        LetterKind.pairing_released,
        LetterKind.proposal_waiting,
        LetterKind.report_waiting,
        LetterKind.round_failed,
        LetterKind.round_ready,
        LetterKind.work_handed_over,
    }
)


def hand_over(holding: RoleHolding, to: RoleHolding, *, by: Actor) -> None:
    """Move the work of a role to somebody who holds the same role in the same place.

    What waits in a place is seen by whoever holds the role there, so it needs no moving. What
    hangs on the person is dealt with here: unread letters of the office go on, deputies they
    named end, and so does the role. Files opened to them follow their pairings and stay. Refuses
    another role, another place, and the person themselves."""
    today = clock.today()
    if not holding.lives(today):
        raise Refusal(AccessRefusal.hand_over_nothing)
    if to.account_id == holding.account_id or to.post != holding.post or not to.lives(today):
        raise Refusal(AccessRefusal.hand_over_other_role, "to")
    for named in queries.deputies_of(holding.account_id):
        if named.holding_id == holding.id and named.lives(today):
            end_deputy(named, by=by)
    outbox.pass_on(holding.account_id, to.account_id, OF_THE_OFFICE)
    account = holding.account
    end_role(holding, by=by)
    audit.record(Act.account_work_handed_over, account, by=by, to_account=to.account_id)
    outbox.post(
        LetterKind.work_handed_over,
        to=to.account_id,
        county_id=holding.county_id,
        about=("account", account.id),
    )
