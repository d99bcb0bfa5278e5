"""The actor of a request, who holds which role where, and what is opened to whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.models import Account, Deputy, Grant, RoleHolding
from jiedui.access.rules import AccountState, Actor, GrantLevel, Holding, Office, Role
from jiedui.core import clock, db
from jiedui.regions.models import Region


def _unit_names(ids: set[int]) -> dict[int, str]:
    # Units are an upper room; only the name is read here, by its table.
    unit = db.Base.metadata.tables.get("unit")
    if unit is None or not ids:
        return {}
    return dict(db.session.execute(select(unit.c.id, unit.c.name).where(unit.c.id.in_(ids))).all())


def _holding(row: RoleHolding, names: dict[int, str], deputy: Deputy | None = None) -> Holding:
    return Holding(
        id=row.id,
        role=row.role,
        office=row.office,
        head=row.head and deputy is None,
        region_id=row.region_id,
        region_path=row.region.path,
        region_name=row.region.full_name,
        unit_id=row.unit_id,
        unit_name=names.get(row.unit_id or 0),
        acting_for=deputy.principal_id if deputy else None,
        principal=deputy.principal.name if deputy else None,
        deputy_id=deputy.id if deputy else None,
    )


def holdings_of(account_id: int) -> list[Holding]:
    """Every role a person may act in today: own ones first, then as somebody's deputy."""
    today = clock.today()
    own = select(RoleHolding).where(RoleHolding.account_id == account_id)
    rows = db.session.scalars(
        own.options(joinedload(RoleHolding.region)).order_by(RoleHolding.id)
    ).all()
    stood_in = select(Deputy).where(Deputy.deputy_id == account_id).order_by(Deputy.id)
    deputies = db.session.scalars(stood_in).all()
    names = _unit_names({r.unit_id for r in rows if r.unit_id})
    found = [_holding(r, names) for r in rows if r.lives(today)]
    for deputy in deputies:
        row = deputy.holding
        if deputy.lives(today) and row.lives(today):
            found.append(_holding(row, names, deputy))
    return found


def grants_of(account_id: int, chosen: Holding | None) -> frozenset[tuple[str, int, str]]:
    """Everything that living grants open to an account in the role it has chosen."""
    number = chosen.id if chosen is not None else None
    now = clock.now()
    living = select(Grant.kind, Grant.object_id, Grant.level).where(
        Grant.account_id == account_id,
        Grant.ended_at.is_(None),
        or_(Grant.valid_until.is_(None), Grant.valid_until > now),
        or_(Grant.holding_id.is_(None), Grant.holding_id == number),
    )
    return frozenset((k, o, level.value) for k, o, level in db.session.execute(living))


def actor_for(account: Account, chosen: str | None) -> Actor:
    """The person of a request in the role they chose; the only role needs no choice."""
    held = holdings_of(account.id)
    one = next((h for h in held if h.key == chosen), None)
    if one is None and len(held) == 1:
        one = held[0]
    return Actor(
        account_id=account.id,
        county_id=account.county_id,
        name=account.name,
        holding=one,
        holdings=tuple(held),
        granted=grants_of(account.id, one),
    )


def holders(
    county_id: int, role: Role, *, office: Office | None = None, region_path: str | None = None
) -> list[RoleHolding]:
    """Who holds a role today, in use; `region_path` asks for those whose scope covers it."""
    found = (
        select(RoleHolding)
        .join(Account, Account.id == RoleHolding.account_id)
        .join(Region, Region.id == RoleHolding.region_id)
        .where(
            RoleHolding.county_id == county_id,
            RoleHolding.role == role,
            Account.state == AccountState.active,
        )
        .options(joinedload(RoleHolding.region), joinedload(RoleHolding.account))
        .order_by(RoleHolding.id)
    )
    if office is not None:
        found = found.where(RoleHolding.office == office)
    today = clock.today()
    rows = [r for r in db.session.scalars(found) if r.lives(today)]
    if region_path is None:
        return rows
    return [r for r in rows if region_path.startswith(r.region.path)]


def deputies_of(principal_id: int) -> list[Deputy]:
    """Whom a person has named, newest first."""
    found = select(Deputy).where(Deputy.principal_id == principal_id).order_by(Deputy.id.desc())
    return list(db.session.scalars(found))


def colleagues(actor: Actor) -> list[RoleHolding]:
    """Other people of the same office: who may be named deputy."""
    if actor.holding is None or actor.office is None:
        return []
    rows = holders(actor.county_id, Role.coordinator, office=actor.office)
    return [r for r in rows if r.account_id != actor.account_id]


def living_grants(source_kind: str, source_id: int) -> Sequence[Grant]:
    """Grants that come from one record and have not ended."""
    found = select(Grant).where(
        Grant.source_kind == source_kind,
        Grant.source_id == source_id,
        Grant.ended_at.is_(None),
    )
    return db.session.scalars(found).all()


def grants_to(thing: tuple[str, int], level: GrantLevel) -> Sequence[Grant]:
    """Grants of one thing at a level that have not ended, to whomever."""
    found = select(Grant).where(
        Grant.kind == thing[0],
        Grant.object_id == thing[1],
        Grant.level == level,
        Grant.ended_at.is_(None),
    )
    return db.session.scalars(found).all()
