"""A tie between a giver and a household stops what would go there, until another person answers."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.donations.actions.books import locked
from jiedui.donations.models import Gift, GiftTie, MaterialWish
from jiedui.donations.queries import relations as find
from jiedui.donations.rules.books import GiftRefusal
from jiedui.donations.rules.deciding import DecidingRefusal
from jiedui.donations.rules.relations import REASONS, ClearReason, TieAnswer

Pair = tuple[int, int]


def look(pairs: Iterable[tuple[Gift, MaterialWish]], *, by: Actor) -> set[Pair]:
    """Look what ties the givers to the households; each new tie is kept and waits for another
    person. Says which pairs of gift and wish are stopped. Whoever calls holds the stock of the
    gifts."""
    wanted = [(gift, wish.id) for gift, wish in pairs]
    found = find.ties_of(wanted)
    kept = find.known(found.keys())
    for (gift_id, wish_id), kinds in found.items():
        gift = next(gift for gift, wish in wanted if (gift.id, wish) == (gift_id, wish_id))
        for kind in sorted(kinds - kept.get((gift_id, wish_id), {}).keys()):
            tie = GiftTie(
                county_id=gift.county_id, gift_id=gift_id, wish_id=wish_id, tie=kind,
                found_by=by.account_id, found_as=by.acts_as, found_at=clock.now(),
            )  # fmt: skip
            db.session.add(tie)
            audit.record(Act.gift_tie_found, tie, by=by, gift=gift_id, tie=kind)
    db.session.flush()
    return find.stopped({(gift.id, wish) for gift, wish in wanted})


def look_at(gift: Gift, wish: MaterialWish, *, by: Actor) -> bool:
    """Whether a tie stops this gift from going to this wish; a new one is kept and waits."""
    if not find.ties_of([(gift, wish.id)]):
        return bool(find.stopped({(gift.id, wish.id)}))
    locked(gift)
    return bool(look([(gift, wish)], by=by))


def fault(gift: Gift, wish: MaterialWish, *, by: Actor) -> DecidingRefusal | None:
    """Why this person may not let this gift go to this wish: a tie nobody has cleared, one that
    they cleared themselves, or that they give or are of the household."""
    pair = (gift.id, wish.id)
    new = find.ties_of([(gift, wish.id)]).get(pair, frozenset())
    kept, me = find.known({pair}).get(pair, {}), {by.account_id, by.acts_as}
    if new - kept.keys() or any(one.answer is not TieAnswer.cleared for one in kept.values()):
        return DecidingRefusal.related
    if any(me & {one.answered_by, one.answered_as} for one in kept.values()):
        return DecidingRefusal.cleared_by_self
    if find.stands_in_both(by, [(gift, wish.id)]):
        return DecidingRefusal.decider_related
    return None


def answer(
    tie: GiftTie, said: TieAnswer, reason: ClearReason, evidence: str, *, by: Actor,
    version: int | None = None,
) -> None:  # fmt: skip
    """Another person says that a tie is none or does no harm, or that it is one. Refuses whoever
    came upon it, who is tied themselves, and a second answer."""
    db.lock(GiftTie, tie.id)
    fresh(tie.version, version)
    if tie.answer is not None:
        raise Refusal(DecidingRefusal.answered)
    if {by.account_id, by.acts_as} & {tie.found_by, tie.found_as}:
        raise Refusal(DecidingRefusal.first_person)
    if find.stands_in_both(by, [(tie.gift, tie.wish_id)]):
        raise Refusal(DecidingRefusal.decider_related)
    if reason not in REASONS[said] or not evidence.strip():
        raise Refusal(GiftRefusal.evidence_missing, "evidence")
    tie.answer, tie.reason, tie.evidence = said, reason, evidence.strip()
    tie.answered_by, tie.answered_as, tie.answered_at = by.account_id, by.acts_as, clock.now()
    audit.record(Act.gift_tie_answered, tie, by=by, answer=said, reason=reason)
