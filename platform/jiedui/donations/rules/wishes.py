"""Material wishes (微心愿): kinds, seasons, how one goes on, what may be wished, how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.children.rules import Means
from jiedui.core.identity import Family, told
from jiedui.core.states import Transitions
from jiedui.donations.rules.goods import SIZED, GoodsKind, measure
from jiedui.needs.rules import Urgency

AGREED_HOW = (Means.spoken, Means.telephone, Means.paper)
WISH_DAYS = 180  # a wish nobody has met by then is closed: the child has outgrown it
MOST_OPEN = 3  # wishes of one child at a time, so that no child takes all of a festival
ADDRESS_LEAST = 2


class Season(StrEnum):
    """When it is wanted."""

    any_time = "any_time"
    new_term = "new_term"
    winter = "winter"
    spring_festival = "spring_festival"
    childrens_day = "childrens_day"


class WishState(StrEnum):
    """Where a wish stands. Waiting: the township has not looked yet; granted: something is
    allocated to it."""

    waiting = "waiting"
    open = "open"
    granted = "granted"
    fulfilled = "fulfilled"
    closed = "closed"


WISH_MOVES = Transitions(
    {
        WishState.waiting: {WishState.open, WishState.closed},
        WishState.open: {WishState.granted, WishState.closed},
        WishState.granted: {WishState.open, WishState.fulfilled},
    }
)
NOT_YET = frozenset({WishState.waiting, WishState.open})
LIVING = NOT_YET | {WishState.granted}


class WishCloseReason(StrEnum):
    """Why a wish ends unmet."""

    no_longer_wished = "no_longer_wished"
    not_fitting = "not_fitting"
    entered_wrongly = "entered_wrongly"
    ran_out = "ran_out"  # by itself
    child_left = "child_left"  # by itself


SAID_BY_HAND = (
    WishCloseReason.no_longer_wished,
    WishCloseReason.not_fitting,
    WishCloseReason.entered_wrongly,
)


class WishRefusal(StrEnum):
    """Why something about a wish is refused."""

    too_dear = "too dear"
    no_price = "no price"
    size_missing = "size missing"
    size_unread = "size unread"
    nobody_agreed = "nobody agreed"
    identity = "identity"
    child_not_open = "child not open"
    too_many = "too many"
    same_kind = "same kind"
    own_wish = "own wish"
    none_left = "none left"
    granted_already = "granted already"


@dataclass(frozen=True)
class WishSaid:
    """What is said of a wish. `price` in fen is what one such thing costs; `words` are read by
    whoever gives, and by nobody else. `agreed` is which grown-up of the household said yes to it
    (its number), and how."""

    kind: GoodsKind
    price: int
    size: str = ""
    words: str = ""
    urgency: Urgency = Urgency.normal
    season: Season = Season.any_time
    agreed: int | None = None
    agreed_how: Means | None = None


def wish_fault(said: WishSaid, ceiling: int, family: Family) -> tuple[WishRefusal, str] | None:
    """What is wrong with a wish, and the field it belongs to. `ceiling` is the county's, in fen;
    `family` is whom the words must not name."""
    sized = said.kind in SIZED
    checks = (
        (said.price < 1, WishRefusal.no_price, "price"),
        (said.price > ceiling, WishRefusal.too_dear, "price"),
        (sized and not said.size, WishRefusal.size_missing, "size"),
        (sized and measure(said.kind, said.size) is None, WishRefusal.size_unread, "size"),
        (bool(told(said.size, family)), WishRefusal.identity, "size"),
        (bool(told(said.words, family)), WishRefusal.identity, "words"),
    )
    return next(((code, name) for wrong, code, name in checks if wrong), None)


def expires_on(raised: date) -> date:
    """The last day on which a wish holds."""
    return raised + timedelta(days=WISH_DAYS)
