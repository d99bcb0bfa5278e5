"""Wishes that may be claimed, and those that are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.donations.models import Gift, GiftClaim, GiftStock, MaterialWish
from jiedui.donations.queries.wishes import ranked, unclaimed, whole
from jiedui.donations.rules.claims import Wished, as_seen, is_over
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WishState
from jiedui.regions.models import Region


def _free(county_id: int, *more: Any) -> Select[Any]:
    mine = MaterialWish.county_id == county_id, MaterialWish.state == WishState.open
    return select(MaterialWish).where(*mine, unclaimed(), *more)


def counts(county_id: int) -> dict[GoodsKind, int]:
    """How many wishes of each kind are open and not claimed."""
    found = _free(county_id).with_only_columns(MaterialWish.kind, func.count())
    rows = db.session.execute(found.group_by(MaterialWish.kind)).all()
    return {kind: int(number) for kind, number in sorted(rows)}


def seen(county_id: int, kind: GoodsKind) -> list[Wished]:
    """The wishes of a kind that may be claimed, as whoever gives may see them; the first ones to
    be claimed first."""
    rows = db.session.scalars(whole(ranked(_free(county_id, MaterialWish.kind == kind))))
    return as_seen((one.kind, one.size, one.price, one.words, one.township) for one in rows)


def free(county_id: int, kind: GoodsKind, limit: int) -> list[MaterialWish]:
    """The first wishes of a kind that may be claimed: urgent ones, then those that hold the
    shortest."""
    found = ranked(_free(county_id, MaterialWish.kind == kind)).limit(limit)
    return list(db.session.scalars(found))


def claimer(wish_id: int) -> int | None:
    """The gift that claims a wish."""
    mine = GiftClaim.wish_id == wish_id, GiftClaim.released_at.is_(None)
    return db.session.scalar(select(GiftClaim.gift_id).where(*mine))


def of_gift(gift_id: int) -> list[GiftClaim]:
    """All claims of a gift with their wishes, those that were released too, by wish."""
    home = joinedload(GiftClaim.wish).joinedload(MaterialWish.child).joinedload(Child.village)
    found = select(GiftClaim).where(GiftClaim.gift_id == gift_id).order_by(GiftClaim.wish_id)
    return list(db.session.scalars(found.options(home.joinedload(Region.parent))))


def outstanding(gift_id: int) -> list[GiftClaim]:
    """Living claims of a gift whose wishes have nothing yet, by wish."""
    claims = of_gift(gift_id)
    return [o for o in claims if o.released_at is None and o.wish.state is WishState.open]


def wished_of(gift_id: int) -> list[Wished]:
    """What a gift claims, as whoever gives may see it: a list for the shop."""
    wishes = [one.wish for one in of_gift(gift_id) if one.released_at is None]
    return as_seen((one.kind, one.size, one.price, one.words, one.township) for one in wishes)


def kept(county_id: int) -> Counter[int]:
    """How many pieces of each gift are meant for wishes that it claims and that have nothing
    yet."""
    found = (
        select(GiftClaim.gift_id, func.count())
        .join(MaterialWish, MaterialWish.id == GiftClaim.wish_id)
        .where(GiftClaim.county_id == county_id, GiftClaim.released_at.is_(None))
        .where(MaterialWish.state == WishState.open)
        .group_by(GiftClaim.gift_id)
    )
    return Counter({gift: int(number) for gift, number in db.session.execute(found)})


def open_again(claim_ids: Collection[int]) -> bool:
    """Whether a wish of these claims still waits for somebody."""
    found = select(GiftClaim.id).join(GiftClaim.wish).where(GiftClaim.id.in_(list(claim_ids)))
    return db.session.scalar(found.where(MaterialWish.state == WishState.open).limit(1)) is not None


def over(county_id: int) -> dict[int, list[int]]:
    """Living claims that end by themselves today, by the id of their gift."""
    found = (
        select(GiftClaim, GiftStock.in_stock)
        .join(GiftClaim.gift)
        .join(GiftClaim.wish)
        .join(GiftStock, GiftStock.gift_id == Gift.id)
        .where(GiftClaim.county_id == county_id, GiftClaim.released_at.is_(None))
        .options(contains_eager(GiftClaim.gift), contains_eager(GiftClaim.wish))
        .order_by(GiftClaim.id)
    )
    mine: defaultdict[int, list[int]] = defaultdict(list)
    for one, stock in db.session.execute(found):
        if ended(one, int(stock)):
            mine[one.gift_id].append(one.id)
    return mine


def ended(claim: GiftClaim, in_stock: int) -> bool:
    """Whether a claim ends by itself as things stand."""
    on = clock.local(claim.at).date()
    return is_over(claim.gift.state, in_stock, claim.wish.state, on, clock.today())
