"""Signing in: passwords, single-use links, the second factor."""

from __future__ import annotations

from jiedui.access import passwords, queries
from jiedui.access.models import AccessLink, Account, SignInTry
from jiedui.access.rules import AccessRefusal, AccountState, Actor, blocked, password_fault
from jiedui.core import audit, clock, crypto, db, sessions
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


def set_password(account: Account, password: str, *, by: By, keep: str | None = None) -> None:
    """Change the password and end the account's other sessions; refuses a weak one."""
    fault = password_fault(password, [account.phone])
    if fault is not None:
        raise Refusal(fault, "new_password")
    account.password_hash = passwords.hashed(password)
    sessions.end_for(account.id, but=keep)
    audit.record(Act.password_changed, account, by=by)


def try_sign_in(phone: str, password: str, address: str) -> Account:
    """The account that number and password open. Every try is noted, whatever comes of it;
    refuses when there were too many. Nothing says whether the number has an account."""
    index, place = queries.phone_index(phone), crypto.blind_index("address", address)
    if blocked(*queries.recent_failures(index, place)):
        raise Refusal(AccessRefusal.too_many_tries)
    account = queries.by_phone(phone)
    known = account.password_hash if account is not None and account.is_active else None
    good = passwords.fits(known, password)
    with db.note():
        db.session.add(SignInTry(phone_index=index, address=place, at=clock.now(), good=good))
        if account is not None and not good:
            _note_refused(account, "password")
    if account is None or not good:
        raise Refusal(AccessRefusal.wrong_sign_in)
    return account


def _note_refused(account: Account, why: str) -> None:
    by = queries.actor_for(account, None)
    audit.record(Act.sign_in_refused, account, by=by, why=why)


def check_code(account_id: int, code: str, address: str) -> Account:
    """The second factor: refuses a wrong or used code, and too many tries."""
    account = queries.get(account_id)
    place = crypto.blind_index("address", address)
    if blocked(*queries.recent_failures(account.phone_index, place)):
        raise Refusal(AccessRefusal.too_many_tries)
    with db.note():
        account = queries.get(account_id)
        step = passwords.code_step(account.totp_secret or "", code, account.totp_step)
        if step is not None:
            account.totp_step = step
        else:
            wrong = SignInTry(phone_index=account.phone_index, address=place, at=clock.now())
            wrong.good = False
            db.session.add(wrong)
            _note_refused(account, "code")
    if step is None:
        raise Refusal(AccessRefusal.wrong_code, "code")
    return account


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


def set_second_factor(account: Account, secret: str, code: str, *, by: Actor) -> None:
    """Keep an authenticator once a code from it was right."""
    step = passwords.code_step(secret, code, 0)
    if step is None:
        raise Refusal(AccessRefusal.wrong_code, "code")
    account.totp_secret, account.totp_step = secret, step
    audit.record(Act.second_factor_set, account, by=by)
