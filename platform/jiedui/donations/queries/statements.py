"""What a statement is made of: entries with the gifts they belong to."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.donations.models import Allotment, Gift, GiftEntry, MaterialWish
from jiedui.donations.rules.books import Account
from jiedui.donations.rules.statements import (
    Bound,
    Fact,
    Grouping,
    Line,
    Span,
    TownLine,
    by_township,
    lines,
    parts,
)
from jiedui.regions.models import Region


def gifts_by_id(county_id: int) -> dict[int, Gift]:
    """All gifts of a county."""
    found = select(Gift).where(Gift.county_id == county_id)
    found = found.options(joinedload(Gift.unit), joinedload(Gift.receiver))
    return {gift.id: gift for gift in db.session.scalars(found)}


def facts(county_id: int, end: Span, key: Callable[[Gift], str]) -> list[Fact]:
    """Every entry up to the end of a span, by gift or giver."""
    known = gifts_by_id(county_id)
    found = (
        select(
            GiftEntry.gift_id, GiftEntry.on, GiftEntry.source, GiftEntry.target, GiftEntry.amount
        )
        .where(GiftEntry.county_id == county_id, GiftEntry.on <= end.end)
        .order_by(GiftEntry.gift_id, GiftEntry.id)
    )
    return [
        Fact(key(known[gift]), known[gift].form, known[gift].kind, on, source, target, amount)
        for gift, on, source, target, amount in db.session.execute(found)
    ]


def statement(county_id: int, span: Span, by: Grouping) -> list[tuple[str, Line]]:
    """A line for each gift or giver, or for each part of the span, with its name."""
    if by is Grouping.time:
        every = facts(county_id, span, lambda gift: "")
        return [(name_of(part), one) for part in parts(span) for one in lines(every, part)]
    key = _giver if by is Grouping.giver else _gift
    found = lines(facts(county_id, span, key), span)
    return [(one.key, one) for one in found]


def name_of(span: Span) -> str:
    """A part of a span as a line names it."""
    return f"{span.start:%Y-%m-%d} – {span.end:%Y-%m-%d}"


def _gift(gift: Gift) -> str:
    return f"{gift.code} {gift.words}"


def _giver(gift: Gift) -> str:
    """Two persons of one name are told apart by the end of their telephone numbers."""
    return f"{gift.giver} {gift.giver_phone[-4:]}" if gift.giver_phone else gift.giver


def township_lines(county_id: int, span: Span) -> list[TownLine]:
    """What the span brought to the children of each township."""
    return by_township(bounds(county_id), span)


def bounds(county_id: int) -> list[Bound]:
    """Every allocation and every taking back, with the township; when it came."""
    village, town = aliased(Region), aliased(Region)
    found = (
        select(
            town.name, Gift.form, GiftEntry.kind, GiftEntry.source, GiftEntry.amount,
            GiftEntry.on, Allotment.confirmed_at,
        )
        .join(Gift, Gift.id == GiftEntry.gift_id)
        .join(Allotment, Allotment.id == GiftEntry.allotment_id)
        .join(MaterialWish, MaterialWish.id == Allotment.wish_id)
        .join(Child, Child.id == MaterialWish.child_id)
        .join(village, village.id == Child.village_id)
        .join(town, town.id == village.parent_id)
        .where(GiftEntry.county_id == county_id, GiftEntry.kind.is_not(None))
        .order_by(GiftEntry.id)
    )  # fmt: skip
    return [
        Bound(
            place, form, kind, amount if source is Account.stock else -amount, on,
            clock.local(at).date() if at and source is Account.stock else None,
        )
        for place, form, kind, source, amount, on, at in db.session.execute(found)
        if kind is not None
    ]  # fmt: skip
