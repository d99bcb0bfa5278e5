"""Finding decisions that wait for a second person, and what somebody has decided before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.donations.models import Allotment, Gift, GiftConsent, GiftDecision, GiftEntry
from jiedui.donations.models import MaterialWish as Wish
from jiedui.donations.rules.books import AllotmentState, GiftForm
from jiedui.donations.rules.deciding import DecisionState
from jiedui.regions.models import Region


def get(decision_id: int) -> GiftDecision:
    """The decision with its allotments, gifts and wishes; raise Missing."""
    part = selectinload(GiftDecision.allotments)
    found = select(GiftDecision).where(GiftDecision.id == decision_id)
    home = part.joinedload(Allotment.wish).joinedload(Wish.child).joinedload(Child.village)
    one = db.session.scalar(
        found.options(
            part.joinedload(Allotment.gift).joinedload(Gift.unit),
            home.joinedload(Region.parent),
            joinedload(GiftDecision.county),
        )
    )
    if one is None:
        raise Missing
    return one


def _lives(decision: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that something of a decision is still to be sent."""
    held = Allotment.decision_id == decision, Allotment.state == AllotmentState.allocated
    return select(Allotment.id).where(*held).exists()


def waiting(actor: Actor, county_id: int) -> list[GiftDecision]:
    """Decisions of others that wait for a second person, oldest first."""
    me = {actor.account_id, actor.acts_as}
    found = select(GiftDecision).where(
        GiftDecision.county_id == county_id,
        GiftDecision.state == DecisionState.waiting,
        GiftDecision.decided_by.not_in(me),
        GiftDecision.decided_as.not_in(me),
        _lives(GiftDecision.id),  # type: ignore[arg-type]
    )
    return list(db.session.scalars(found.order_by(GiftDecision.id)))


def recent(county_id: int, limit: int = 50) -> list[GiftDecision]:
    """Decisions that need or needed a second person, newest first."""
    mine = GiftDecision.county_id == county_id, GiftDecision.state != DecisionState.free
    found = select(GiftDecision).where(*mine).order_by(GiftDecision.id.desc()).limit(limit)
    return list(db.session.scalars(found))


def decided_on(day: date, people: Iterable[int], gifts: Iterable[int]) -> dict[int, int]:
    """What any of these people decided of each of these gifts on a day, in fen: of money what was
    allotted, of goods what the wishes cost. Without what was taken back."""
    who = list(people)
    worth = func.sum(case((Gift.form == GiftForm.funds, Allotment.amount), else_=Wish.price))
    found = (
        select(Allotment.gift_id, worth)
        .join(Gift, Gift.id == Allotment.gift_id)
        .join(Wish, Wish.id == Allotment.wish_id)
        .join(GiftDecision, GiftDecision.id == Allotment.decision_id)
        .where(
            GiftDecision.on == day,
            GiftDecision.decided_by.in_(who) | GiftDecision.decided_as.in_(who),
            Allotment.gift_id.in_(list(gifts)),
            Allotment.state != AllotmentState.taken_back,
        )
        .group_by(Allotment.gift_id)
    )
    return {gift: int(fen) for gift, fen in db.session.execute(found).all()}


def held_of(gift_id: int) -> dict[int, GiftDecision]:
    """Of a gift the allotments that wait for a second person, each with its decision."""
    found = (
        select(Allotment.id, GiftDecision)
        .join(GiftDecision, GiftDecision.id == Allotment.decision_id)
        .where(
            Allotment.gift_id == gift_id,
            Allotment.state == AllotmentState.allocated,
            GiftDecision.state == DecisionState.waiting,
        )
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def entry(entry_id: int) -> GiftEntry:
    """One entry of the books; raise Missing."""
    one = db.session.get(GiftEntry, entry_id)
    if one is None:
        raise Missing
    return one


def reversed_already(entry_id: int) -> bool:
    """Whether an entry has its mirror."""
    mirror = select(GiftEntry.id).where(GiftEntry.reverses == entry_id)
    return db.session.scalar(mirror) is not None


def consents(gift_id: int) -> list[GiftConsent]:
    """What the giver was asked about the earmark, oldest first."""
    found = select(GiftConsent).where(GiftConsent.gift_id == gift_id)
    return list(db.session.scalars(found.order_by(GiftConsent.id)))
