"""What somebody has chosen, and what holds for who has not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from jiedui.access.models import Account, RoleHolding
from jiedui.access.rules import Role
from jiedui.core import carriers, clock, db
from jiedui.core.carriers.ways import Way
from jiedui.core.i18n import DEFAULT
from jiedui.core.outbox import Letter, LetterKind
from jiedui.letters.models import LetterChoice
from jiedui.letters.rules import Hours, Pace, hours_of
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

# By these a helper hears that an answer is waited for.
ASKS_A_HELPER = frozenset({LetterKind.pairing_approved})
HELPS = (Role.volunteer, Role.social_worker)


@dataclass(frozen=True)
class Wanted:
    """By which way, how soon, in which language, to which address."""

    way: Way
    pace: Pace = Pace.at_once
    language: str = DEFAULT
    to: str | None = None


def choice_of(account_id: int) -> LetterChoice | None:
    """What somebody has chosen."""
    return db.session.scalar(select(LetterChoice).where(LetterChoice.account_id == account_id))


def open_ways() -> list[Way]:
    """What can be chosen in this installation, the portal first."""
    return [Way.portal, *carriers.ways()]


def plan(letter: Letter) -> tuple[Way, Pace]:
    """By which way a letter goes that is posted now, and how soon."""
    if letter.kind is LetterKind.address_asked:
        return Way.email, Pace.at_once  # to the address that asks to be confirmed
    choice = choice_of(letter.to_account_id)
    if choice is not None:
        return choice.way, choice.pace
    asked = letter.kind in ASKS_A_HELPER and _helps(letter.to_account_id)
    if asked and regions.setting(letter.county_id, Setting.sms_to_helpers):
        return Way.sms, Pace.at_once
    return Way.portal, Pace.at_once


def _helps(account_id: int) -> bool:
    held = select(RoleHolding).where(
        RoleHolding.account_id == account_id, RoleHolding.role.in_(HELPS)
    )
    today = clock.today()
    return any(one.lives(today) for one in db.session.scalars(held))


def wanted(account: Account, way: Way, *, asked: bool = False) -> Wanted:
    """How somebody is written to by a way now; `asked`: at the address that is not confirmed yet.
    `to` is None where they have no address (any more)."""
    choice = choice_of(account.id)
    to: str | None = account.phone or None
    if way is Way.email:
        to = (choice.asked_email if asked else choice.email) if choice is not None else None
    if choice is None:
        return Wanted(way, to=to)
    return Wanted(way, choice.pace, choice.language, to)


def hours(county_id: int) -> Hours:
    """A county's quiet hours and its time of the daily letter."""
    return hours_of(regions.setting(county_id, Setting.letter_hours))
