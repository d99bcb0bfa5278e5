"""Printed cards of one-time codes: made by oneself, or handed over by who knows the person."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from jiedui.access import passwords, queries
from jiedui.access.models import Account, CodeCard, OneTimeCode
from jiedui.access.rules import CARD_LOW, AccessRefusal, Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind


def make_card(account: Account, *, by: By) -> list[str]:
    """A fresh card; the one before is void. Returns its codes, which are seen this once."""
    db.lock(Account, account.id, referred=True)  # of two at once, one comes after the other
    _void(account)
    card = CodeCard(
        county_id=account.county_id,
        account_id=account.id,
        made_at=clock.now(),
        made_by=by.account_id,
    )
    db.session.add(card)
    db.session.flush()
    codes = passwords.new_codes()
    card.codes = [OneTimeCode(code_index=passwords.code_index(card.id, code)) for code in codes]
    audit.record(Act.code_card_made, card, by=by)
    return codes


def hand_card(account: Account, *, seen: bool, by: Actor) -> list[str]:
    """A card for somebody who stands before one. It goes round what they had as a second factor:
    refused until their ID card was looked at, which the record then says of who acts."""
    if not seen:
        raise Refusal(AccessRefusal.card_not_seen, "seen")
    return make_card(account, by=by)


def void_card(account: Account) -> None:
    """No code of the card works any more; a step of the act that takes a second factor away."""
    _void(account)


def forget_cards(account: Account) -> None:
    """Nothing is left of what was on any card."""
    _void(account)
    mine = select(CodeCard.id).where(CodeCard.account_id == account.id)
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.card_id.in_(mine)))


def _void(account: Account) -> None:
    living = update(CodeCard).where(CodeCard.account_id == account.id, CodeCard.voided_at.is_(None))
    db.session.execute(living.values(voided_at=clock.now()))


def use_code(account: Account, code: str, *, by: By) -> bool:
    """Use a code of the living card up, in the open note; False when it is none of it or was used.
    The row itself decides who was first. With three left a letter says so."""
    card = queries.card_of(account.id)
    found = card and queries.code_of(card, passwords.code_index(card.id, code))
    if card is None or found is None:
        return False
    unused = update(OneTimeCode).where(OneTimeCode.id == found.id, OneTimeCode.used_at.is_(None))
    if not _one(unused.values(used_at=clock.now())):
        return False
    db.session.expire(card)
    audit.record(Act.code_card_used, card, by=by, left=card.left)
    if card.left == CARD_LOW:
        about = ("code_card", card.id)
        outbox.post(LetterKind.codes_few, to=account.id, county_id=account.county_id, about=about)
    return True


def _one(statement: object) -> bool:
    return bool(db.session.execute(statement).rowcount)  # type: ignore[call-overload, attr-defined]
