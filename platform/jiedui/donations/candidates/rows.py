"""Gifts in stock and open wishes as the engine's rows: numbers, kinds, townships; nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from jiedui.core import clock
from jiedui.donations.models import Gift, MaterialWish
from jiedui.donations.rules.books import Carrier, GiftForm
from jiedui.donations.rules.plans import REACH_KM
from jiedui.regions.models import Region
from jiedui.regions.rules import Level
from matching.resources import Fund, Goods, ResourcePolicy, Resources, Wish


def rows(
    gifts: Iterable[Gift], wishes: Iterable[MaterialWish], today: date, kept: Mapping[int, int]
) -> Resources:
    """All rows of a county. `kept` is how many pieces of a gift are meant for wishes it claims:
    they are not for others."""
    offered = [one for one in gifts if one.stock.in_stock > kept.get(one.id, 0)]
    return Resources.from_rows(
        [_goods(gift, kept.get(gift.id, 0)) for gift in offered if gift.form is GiftForm.goods],
        [_fund(gift) for gift in offered if gift.form is GiftForm.funds],
        [_wish(wish, today) for wish in wishes],
    )


def policy(today: date) -> ResourcePolicy:
    """The engine's own weights; goods are brought as far as a county reaches."""
    return ResourcePolicy(today=today, reach_km=REACH_KM)


def _goods(gift: Gift, kept: int) -> Goods:
    """Goods are where it is said, else with their receiver; by post they come from nowhere near."""
    seat = gift.lies or (gift.receiver.region if gift.receiver else None)
    seat = None if gift.carrier is Carrier.post else seat
    lat, lon = (seat.point if seat else None) or (None, None)
    return Goods(
        id=gift.id, kind=str(gift.kind), quantity=gift.stock.in_stock - kept, expires=gift.until,
        lat=lat, lon=lon, township_id=_township(seat), size_from=gift.size_from,
        size_to=gift.size_to,
    )  # fmt: skip


def _township(seat: Region | None) -> int | None:
    if seat is None or seat.level is Level.county:
        return None
    return seat.id if seat.level is Level.township else seat.parent_id


def _fund(gift: Gift) -> Fund:
    kinds = frozenset({str(gift.kind)}) if gift.kind else frozenset[str]()
    return Fund(id=gift.id, fen=gift.stock.in_stock, purposes=kinds, ends=gift.until)


def _wish(wish: MaterialWish, today: date) -> Wish:
    """A wish lies in the middle of its township: nearer than that nobody learns."""
    township = wish.child.village.parent
    lat, lon = (township.point if township else None) or (None, None)
    raised = clock.local(wish.raised_at).date()
    return Wish(
        id=wish.id, kind=str(wish.kind), ceiling_fen=wish.price, urgency=wish.urgency.value,
        waiting_days=max(0, (today - raised).days), lat=lat, lon=lon,
        township_id=township.id if township else None, size=wish.measure,
    )  # fmt: skip
