"""Who gives, who decides and who lives in a household, as far as the portal knows; and the ties
that were found. What is unsealed here goes into a rule and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.models import Account, RoleHolding
from jiedui.access.rules import Actor
from jiedui.children.models import Child, Guardian
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.donations.models import Gift, GiftTie, MaterialWish
from jiedui.donations.rules.relations import Somebody, Tie, TieAnswer, ties
from jiedui.helpers.models import Helper
from jiedui.partners.models import UnitApplication
from jiedui.regions.models import Region

Pair = tuple[int, int]  # gift, wish


def givers(gift: Gift) -> list[Somebody]:
    """The person who gives; of a unit who spoke for it, who holds a role in it, who helps from
    it."""
    if gift.unit_id is None:
        return [Somebody(gift.giver_name or "", gift.giver_phone or "")]
    spoke = select(UnitApplication).where(UnitApplication.unit_id == gift.unit_id)
    held = select(Account).join(RoleHolding, RoleHolding.account_id == Account.id)
    helps = select(Helper).where(Helper.unit_id == gift.unit_id, Helper.deidentified_at.is_(None))
    found = [Somebody(one.contact, one.phone) for one in db.session.scalars(spoke)]
    for account in db.session.scalars(held.where(RoleHolding.unit_id == gift.unit_id).distinct()):
        found.append(Somebody(account.name, account.phone))
    for one in db.session.scalars(helps):
        found.append(Somebody(one.name or "", one.phone or "", one.id_number or ""))
    return found


def households(wish_ids: Collection[int]) -> dict[int, list[Somebody]]:
    """The grown-ups of the household that each of these wishes comes from."""
    found = (
        select(MaterialWish.id, Guardian)
        .join(Child, Child.id == MaterialWish.child_id)
        .join(Guardian, Guardian.household_id == Child.household_id)
        .where(MaterialWish.id.in_(list(wish_ids)))
    )
    there: dict[int, list[Somebody]] = {}
    for wish, one in db.session.execute(found):
        known = Somebody(_known(one.name), one.phone or "", one.id_number or "")
        there.setdefault(wish, []).append(known)
    return there


def _known(name: str | None) -> str:
    return "" if name in (None, db.GONE) else str(name)


def ties_of(pairs: Iterable[tuple[Gift, int]]) -> dict[Pair, frozenset[Tie]]:
    """What ties givers to the households of these wishes, where there is anything."""
    wanted = list(pairs)
    there = households({wish for _gift, wish in wanted})
    some = {gift.id: givers(gift) for gift in {gift.id: gift for gift, _wish in wanted}.values()}
    found = {(gift.id, w): ties(some[gift.id], there.get(w, ())) for gift, w in wanted}
    return {pair: kinds for pair, kinds in found.items() if kinds}


def stands_in_both(actor: Actor, pairs: Iterable[tuple[Gift, int]]) -> set[Pair]:
    """Of these the ones in which whoever decides gives, or is of the household."""
    wanted, me = list(pairs), {actor.account_id, actor.acts_as}
    rows = list(db.session.scalars(select(Account).where(Account.id.in_(me))))
    mine = [Somebody("", one.phone) for one in rows]
    held = select(RoleHolding).where(
        RoleHolding.account_id.in_(me), RoleHolding.unit_id.is_not(None)
    )
    today = clock.today()
    units = {one.unit_id for one in db.session.scalars(held) if one.lives(today)}
    there = households({wish for _gift, wish in wanted})
    gives = {
        gift.id: gift.unit_id in units or bool(ties(mine, givers(gift)))
        for gift in {gift.id: gift for gift, _wish in wanted}.values()
    }
    return {
        (gift.id, wish)
        for gift, wish in wanted
        if gives[gift.id] or ties(mine, there.get(wish, ()))
    }


def known(pairs: Collection[Pair]) -> dict[Pair, dict[Tie, GiftTie]]:
    """The ties that are kept of these pairs."""
    rows = select(GiftTie).where(
        GiftTie.gift_id.in_({gift for gift, _wish in pairs}),
        GiftTie.wish_id.in_({wish for _gift, wish in pairs}),
    )
    found: dict[Pair, dict[Tie, GiftTie]] = {}
    for one in db.session.scalars(rows):
        found.setdefault((one.gift_id, one.wish_id), {})[one.tie] = one
    return found


def stopped(pairs: Collection[Pair]) -> set[Pair]:
    """Of these pairs those with a tie that nobody has cleared."""
    return {
        pair
        for pair, kept in known(pairs).items()
        if any(one.answer is not TieAnswer.cleared for one in kept.values())
    }


def get(tie_id: int) -> GiftTie:
    """One tie with gift, wish and township; raise Missing."""
    home = joinedload(GiftTie.wish).joinedload(MaterialWish.child).joinedload(Child.village)
    found = select(GiftTie).where(GiftTie.id == tie_id)
    one = db.session.scalar(found.options(joinedload(GiftTie.gift), home.joinedload(Region.parent)))
    if one is None:
        raise Missing
    return one


def of_gift(gift_id: int) -> list[GiftTie]:
    """Ties of a gift, cleared ones too, by wish."""
    found = select(GiftTie).where(GiftTie.gift_id == gift_id).options(joinedload(GiftTie.wish))
    return list(db.session.scalars(found.order_by(GiftTie.wish_id, GiftTie.id)))


def waiting(actor: Actor, county_id: int) -> list[GiftTie]:
    """Ties that others came upon and nobody has answered, oldest first."""
    me = {actor.account_id, actor.acts_as}
    home = joinedload(GiftTie.wish).joinedload(MaterialWish.child).joinedload(Child.village)
    found = select(GiftTie).where(
        GiftTie.county_id == county_id,
        GiftTie.answer.is_(None),
        GiftTie.found_by.not_in(me),
        GiftTie.found_as.not_in(me),
    )
    rows = found.options(joinedload(GiftTie.gift), home.joinedload(Region.parent))
    return list(db.session.scalars(rows.order_by(GiftTie.id)))
