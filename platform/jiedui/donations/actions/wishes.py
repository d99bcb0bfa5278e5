"""A material wish is raised, looked at by the township, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.children.queries.identity import family_of
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.identity import Family
from jiedui.donations.models import MaterialWish
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.wishes import (
    MOST_OPEN,
    NOT_YET,
    WISH_MOVES,
    WishCloseReason,
    WishRefusal,
    WishSaid,
    WishState,
    expires_on,
    wish_fault,
)
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


def not_to_name(child: Child) -> Family:
    """Whom the words of a wish must not name: the family, its school, village and township."""
    known = family_of([child])
    above = child.village.parent
    places = {child.village.name, *([above.name] if above else [])}
    return Family(known.names, known.addresses | places, known.schools)


def raise_wish(child: Child, said: WishSaid, *, by: Actor) -> MaterialWish:
    """Keep a child's wish; the township looks at it next. Refuses a price above the county's
    ceiling, words that name somebody or a place, a child off the ledger, a fourth living wish and
    a second one of a kind, and a wish that no guardian or carer of the household agreed to."""
    db.lock(Child, child.id)
    if child.state is not ChildState.open:
        raise Refusal(WishRefusal.child_not_open)
    ceiling = int(regions.setting(child.county_id, Setting.wish_ceiling))
    fault = wish_fault(said, ceiling, not_to_name(child))
    if fault is not None:
        raise Refusal(*fault, yuan=ceiling // 100)
    living = find.living_of(child.id)
    if any(one.kind is said.kind for one in living):
        raise Refusal(WishRefusal.same_kind, "kind")
    if len(living) >= MOST_OPEN:
        raise Refusal(WishRefusal.too_many)
    if said.agreed_how is None or said.agreed not in {one.id for one in find.who_may_agree(child)}:
        raise Refusal(WishRefusal.nobody_agreed, "agreed")
    wish = MaterialWish(
        county_id=child.county_id, child=child, kind=said.kind, size=said.size, words=said.words,
        price=said.price, ceiling=ceiling, urgency=said.urgency, season=said.season,
        expires=expires_on(clock.today()), state=WishState.waiting, raised_by=by.account_id,
        raised_as=by.acts_as, raised_at=clock.now(), agreed_by=said.agreed,
        agreed_how=said.agreed_how,
    )  # fmt: skip
    db.session.add(wish)
    audit.record(Act.material_wish_raised, wish, by=by)
    return wish


def check(
    wishes: Sequence[MaterialWish], *, by: Actor, versions: Mapping[int, int]
) -> list[MaterialWish]:
    """The township has looked at these: they are open now. What was changed or looked at meanwhile
    is left out. Says which were opened; refuses when none is left, and whoever raised one."""
    good = []
    for wish in wishes:
        db.lock(MaterialWish, wish.id)
        if wish.state is not WishState.waiting or versions.get(wish.id) != wish.version:
            continue
        if {by.account_id, by.acts_as} & {wish.raised_by, wish.raised_as}:
            raise Refusal(WishRefusal.own_wish, "wishes")
        wish.state, wish.checked_by, wish.checked_at = WishState.open, by.account_id, clock.now()
        audit.record(Act.material_wish_checked, wish, by=by)
        good.append(wish)
    if not good:
        raise Refusal(WishRefusal.none_left, "wishes")
    return good


def close(
    wish: MaterialWish, reason: WishCloseReason, *, by: By, version: int | None = None
) -> None:
    """A wish ends unmet. Refuses one to which something is allocated, and one that has ended."""
    db.lock(MaterialWish, wish.id)
    fresh(wish.version, version)
    if wish.state not in NOT_YET:
        raise Refusal(WishRefusal.granted_already)
    WISH_MOVES.require(wish.state, WishState.closed)
    wish.state, wish.close_reason, wish.ended_at = WishState.closed, reason, clock.now()
    audit.record(Act.material_wish_closed, wish, by=by, reason=reason)


def let_run_out(wish_id: int) -> bool:
    """Close a wish whose last day is past, unless something was allocated to it meanwhile."""
    wish = find.get(wish_id)
    db.lock(MaterialWish, wish.id)
    if wish.state not in NOT_YET or wish.expires >= clock.today():
        return False
    close(wish, WishCloseReason.ran_out, by=SYSTEM)
    return True
