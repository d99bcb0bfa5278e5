"""Finding gifts, what of them is under way, and their books."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.donations.models import Allotment, Gift, GiftEntry, MaterialWish
from jiedui.donations.queries.wishes import inside, unclaimed
from jiedui.donations.rules.books import Account, AllotmentState, GiftState
from jiedui.donations.rules.goods import fits
from jiedui.donations.rules.wishes import WishState
from jiedui.needs.rules import Urgency
from jiedui.regions.models import Region

AT_ONCE = 50
LOOKED = 5  # so many times as many wishes are looked at for a size that fits


def get(gift_id: int) -> Gift:
    """The gift with its stock and what went where; raise Missing."""
    wish = selectinload(Gift.allotments).joinedload(Allotment.wish)
    found = select(Gift).where(Gift.id == gift_id)
    gift = db.session.scalar(
        found.options(
            joinedload(Gift.stock),
            joinedload(Gift.unit),
            joinedload(Gift.receiver),
            wish.joinedload(MaterialWish.child).joinedload(Child.village).joinedload(Region.parent),
        )
    )
    if gift is None:
        raise Missing
    return gift


def gifts(county_id: int, after: int = 0, limit: int = AT_ONCE) -> list[Gift]:
    """A county's gifts, newest first; keyset paging: only ids below `after`, when it is given."""
    found = select(Gift).where(Gift.county_id == county_id)
    if after:
        found = found.where(Gift.id < after)
    found = found.options(joinedload(Gift.stock), joinedload(Gift.unit), joinedload(Gift.receiver))
    return list(db.session.scalars(found.order_by(Gift.id.desc()).limit(limit)))


def unanswered(actor: Actor) -> list[Gift]:
    """Offers of the actor's county that no office has answered, oldest first; not those that the
    actor wrote down."""
    me = {actor.account_id, actor.acts_as}
    found = select(Gift).where(
        Gift.county_id == actor.county_id,
        Gift.state == GiftState.offered,
        or_(Gift.recorded_by.is_(None), Gift.recorded_by.not_in(me)),
    )
    return list(db.session.scalars(found.order_by(Gift.id)))


def entries(gift_id: int) -> list[GiftEntry]:
    """The books of a gift, oldest first."""
    found = select(GiftEntry).where(GiftEntry.gift_id == gift_id)
    return list(db.session.scalars(found.order_by(GiftEntry.id)))


def sums(gift_id: int) -> Counter[Account]:
    """What each account holds by the entries alone; the giver's is below zero by what was
    received."""
    held: Counter[Account] = Counter()
    for entry in entries(gift_id):
        held[entry.source] -= entry.amount
        held[entry.target] += entry.amount
    return held


def entry_of(allotment_id: int) -> GiftEntry | None:
    """The entry by which an allotment was taken out of stock."""
    mine = GiftEntry.allotment_id == allotment_id, GiftEntry.reverses.is_(None)
    return db.session.scalar(select(GiftEntry).where(*mine))


def fitting(gift: Gift, limit: int = AT_ONCE) -> list[MaterialWish]:
    """Open wishes that a gift's purpose and sizes allow and no other gift claims, urgent ones
    first, then the oldest; of clothes and shoes only the first so many are looked at."""
    mine = [MaterialWish.county_id == gift.county_id, MaterialWish.state == WishState.open]
    mine.append(unclaimed(gift.id))
    if gift.kind is not None:
        mine.append(MaterialWish.kind == gift.kind)
    home = joinedload(MaterialWish.child).joinedload(Child.village).joinedload(Region.parent)
    red, soon = MaterialWish.urgency != Urgency.red, MaterialWish.urgency == Urgency.normal
    found = select(MaterialWish).where(*mine).options(home)
    rows = db.session.scalars(found.order_by(red, soon, MaterialWish.id).limit(LOOKED * limit))
    return [one for one in rows if fits(gift.sizes, one.measure)][:limit]


def allotment(allotment_id: int) -> Allotment:
    """One allotment with gift, wish and child; raise Missing."""
    home = joinedload(Allotment.wish).joinedload(MaterialWish.child)
    found = select(Allotment).where(Allotment.id == allotment_id)
    one = db.session.scalar(
        found.options(
            joinedload(Allotment.gift), home.joinedload(Child.village).joinedload(Region.parent)
        )
    )
    if one is None:
        raise Missing
    return one


def on_the_way(actor: Actor) -> list[Allotment]:
    """What was sent to children of a scope and nobody has said came, oldest first."""
    home = joinedload(Allotment.wish).joinedload(MaterialWish.child)
    found = (
        select(Allotment)
        .join(MaterialWish, MaterialWish.id == Allotment.wish_id)
        .where(inside(actor.scope), Allotment.state == AllotmentState.dispatched)
        .options(
            joinedload(Allotment.gift), home.joinedload(Child.village).joinedload(Region.parent)
        )
    )
    return list(db.session.scalars(found.order_by(Allotment.dispatched_at, Allotment.id)))
