"""Invented wishes, and what is given for them."""

from __future__ import annotations

from typing import Any

from jiedui.children import queries as children
from jiedui.core import db
from jiedui.donations.actions import wishes as actions
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.wishes import GoodsKind, WishSaid
from tests.people import Person


def said(kind: GoodsKind = GoodsKind.school_things, price: int = 8_000, **over: Any) -> WishSaid:
    """A school bag for 80 yuan."""
    return WishSaid(kind, price, **over)


def wish(child_id: int, by: Person, what: WishSaid | None = None) -> int:
    """A wish of a child, raised by a director (opens its own write)."""
    with db.write():
        one = actions.raise_wish(children.get(child_id), what or said(), by=by.actor())
        db.session.flush()
        return one.id


def looked_at(*numbers: int, by: Person) -> None:
    """The township has looked at these wishes (opens its own write)."""
    with db.write():
        rows = [find.get(number) for number in numbers]
        actions.check(rows, by=by.actor(), versions={one.id: one.version for one in rows})
