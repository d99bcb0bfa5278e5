"""What went out, what waits, what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.core.outbox import LetterKind
from jiedui.letters.models import Delivery
from jiedui.letters.rules import CUT_OFF_AFTER, OPEN, DeliveryState

PAGE = 50
WITH_LETTER = joinedload(Delivery.letter, innerjoin=True)


def get(delivery_id: int) -> Delivery:
    """One; raise Missing."""
    found = db.session.get(Delivery, delivery_id)
    if found is None:
        raise Missing
    return found


def of_letter(letter_id: int) -> Delivery | None:
    """What became of a letter outside the portal; None when it never left it."""
    return db.session.scalar(select(Delivery).where(Delivery.letter_id == letter_id))


def mine(actor: Actor) -> Sequence[Delivery]:
    """What was sent to somebody, newest first."""
    found = select(Delivery).where(Delivery.account_id == actor.account_id)
    found = found.options(WITH_LETTER).order_by(Delivery.id.desc())
    return db.session.scalars(found.limit(PAGE)).all()


def of_county(
    actor: Actor, state: DeliveryState | None = None, before: int | None = None
) -> Sequence[Delivery]:
    """What was sent to the people of a county, newest first; keyset paging by `before`."""
    found = select(Delivery).where(Delivery.county_id == actor.county_id)
    if state is not None:
        found = found.where(Delivery.state == state)
    if before is not None:
        found = found.where(Delivery.id < before)
    found = found.options(joinedload(Delivery.account), WITH_LETTER).order_by(Delivery.id.desc())
    return db.session.scalars(found.limit(PAGE)).all()


def counts(actor: Actor) -> dict[DeliveryState, int]:
    """How many there are of each state in a county."""
    found = select(Delivery.state, func.count()).where(Delivery.county_id == actor.county_id)
    rows = db.session.execute(found.group_by(Delivery.state)).all()
    return {row[0]: row[1] for row in rows}


def given_up(actor: Actor) -> tuple[int, datetime | None]:
    """How many were given up in a county, and the oldest."""
    found = select(func.count(), func.min(Delivery.made_at)).where(
        Delivery.county_id == actor.county_id, Delivery.state == DeliveryState.given_up
    )
    count, oldest = db.session.execute(found).one()
    return count, oldest


def _due() -> Select[Any]:
    now = clock.now()
    return select(Delivery).where(Delivery.state.in_(OPEN), Delivery.next_try <= now)


def _alone(found: Select[Any]) -> Select[Any]:
    """Held until the end of the act; the letter that is joined stays free for its reader."""
    return found.with_for_update(of=Delivery, skip_locked=True)


def any_due() -> bool:
    """Whether something should leave now."""
    return db.session.scalar(_due().with_only_columns(Delivery.id).limit(1)) is not None


def take_due() -> list[Delivery]:
    """The next that should leave, with all that is due to the same person by the same way, locked:
    another worker passes over them. Empty when there is none."""
    first = db.session.scalar(_alone(_due().order_by(Delivery.next_try, Delivery.id).limit(1)))
    if first is None:
        return []
    same = _due().where(Delivery.account_id == first.account_id, Delivery.way == first.way)
    rows = db.session.scalars(_alone(same.options(WITH_LETTER).order_by(Delivery.id))).all()
    # A code goes by itself: to the address that is not confirmed yet, and to no other.
    return [one for one in rows if _asks(one) == _asks(first)][: 1 if _asks(first) else None]


def _asks(one: Delivery) -> bool:
    return one.letter.kind is LetterKind.address_asked


def any_cut_off() -> bool:
    """Whether a try was cut off long enough ago."""
    late = Delivery.state == DeliveryState.going, Delivery.claimed_at < clock.now() - CUT_OFF_AFTER
    return db.session.scalar(select(Delivery.id).where(*late).limit(1)) is not None


def cut_off() -> Sequence[Delivery]:
    """Tries of which nothing was heard any more, locked."""
    late = Delivery.state == DeliveryState.going, Delivery.claimed_at < clock.now() - CUT_OFF_AFTER
    return db.session.scalars(_alone(select(Delivery).where(*late))).all()


def several(ids: Sequence[int]) -> list[Delivery]:
    """These, in the order in which they were made."""
    found = select(Delivery).where(Delivery.id.in_(ids))
    found = found.options(joinedload(Delivery.account), WITH_LETTER)
    return list(db.session.scalars(found.order_by(Delivery.id)))
