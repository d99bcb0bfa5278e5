"""A unit claims open wishes by the dozen; once its gift is received the office gives each its piece
with one press; a claim that nothing comes of is released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.donations.actions.books import locked
from jiedui.donations.actions.deciding import Wanted, decide, sift
from jiedui.donations.actions.offers import offer_ours
from jiedui.donations.models import Gift, GiftClaim, GiftDecision, GiftStock, MaterialWish
from jiedui.donations.queries import claims as find
from jiedui.donations.rules.books import GiftForm, GiftRefusal, GiftSaid
from jiedui.donations.rules.claims import MOST_CLAIMED
from jiedui.donations.rules.deciding import DecidingRefusal
from jiedui.donations.rules.wishes import WishState


@dataclass(frozen=True)
class Given:
    """What came of one press: how many wishes were given their piece, how many were gone, how many
    wait for a tie to be looked at. No decision: all of them wait for that."""

    decision: GiftDecision | None
    taken: int
    gone: int
    tied: int


def claim(said: GiftSaid, *, by: Actor) -> Gift:
    """The actor's unit offers so many pieces of a kind, and the first so many open wishes of this
    kind are kept for them. Refuses more than MOST_CLAIMED, more than are open, and what every offer
    is refused for."""
    if said.kind is None:
        raise Refusal(GiftRefusal.kind_missing, "kind")
    if not 1 <= said.amount <= MOST_CLAIMED:
        raise Refusal(GiftRefusal.too_many_claimed, "amount", most=MOST_CLAIMED)
    wishes = find.free(by.county_id, said.kind, said.amount)
    for number in sorted(wish.id for wish in wishes):
        db.lock(MaterialWish, number)
    good = [w for w in wishes if w.state is WishState.open and find.claimer(w.id) is None]
    if len(good) < said.amount:
        raise Refusal(GiftRefusal.fewer_open, "amount", num=len(good))
    gift = offer_ours(replace(said, form=GiftForm.goods), by=by)
    now = clock.now()
    db.session.add_all(
        GiftClaim(county_id=gift.county_id, gift_id=gift.id, wish_id=wish.id, at=now)
        for wish in good
    )
    audit.record(Act.gift_claimed, gift, by=by, count=len(good))
    return gift


def give_claimed(gift: Gift, evidence: str, *, by: Actor) -> Given:
    """Give each wish that this gift claims its piece, as one decision with one evidence; each is
    asked the rules of giving. From the county's sum on it waits for a second person. Refuses when
    nothing is left to give."""
    locked(gift)
    pairs = [(one, Wanted(gift, one.wish, 1)) for one in find.outstanding(gift.id)]
    good, gone, tied, stocks = sift(pairs, by=by)
    if not good and tied:
        return Given(None, 0, len(gone), tied)
    if not good:
        raise Refusal(DecidingRefusal.none_left)
    decision, _parts = decide([wanted for _claim, wanted in good], stocks, evidence, by=by)
    return Given(decision, len(good), len(gone), tied)


def release(claim_id: int, *, by: By) -> bool:
    """Let a claim go that has ended by itself, if it still has: others may give to the wish."""
    one = db.session.get(GiftClaim, claim_id)
    if one is None:
        return False
    stock = db.lock(GiftStock, one.gift_id)
    db.lock(MaterialWish, one.wish_id)
    db.lock(GiftClaim, one.id)
    if stock is None or one.released_at is not None or not find.ended(one, stock.in_stock):
        return False
    one.released_at = clock.now()
    audit.record(Act.gift_claim_released, one, by=by, gift=one.gift_id)
    return True


def let_go(gift_id: int, claim_ids: Iterable[int], *, by: By) -> int:
    """Let the claims of a gift go that have ended; whoever claimed hears it once where wishes are
    open to others again. Returns how many went."""
    gone = [number for number in claim_ids if release(number, by=by)]
    gift = db.session.get_one(Gift, gift_id)
    if gone and find.open_again(gone):
        kind, about = LetterKind.claims_let_go, ("our_gift", gift_id)
        outbox.post(kind, to=gift.recorded_by, county_id=gift.county_id, about=about)
    return len(gone)
