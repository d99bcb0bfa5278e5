"""Somebody's own phone is remembered and opened by a PIN."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from jiedui.access import passwords, queries
from jiedui.access.actions.leaving import forget
from jiedui.access.models import Account, RememberedPhone
from jiedui.access.rules import (
    PHONE_DAYS,
    PIN_TRIES,
    AccessRefusal,
    Actor,
    Forgotten,
    may_remember,
    pin_fault,
)
from jiedui.core import audit, clock, crypto, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal


def remember_phone(
    account: Account, pin: str, label: str, *, by: Actor, before: str | None = None
) -> str:
    """Remember a phone for thirty days; returns the token of its cookie. `before` is the cookie
    the phone had, which is forgotten. Refuses roles of the county and of townships, and a PIN
    that is easy to guess."""
    if not may_remember([held.role for held in by.holdings]):
        raise Refusal(AccessRefusal.phone_not_for_role)
    fault = pin_fault(pin, account.phone)
    if fault is not None:
        raise Refusal(fault, "pin")
    db.session.execute(delete(RememberedPhone).where(RememberedPhone.expires_at < clock.now()))
    former = queries.remembered(before)
    if former is not None:
        forget(former, Forgotten.by_hand, by=by)
    token = crypto.new_token()
    phone = RememberedPhone(
        county_id=account.county_id,
        account_id=account.id,
        fingerprint=crypto.fingerprint(token),
        pin_index=passwords.pin_index(crypto.fingerprint(token), pin),
        label=label,
        wrong=0,
        made_at=clock.now(),
        opened_at=clock.now(),
        expires_at=clock.now() + timedelta(days=PHONE_DAYS),
    )
    db.session.add(phone)
    audit.record(Act.phone_remembered, phone, by=by)
    return token


def open_phone(token: str | None, pin: str) -> Account:
    """The account that a remembered phone and its PIN open. Wrong ones are counted under a lock:
    the fifth forgets the phone, however many come at once. Refuses a phone that is gone, and one
    whose person has got a role of the county or a township since."""
    with db.note():
        known = queries.remembered(token)
        phone = db.lock(RememberedPhone, known.id) if known is not None else None
        refusal, account = _opened(phone, pin) if phone is not None else (_gone(), None)
    if refusal is not None or account is None:
        raise refusal or _gone()
    return account


def _gone() -> Refusal:
    return Refusal(AccessRefusal.phone_gone)


def _opened(phone: RememberedPhone, pin: str) -> tuple[Refusal | None, Account | None]:
    account = queries.get(phone.account_id)
    by = queries.actor_for(account, None)
    if not account.is_active or not may_remember([held.role for held in by.holdings]):
        forget(phone, Forgotten.role, by=by)
        return _gone(), None
    if passwords.same(phone.pin_index, passwords.pin_index(phone.fingerprint, pin)):
        phone.wrong, phone.opened_at = 0, clock.now()
        audit.record(Act.phone_opened, phone, by=by)
        return None, account
    audit.record(Act.sign_in_refused, account, by=by, why="pin")
    if phone.wrong + 1 >= PIN_TRIES:
        forget(phone, Forgotten.wrong_pins, by=by)
        return _gone(), None
    phone.wrong += 1
    return Refusal(AccessRefusal.wrong_pin, "pin", left=PIN_TRIES - phone.wrong), None


def forget_phone(phone: RememberedPhone, *, by: Actor) -> None:
    """Its owner takes a phone off the list."""
    forget(phone, Forgotten.by_hand, by=by)


def sign_out_phone(token: str | None, *, by: Actor) -> None:
    """Signing out forgets the phone in one's hand, if it is one's own."""
    phone = queries.remembered(token)
    if phone is not None and phone.account_id == by.account_id:
        forget(phone, Forgotten.sign_out, by=by)
