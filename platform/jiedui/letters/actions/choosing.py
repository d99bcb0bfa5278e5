"""Somebody chooses how letters reach them, and gives an address of their own."""

from __future__ import annotations

import hmac
import secrets

from jiedui.access.models import Account
from jiedui.core import audit, carriers, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.carriers.ways import Way
from jiedui.core.errors import Refusal, fresh
from jiedui.core.i18n import DEFAULT
from jiedui.core.outbox import LetterKind
from jiedui.letters import queries
from jiedui.letters.models import LetterChoice
from jiedui.letters.rules import (
    CODE_DIGITS,
    CODE_LIVES,
    CODE_TRIES,
    CODES_A_DAY,
    LetterRefusal,
    Pace,
    is_address,
)


def _own(account: Account) -> LetterChoice:
    """Somebody's row, made when it is needed; their account is locked, so that it is one."""
    db.lock(Account, account.id, referred=True)
    choice = queries.choice_of(account.id)
    if choice is None:
        choice = LetterChoice(
            county_id=account.county_id,
            account_id=account.id,
            way=Way.portal,
            pace=Pace.at_once,
            language=DEFAULT,
        )
        db.session.add(choice)
        db.session.flush()
    return choice


def choose(
    account: Account, way: Way, pace: Pace, language: str, *, by: By, version: int | None = None
) -> None:
    """Which way, how soon, in which language. Refuses a way that is not there, and e-mail without
    an address that was confirmed."""
    choice = _own(account)
    fresh(choice.version, version)
    if way is not Way.portal and way not in carriers.ways():
        raise Refusal(LetterRefusal.way_not_there, "way")
    if way is Way.email and choice.email is None:
        raise Refusal(LetterRefusal.no_address, "way")
    choice.way, choice.pace, choice.language = way, pace, language
    audit.record(Act.letters_chosen, choice, by=by, way=way.value, pace=pace.value)


def ask_address(account: Account, address: str, *, by: By) -> None:
    """Send a code to an address somebody says is theirs; an earlier code works no more. Refuses
    what is no address, and more than a few codes a day: they go to somebody who may know nothing of
    it."""
    if Way.email not in carriers.ways():
        raise Refusal(LetterRefusal.way_not_there, "address")
    if not is_address(address):
        raise Refusal(LetterRefusal.bad_address, "address")
    choice, today = _own(account), clock.today()
    sent = choice.codes_sent if choice.codes_on == today else 0
    if sent >= CODES_A_DAY:
        raise Refusal(LetterRefusal.too_many_codes, "address")
    choice.asked_email = address
    choice.code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    choice.code_tries, choice.code_until = 0, clock.now() + CODE_LIVES
    choice.codes_on, choice.codes_sent = today, sent + 1
    audit.record(Act.letter_address_asked, choice, by=by)
    about = (LetterChoice.__tablename__, choice.id)
    outbox.post(LetterKind.address_asked, to=account.id, county_id=account.county_id, about=about)


def confirm_address(account: Account, typed: str, *, by: By) -> None:
    """The code from the letter: the address is used from now on, for letters at once unless
    another way was chosen. A wrong one counts and is committed all the same; the last ends it."""
    with db.note():
        refusal = _check(account, "".join(sign for sign in typed if sign.isdigit()), by=by)
    if refusal is not None:
        raise refusal


def _check(account: Account, typed: str, *, by: By) -> Refusal | None:
    choice = _own(account)
    lives = choice.code_until is not None and clock.now() < choice.code_until
    if choice.code is None or not lives:
        return Refusal(LetterRefusal.code_gone, "code")
    if not hmac.compare_digest(choice.code.encode(), typed.encode()):
        choice.code_tries += 1
        if choice.code_tries >= CODE_TRIES:
            _forget_code(choice)
            return Refusal(LetterRefusal.code_gone, "code")
        return Refusal(LetterRefusal.wrong_code, "code", left=CODE_TRIES - choice.code_tries)
    choice.email = choice.asked_email
    _forget_code(choice)
    if choice.way is Way.portal:
        choice.way = Way.email
    audit.record(Act.letter_address_confirmed, choice, by=by)
    return None


def _forget_code(choice: LetterChoice) -> None:
    choice.asked_email = choice.code = choice.code_until = None
    choice.code_tries = 0


def forget_address(account: Account, *, by: By) -> None:
    """Take an own address away; letters stand in the portal then, unless another way is chosen."""
    choice = _own(account)
    if choice.way is Way.email:
        choice.way = Way.portal
    _forget_code(choice)
    choice.email = None
    audit.record(Act.letter_address_forgotten, choice, by=by)


def forget_choice(account_id: int) -> None:
    """The account is cleared: nobody is written to any more. A step of that act."""
    choice = queries.choice_of(account_id)
    if choice is not None:
        db.session.delete(choice)
