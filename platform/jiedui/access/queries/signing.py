"""Tries to sign in, cards of one-time codes, and remembered phones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from jiedui.access.models import Account, CodeCard, OneTimeCode, RememberedPhone, SignInTry
from jiedui.access.rules import PHONE_DAYS, TRIES_WITHIN, Step
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing


def recent_failures(index: str, address: str) -> tuple[int, int]:
    """Failed tries of late: of this name from this address, and of any name from it."""
    late = SignInTry.at > clock.now() - TRIES_WITHIN, SignInTry.step != Step.registering
    here = select(func.count()).where(*late, SignInTry.address == address, ~SignInTry.good)
    ours = here.where(SignInTry.phone_index == index)
    return db.session.scalar(ours) or 0, db.session.scalar(here) or 0


def known_here(index: str, address: str) -> bool:
    """Whether this name has signed in from this address within the last month."""
    late = SignInTry.at > clock.now() - timedelta(days=PHONE_DAYS)
    good = select(SignInTry.id).where(
        SignInTry.phone_index == index, SignInTry.address == address, SignInTry.good, late
    )
    return db.session.scalar(good.limit(1)) is not None


def wrong_codes(index: str) -> int:
    """Failed second steps of this name of late, from anywhere."""
    late = SignInTry.at > clock.now() - TRIES_WITHIN
    found = select(func.count()).where(
        SignInTry.phone_index == index, late, ~SignInTry.good, SignInTry.step == Step.code
    )
    return db.session.scalar(found) or 0


def registrations(place: str | None, within: timedelta) -> int:
    """How often somebody has registered of late: from an address (its fingerprint), or at all."""
    late = SignInTry.at > clock.now() - within, SignInTry.step == Step.registering
    found = select(func.count()).where(*late)
    if place is not None:
        found = found.where(SignInTry.address == place)
    return db.session.scalar(found) or 0


def card_of(account_id: int) -> CodeCard | None:
    """An account's living card with its codes."""
    found = select(CodeCard).where(CodeCard.account_id == account_id, CodeCard.voided_at.is_(None))
    return db.session.scalar(found.options(selectinload(CodeCard.codes)))


def code_of(card: CodeCard, index: str) -> OneTimeCode | None:
    """The code of a card with this fingerprint, used or not."""
    found = select(OneTimeCode).where(
        OneTimeCode.card_id == card.id, OneTimeCode.code_index == index
    )
    return db.session.scalar(found)


def has_second_factor(account: Account) -> bool:
    """Whether more than the password is asked of an account: an authenticator or a card. A card
    that is used up still counts: else its last code would leave the password alone."""
    return account.totp_secret is not None or card_of(account.id) is not None


def remembered(token: str | None) -> RememberedPhone | None:
    """The phone with this cookie, if it is remembered still."""
    if not token:
        return None
    mine = RememberedPhone.fingerprint == crypto.fingerprint(token)
    found = select(RememberedPhone).where(mine, RememberedPhone.expires_at > clock.now())
    return db.session.scalar(found)


def phones_of(account_id: int) -> Sequence[RememberedPhone]:
    """The phones that are remembered for an account, oldest first."""
    found = select(RememberedPhone).where(
        RememberedPhone.account_id == account_id, RememberedPhone.expires_at > clock.now()
    )
    return db.session.scalars(found.order_by(RememberedPhone.id)).all()


def remembered_phone(phone_id: int) -> RememberedPhone:
    """One of them; raise Missing."""
    found = db.session.get(RememberedPhone, phone_id)
    if found is None:
        raise Missing
    return found
