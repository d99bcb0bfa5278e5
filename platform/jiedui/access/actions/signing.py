"""Signing in: passwords, single-use links, the second factor."""

from __future__ import annotations

from jiedui.access import passwords, queries
from jiedui.access.actions import tries
from jiedui.access.actions.cards import use_code
from jiedui.access.actions.leaving import close_all
from jiedui.access.models import AccessLink, Account
from jiedui.access.rules import (
    CODE_DIGITS,
    AccessRefusal,
    AccountState,
    Actor,
    Step,
    password_fault,
)
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal


def use_link(token: str, password: str, *, by: By) -> Account:
    """Set the password by a link; ends every session and uses the link up. Refuses a link that
    is gone and a weak password."""
    link = queries.by_link(token)
    link = link and db.lock(AccessLink, link.id)
    if link is None or link.used_at is not None:
        raise Refusal(AccessRefusal.link_gone)
    account = queries.get(link.account_id)
    set_password(account, password, by=by)
    if account.state is AccountState.invited:
        account.state = AccountState.active
        audit.record(Act.account_activated, account, by=by)
    link.used_at = clock.now()
    return account


def hash_of_new(password: str, phone: str) -> str:
    """What is kept of a new password. Refuses a weak one."""
    fault = password_fault(password, [phone])
    if fault is not None:
        raise Refusal(fault, "new_password")
    return passwords.hashed(password)


def set_password(account: Account, password: str, *, by: By, keep: str | None = None) -> None:
    """Change the password, end the account's other sessions and forget its phones; refuses a weak
    one."""
    account.password_hash = hash_of_new(password, account.phone)
    close_all(account, by=by, but=keep)
    audit.record(Act.password_changed, account, by=by)


def try_sign_in(phone: str, password: str, address: str) -> Account:
    """The account that number and password open. Every try is noted, whatever comes of it;
    refuses when there were too many. Nothing says whether the number has an account."""
    tried = tries.begin(queries.phone_index(phone), address, Step.password)
    account = queries.by_phone(phone)
    known = account.password_hash if account is not None and account.is_active else None
    good = passwords.fits(known, password)
    with db.note():
        if good:
            tries.succeed(tried)
        elif account is not None:
            _note_refused(account, "password")
    if account is None or not good:
        raise Refusal(AccessRefusal.wrong_sign_in)
    return account


def confirm_password(account: Account, password: str, address: str, *, by: Actor) -> None:
    """Somebody who is signed in types the password once more, before what is sealed is shown.
    Counted as a try to sign in, so that a page left open is no place to guess it."""
    tried = tries.begin(account.phone_index, address, Step.password)
    good = passwords.fits(account.password_hash, password)
    with db.note():
        if good:
            tries.succeed(tried)
            audit.record(Act.password_confirmed, account, by=by)
        else:
            _note_refused(account, "password")
    if not good:
        raise Refusal(AccessRefusal.wrong_password, "password")


def _note_refused(account: Account, why: str) -> None:
    by = queries.actor_for(account, None)
    audit.record(Act.sign_in_refused, account, by=by, why=why)


def check_code(account_id: int, typed: str, address: str) -> Account:
    """The second factor, of an authenticator or a card: refuses a wrong or used code, and too many
    tries. The account's row is locked: of two who show one code, one is let in."""
    code = passwords.digits(typed)
    tried = tries.begin(queries.get(account_id).phone_index, address, Step.code)
    with db.note():
        locked = db.lock(Account, account_id, referred=True)
        account = queries.get(account_id)
        good = locked is not None and account.is_active and _take(account, code)
        if good:
            tries.forget(tried)
        else:
            _note_refused(account, "code")
    if not good:
        raise Refusal(AccessRefusal.wrong_code, "code")
    return account


def _take(account: Account, code: str) -> bool:
    """Use a code up, if it is one."""
    if len(code) == CODE_DIGITS:
        return use_code(account, code, by=queries.actor_for(account, None))
    step = account.totp_secret and passwords.code_step(account.totp_secret, code, account.totp_step)
    if not step:
        return False
    account.totp_step = step
    return True


def note_signed_in(account: Account, *, out: bool = False) -> None:
    """Signing in and out are on record."""
    by = queries.actor_for(account, None)
    audit.record(Act.signed_out if out else Act.signed_in, account, by=by)


def change_password(
    account: Account, present: str, new: str, *, by: Actor, keep: str | None
) -> None:
    """One's own new password; the session with the cookie `keep` goes on, all others end."""
    if not passwords.fits(account.password_hash, present):
        raise Refusal(AccessRefusal.wrong_password, "present")
    set_password(account, new, by=by, keep=keep)


def set_second_factor(
    account: Account, secret: str, code: str, *, by: By, keep: str | None = None
) -> None:
    """Keep an authenticator once a code from it was right; the session with the cookie `keep` goes
    on, all others end: they were opened without it."""
    step = passwords.code_step(secret, code, 0)
    if step is None:
        raise Refusal(AccessRefusal.wrong_code, "code")
    account.totp_secret, account.totp_step = secret, step
    close_all(account, by=by, but=keep)
    audit.record(Act.second_factor_set, account, by=by)
