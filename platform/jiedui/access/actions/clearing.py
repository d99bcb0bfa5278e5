"""The identity of an account whose person has left is cleared."""

from __future__ import annotations

from jiedui.access.actions.cards import forget_cards
from jiedui.access.actions.leaving import close_all
from jiedui.access.models import Account
from jiedui.access.rules import AccessRefusal, AccountState, Role
from jiedui.core import audit, clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal

# Who only helps goes with what they registered.
HELPING = frozenset({Role.volunteer, Role.social_worker})


def only_helps(account: Account) -> bool:
    """Whether an account is for nothing but helping any more."""
    today = clock.today()
    return all(held.role in HELPING for held in account.roles if held.lives(today))


def deidentify(account: Account, *, by: By) -> None:
    """Clear name, number and everything one signs in with; its number in the record stays. It
    cannot be brought back. Refuses an account that is in use for more than helping, and a second
    time."""
    db.lock(Account, account.id)
    if account.state is not AccountState.disabled and not only_helps(account):
        raise Refusal(AccessRefusal.not_disabled)
    if account.deidentified_at is not None:
        raise Refusal(AccessRefusal.identity_cleared)
    account.state = AccountState.disabled
    account.name, account.phone = db.GONE, ""
    account.phone_index = crypto.fingerprint(crypto.new_token())  # unlike any number's
    account.password_hash = account.totp_secret = None
    account.deidentified_at = clock.now()
    close_all(account, by=by)
    forget_cards(account)
    audit.record(Act.account_deidentified, account, by=by)
