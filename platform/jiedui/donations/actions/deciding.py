"""One decision: what it gives to whom, whether it waits for a second person, what that one says.

Who decides holds the stocks first, then the wishes, each by id, then the allotments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions import relations
from jiedui.donations.actions.books import post, reverse
from jiedui.donations.models import Allotment, Gift, GiftDecision, GiftStock, MaterialWish
from jiedui.donations.queries import claims
from jiedui.donations.queries import deciding as find
from jiedui.donations.queries import relations as tied
from jiedui.donations.queries.gifts import entry_of
from jiedui.donations.rules.books import (
    ALLOTMENT_MOVES,
    Account,
    AllotmentState,
    GiftForm,
    GiftRefusal,
    Use,
    use_fault,
)
from jiedui.donations.rules.deciding import (
    DECISION_MOVES,
    DecidingRefusal,
    DecisionState,
    wants_second,
)
from jiedui.donations.rules.wishes import WISH_MOVES, WishState
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

K = TypeVar("K")


@dataclass(frozen=True)
class Wanted:
    """So much of a gift for a wish: pieces, or fen."""

    gift: Gift
    wish: MaterialWish
    amount: int

    @property
    def worth(self) -> int:
        """Fen: money as it is, a thing as the wish prices it."""
        return self.amount if self.gift.form is GiftForm.funds else self.wish.price


def held(wanted: Sequence[Wanted]) -> dict[int, GiftStock]:
    """The stocks, then the wishes, held to the end of the act, as they stand now. Refuses a gift
    without one."""
    stocks: dict[int, GiftStock] = {}
    for gift in sorted({one.gift.id for one in wanted}):
        stock = db.lock(GiftStock, gift)
        if stock is None:
            raise Refusal(GiftRefusal.not_now)
        stocks[gift] = stock
    for wish in sorted({one.wish.id for one in wanted}):
        db.lock(MaterialWish, wish)
    return stocks


def fault(one: Wanted, left: int, *, by: Actor) -> GiftRefusal | DecidingRefusal | None:
    """Why this may not be given, with so much left in stock: the earmark, the wish, who
    claims it, a tie."""
    gift, wish = one.gift, one.wish
    use = Use(
        gift.form, gift.kind, gift.until, left, wish.kind, wish.price, one.amount, gift.sizes,
        wish.measure,
    )  # fmt: skip
    found = use_fault(use, clock.today())
    if found is None and (wish.state is not WishState.open or wish.county_id != gift.county_id):
        found = GiftRefusal.wish_not_open
    if found is None and claims.claimer(wish.id) not in (None, gift.id):
        found = GiftRefusal.wish_claimed
    return found or relations.fault(gift, wish, by=by)


def sift(
    wanted: Sequence[tuple[K, Wanted]], *, by: Actor
) -> tuple[list[tuple[K, Wanted]], list[K], int, dict[int, GiftStock]]:
    """What of this holds when each is asked the rules, what is gone, how many a tie stops, and the
    stocks. A step of an act; stocks and wishes are held."""
    stocks = held([one for _key, one in wanted])
    relations.look(((one.gift, one.wish) for _key, one in wanted), by=by)
    good: list[tuple[K, Wanted]] = []
    gone: list[K] = []
    used: Counter[int] = Counter()
    tied = 0
    for key, one in wanted:
        found = fault(one, stocks[one.gift.id].in_stock - used[one.gift.id], by=by)
        if found is None:
            good.append((key, one))
            used[one.gift.id] += one.amount
        elif isinstance(found, DecidingRefusal):
            tied += 1
        else:
            gone.append(key)
    return good, gone, tied, stocks


def decide(
    wanted: Sequence[Wanted], stocks: dict[int, GiftStock], evidence: str, *, by: Actor
) -> tuple[GiftDecision, list[Allotment]]:
    """Give what was found free of faults, as one decision. A step of an act that holds the stocks
    and wishes. From the county's sum on it waits for a second person; the amounts are held."""
    if not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    sums: Counter[int] = Counter()
    for one in wanted:
        sums[one.gift.id] += one.worth
    today, county = clock.today(), wanted[0].gift.county_id
    before = find.decided_on(today, {by.account_id, by.acts_as}, sums)
    limit = int(regions.setting(county, Setting.second_person_from))
    waits = wants_second(sums, before, limit)
    decision = GiftDecision(
        county_id=county, state=DecisionState.waiting if waits else DecisionState.free,
        value=sum(sums.values()), on=today, evidence=evidence.strip(), decided_by=by.account_id,
        decided_as=by.acts_as, decided_at=clock.now(),
    )  # fmt: skip
    db.session.add(decision)
    audit.record(Act.gift_decided, decision, by=by, value=decision.value, second=waits)
    return decision, [_put(one, stocks[one.gift.id], decision, by=by) for one in wanted]


def _put(one: Wanted, stock: GiftStock, decision: GiftDecision, *, by: Actor) -> Allotment:
    gift, wish = one.gift, one.wish
    part = Allotment(
        county_id=gift.county_id, gift=gift, wish=wish, amount=one.amount,
        state=AllotmentState.allocated, decision_id=decision.id, decided_by=by.account_id,
        decided_as=by.acts_as, decided_at=decision.decided_at,
    )  # fmt: skip
    wish_becomes(wish, WishState.granted)
    db.session.add(part)
    db.session.flush()
    way = Account.stock, Account.allocated
    post(gift, stock, way, one.amount, decision.evidence, by=by, allotment=part)
    audit.record(Act.gift_allotted, part, by=by, gift=gift.id, amount=one.amount)
    return part


def wish_becomes(wish: MaterialWish, new: WishState) -> None:
    """A wish goes on. A step of an act that holds it."""
    WISH_MOVES.require(wish.state, new)
    wish.state = new


def give_back(part: Allotment, stock: GiftStock, evidence: str, *, by: Actor) -> None:
    """The amount is in stock again, by an entry that reverses, and the wish is open. A step of an
    act that holds stock, wish and allotment."""
    if not ALLOTMENT_MOVES.allows(part.state, AllotmentState.taken_back):
        raise Refusal(GiftRefusal.not_now)
    entry = entry_of(part.id)
    if entry is None:
        raise Refusal(GiftRefusal.not_now)
    part.state = AllotmentState.taken_back
    reverse(entry, stock, evidence, by=by)
    wish_becomes(part.wish, WishState.open)
    audit.record(Act.gift_allotment_taken_back, part, by=by)


def _second(decision: GiftDecision, new: DecisionState, version: int | None, *, by: Actor) -> None:
    db.lock(GiftDecision, decision.id)
    fresh(decision.version, version)
    if not DECISION_MOVES.allows(decision.state, new):
        raise Refusal(DecidingRefusal.answered)
    if {by.account_id, by.acts_as} & {decision.decided_by, decision.decided_as}:
        raise Refusal(DecidingRefusal.first_person)
    pairs = [(one.gift, one.wish_id) for one in decision.allotments]
    if tied.stands_in_both(by, pairs):
        raise Refusal(DecidingRefusal.decider_related)
    decision.state, decision.second_at = new, clock.now()
    decision.second_by, decision.second_as = by.account_id, by.acts_as
    about = (GiftDecision.__tablename__, decision.id)
    outbox.post(LetterKind.gift_second, to=decision.decided_by, county_id=decision.county_id,
                about=about)  # fmt: skip


def agree(decision: GiftDecision, *, by: Actor, version: int | None = None) -> None:
    """The second person says yes: it may be sent. Refuses whoever decided, and a second answer."""
    _second(decision, DecisionState.agreed, version, by=by)
    audit.record(Act.gift_decision_agreed, decision, by=by)


def refuse(decision: GiftDecision, evidence: str, *, by: Actor, version: int | None = None) -> None:
    """The second person says no: all of it is in stock again, the wishes are open. Refuses whoever
    decided, a second answer, and a no that nothing shows."""
    if not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    parts = list(decision.allotments)
    stocks = held([Wanted(one.gift, one.wish, one.amount) for one in parts])
    for one in parts:
        db.lock(Allotment, one.id)
    _second(decision, DecisionState.refused, version, by=by)
    for one in parts:
        if one.state is AllotmentState.allocated:
            give_back(one, stocks[one.gift_id], evidence, by=by)
    audit.record(Act.gift_decision_refused, decision, by=by)
