"""What opens an account closes: its sessions and the phones that are remembered for it."""

from __future__ import annotations

from sqlalchemy import update

from jiedui.access import queries
from jiedui.access.models import Account, RememberedPhone
from jiedui.access.rules import Forgotten
from jiedui.core import audit, db, sessions
from jiedui.core.actors import By
from jiedui.core.acts import Act


def close_all(account: Account, *, by: By, but: str | None = None) -> None:
    """End every session but the one with the cookie `but`, and forget every phone: at a new
    password or number, a lost authenticator, a change of roles, when an account is disabled. A
    session that is being opened at this moment belongs to an epoch that is over, and so does the
    one that goes on until its page takes it along (guard.EPOCH)."""
    sessions.end_for(account.id, but=but)
    later = update(Account).where(Account.id == account.id)
    db.session.execute(later.values(session_epoch=Account.session_epoch + 1))
    for phone in queries.phones_of(account.id):
        forget(phone, Forgotten.ended, by=by)


def forget(phone: RememberedPhone, why: Forgotten, *, by: By) -> None:
    """A phone is remembered no longer; who has it in hand signs in with the password."""
    audit.record(Act.phone_forgotten, phone, by=by, why=why.value)
    db.session.delete(phone)


def sign_out_everywhere(account: Account, *, by: By) -> None:
    """A phone is lost or somebody left a page open: whoever looks after the account closes it
    everywhere. The password stays."""
    close_all(account, by=by)
    audit.record(Act.signed_out_everywhere, account, by=by)
