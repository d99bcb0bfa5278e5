"""What is given and its books: forms, accounts, how a gift and an allotment go on, and what is
refused. Amounts are whole: pieces of goods, fen of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.core.states import Transitions
from jiedui.donations.rules.goods import SIZED, GoodsKind, fits, span
from jiedui.partners.rules import UnitKind

# Who may receive: an office may not, but in a disaster (公益事业捐赠法 11).
RECEIVERS = (UnitKind.charity, UnitKind.social_organisation)


class GiftForm(StrEnum):
    """Goods, or money for a purpose."""

    goods = "goods"
    funds = "funds"


class Condition(StrEnum):
    """What goods are like; nothing else is taken (慈善法 36)."""

    new = "new"
    as_new = "as_new"


class Carrier(StrEnum):
    """Who brings goods to the receiver."""

    giver = "giver"
    receiver = "receiver"
    post = "post"


class GiftState(StrEnum):
    """Where a gift stands as a whole; once it is received its books say the rest."""

    offered = "offered"
    accepted = "accepted"
    received = "received"
    refused = "refused"


GIFT_MOVES = Transitions(
    {
        GiftState.offered: {GiftState.accepted, GiftState.refused},
        GiftState.accepted: {GiftState.received, GiftState.refused},
    }
)


class RefuseReason(StrEnum):
    """Why a gift is not taken."""

    not_needed = "not_needed"
    not_usable = "not_usable"
    not_for_this = "not_for_this"
    never_came = "never_came"
    giver_withdrew = "giver_withdrew"


class Account(StrEnum):
    """Where an amount can be. Each entry takes from one and puts to another."""

    giver = "giver"
    stock = "stock"
    allocated = "allocated"
    returned = "returned"
    written_off = "written_off"


FORWARD = frozenset(
    {
        (Account.giver, Account.stock),
        (Account.stock, Account.allocated),
        (Account.stock, Account.returned),
        (Account.stock, Account.written_off),
    }
)
LEAVES = (Account.returned, Account.written_off)  # said by hand, with evidence


class AllotmentState(StrEnum):
    """Where that stands which is given to one wish."""

    allocated = "allocated"
    dispatched = "dispatched"
    delivered = "delivered"
    thanked = "thanked"
    taken_back = "taken_back"


ALLOTMENT_MOVES = Transitions(
    {
        AllotmentState.allocated: {AllotmentState.dispatched, AllotmentState.taken_back},
        AllotmentState.dispatched: {AllotmentState.delivered, AllotmentState.taken_back},
        AllotmentState.delivered: {AllotmentState.thanked},
    }
)


UNDER_WAY = (AllotmentState.allocated, AllotmentState.dispatched)


class Thanks(StrEnum):
    """What comes back to whoever gave: chosen, not written, so that it can name nobody."""

    glad = "glad"
    fits = "fits"
    uses_it = "uses_it"
    thank_you = "thank_you"


class GiftRefusal(StrEnum):
    """Why something about a gift is refused."""

    giver_missing = "giver missing"
    giver_twice = "giver twice"
    kind_missing = "kind missing"
    condition_missing = "condition missing"
    no_amount = "no amount"
    term_past = "term past"
    not_a_receiver = "not a receiver"
    own_gift = "own gift"
    more_than_offered = "more than offered"
    not_now = "not now"
    not_enough = "not enough"
    other_purpose = "other purpose"
    term_over = "term over"
    one_piece = "one piece"
    dearer_than_wish = "dearer than wish"
    wish_not_open = "wish not open"
    wish_claimed = "wish claimed"
    fewer_open = "fewer open"
    too_many_claimed = "too many claimed"
    decided_by_self = "decided by self"
    not_a_township = "not a township"
    evidence_missing = "evidence missing"
    sizes_unread = "sizes unread"
    wrong_size = "wrong size"
    link_gone = "link gone"
    code_wrong = "code wrong"
    unprintable = "unprintable"


@dataclass(frozen=True)
class GiftSaid:
    """What is said of a gift. `kind` is what goods are, or what money is for (None: any wish);
    `until` the last day of use, for money the term that its giver has set; `sizes` from which to
    which, as written on clothes or shoes; `lies_id` the township where goods are (None: not said,
    or out of the county)."""

    form: GiftForm
    kind: GoodsKind | None
    words: str
    amount: int
    unit_id: int | None = None
    name: str = ""
    phone: str = ""
    named: bool = False
    condition: Condition | None = None
    carrier: Carrier | None = None
    until: date | None = None
    sizes: tuple[str, str] = ("", "")
    lies_id: int | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """From which size to which, on the scale of the kind; None: for any size."""
        sized = self.form is GiftForm.goods and self.kind in SIZED and any(self.sizes)
        return span(self.kind, *self.sizes) if sized and self.kind else None


def gift_fault(said: GiftSaid, today: date) -> tuple[GiftRefusal, str] | None:
    """What is wrong with an offer, and the field it belongs to."""
    goods = said.form is GiftForm.goods
    checks = (
        (not said.unit_id and not (said.name and said.phone), GiftRefusal.giver_missing, "name"),
        (bool(said.unit_id and said.name), GiftRefusal.giver_twice, "name"),
        (goods and said.kind is None, GiftRefusal.kind_missing, "kind"),
        (goods and said.condition is None, GiftRefusal.condition_missing, "condition"),
        (said.amount < 1, GiftRefusal.no_amount, "amount" if goods else "yuan"),
        (goods and _unread(said), GiftRefusal.sizes_unread, "size_from"),
        (said.until is not None and said.until < today, GiftRefusal.term_past, "until"),
    )
    return next(((code, name) for wrong, code, name in checks if wrong), None)


def _unread(said: GiftSaid) -> bool:
    return said.kind in SIZED and any(said.sizes) and said.span is None


@dataclass(frozen=True)
class Use:
    """What is to be taken out of a gift for a wish: of what form and purpose the gift is, what is
    left of it, what the wish is for and costs; the sizes of the one and the size of the other."""

    form: GiftForm
    purpose: GoodsKind | None
    until: date | None
    left: int
    kind: GoodsKind
    price: int
    amount: int
    sizes: tuple[int, int] | None = None
    size: int | None = None


def use_fault(use: Use, today: date) -> GiftRefusal | None:
    """Whether an earmark allows a use: purpose, term, balance; a wish gets one piece, or no more
    money than it costs. The database holds purpose, term and balance once more."""
    checks = (
        (use.amount < 1, GiftRefusal.no_amount),
        (use.purpose is not None and use.purpose is not use.kind, GiftRefusal.other_purpose),
        (use.until is not None and use.until < today, GiftRefusal.term_over),
        (use.amount > use.left, GiftRefusal.not_enough),
        (use.form is GiftForm.goods and use.amount != 1, GiftRefusal.one_piece),
        (use.form is GiftForm.funds and use.amount > use.price, GiftRefusal.dearer_than_wish),
        (not fits(use.sizes, use.size), GiftRefusal.wrong_size),
    )
    return next((code for wrong, code in checks if wrong), None)
