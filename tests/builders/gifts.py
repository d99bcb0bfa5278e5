"""Invented wishes, and what is given for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import Means
from jiedui.core import clock, db
from jiedui.donations.actions import gifts as giving
from jiedui.donations.actions import wishes as actions
from jiedui.donations.models import Gift, MaterialWish
from jiedui.donations.queries import gifts as find_gifts
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.books import Condition, GiftForm, GiftSaid
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import Season, WishSaid, WishState, expires_on
from jiedui.needs.rules import Urgency
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders.helpers import agency
from tests.people import Person


def said(kind: GoodsKind = GoodsKind.school_things, price: int = 8_000, **over: Any) -> WishSaid:
    """A school bag for 80 yuan."""
    return WishSaid(kind, price, **over)


def agreed(child: Child, what: WishSaid) -> WishSaid:
    """The same, with the yes of the first grown-up who may say it (inside a transaction)."""
    first = find.who_may_agree(child)[0]
    return replace(what, agreed=first.id, agreed_how=Means.spoken)


def wish(child_id: int, by: Person, what: WishSaid | None = None) -> int:
    """A wish of a child, raised by a director (opens its own write)."""
    with db.write():
        child = children.get(child_id)
        one = actions.raise_wish(child, agreed(child, what or said()), by=by.actor())
        db.session.flush()
        return one.id


def looked_at(*numbers: int, by: Person) -> None:
    """The township has looked at these wishes (opens its own write)."""
    with db.write():
        rows = [find.get(number) for number in numbers]
        actions.check(rows, by=by.actor(), versions={one.id: one.version for one in rows})


def officer() -> Person:
    """Somebody of Civil Affairs who keeps the books."""
    return people.appoint(Role.coordinator, office=Office.civil_affairs)


def charity(name: str = "北试慈善会") -> int:
    """A charity of the county."""
    return agency(name, UnitKind.charity)


def goods(amount: int = 10, **over: Any) -> GiftSaid:
    """School bags from an invented person."""
    usual: dict[str, Any] = {"name": "贾善人", "phone": people.phone_number()}
    usual |= {"condition": Condition.new, "kind": GoodsKind.school_things, "words": "书包"}
    return GiftSaid(GiftForm.goods, amount=amount, **(usual | over))


def funds(amount: int = 100_000, **over: Any) -> GiftSaid:
    """A thousand yuan for things for school, from an invented person."""
    usual: dict[str, Any] = {"name": "贾善人", "phone": people.phone_number()}
    usual |= {"kind": GoodsKind.school_things, "words": "助学款"}
    return GiftSaid(GiftForm.funds, amount=amount, **(usual | over))


def gift(by: Person, what: GiftSaid, receiver: int | None = None) -> int:
    """A gift that a charity has received whole (opens its own writes)."""
    unit = receiver or charity()
    with db.write():
        number = giving.offer(what, by=by.actor()).id
    with db.write():
        giving.accept(find_gifts.get(number), unit, by=by.actor())
    with db.write():
        giving.receive(find_gifts.get(number), what.amount, "票 0001", by=by.actor())
    return number


def read(number: int) -> Gift:
    """A gift (inside a transaction)."""
    return find_gifts.get(number)


def many_wishes(child_id: int, count: int, raised: Person, checked: Person) -> list[int]:
    """So many open wishes, more than a child may have, written past the rules for a crowd (opens
    its own write)."""
    with db.write() as session:
        child = children.get(child_id)
        rows = [
            MaterialWish(
                county_id=child.county_id, child=child, kind=GoodsKind.school_things, size="",
                words="", price=8_000, ceiling=20_000, urgency=Urgency.normal,
                season=Season.any_time, expires=expires_on(clock.today()), state=WishState.open,
                raised_by=raised.account_id, raised_as=raised.account_id, raised_at=clock.now(),
                checked_by=checked.account_id, checked_at=clock.now(),
            )
            for _ in range(count)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        return [one.id for one in rows]
