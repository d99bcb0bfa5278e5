"""Finding accounts, the actor of a request, and who holds which role where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.models import AccessLink, Account, Deputy, Grant, RoleHolding, SignInTry
from jiedui.access.rules import (
    TRIES_WITHIN,
    AccountState,
    Actor,
    Holding,
    Office,
    Role,
    link_lives,
)
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

PHONE = "account.phone"


def phone_index(phone: str) -> str:
    """The blind index of a sign-in name."""
    return crypto.blind_index(PHONE, phone)


def get(account_id: int) -> Account:
    """The account with this id; raise Missing."""
    found = select(Account).where(Account.id == account_id)
    account = db.session.scalar(found.options(selectinload(Account.roles)))
    if account is None:
        raise Missing
    return account


def by_phone(phone: str) -> Account | None:
    """The account that signs in with this number."""
    return db.session.scalar(select(Account).where(Account.phone_index == phone_index(phone)))


def by_link(token: str) -> AccessLink | None:
    """The link with this token, if it can still be used."""
    link = db.session.scalar(
        select(AccessLink).where(AccessLink.fingerprint == crypto.fingerprint(token))
    )
    if link is None or not link_lives(link.expires_at, link.used_at, clock.now()):
        return None
    return link


def recent_failures(index: str, address: str) -> tuple[int, int]:
    """Failed tries of late: of this name from this address, and of any name from it."""
    late = SignInTry.at > clock.now() - TRIES_WITHIN
    here = select(func.count()).where(late, SignInTry.address == address, ~SignInTry.good)
    ours = here.where(SignInTry.phone_index == index)
    return db.session.scalar(ours) or 0, db.session.scalar(here) or 0


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


def grants_of(account_id: int) -> frozenset[tuple[str, int, str]]:
    """Everything that living grants open to an account."""
    now = clock.now()
    living = select(Grant.kind, Grant.object_id, Grant.level).where(
        Grant.account_id == account_id,
        Grant.ended_at.is_(None),
        or_(Grant.valid_until.is_(None), Grant.valid_until > now),
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
        granted=grants_of(account.id),
    )


def managed_by(actor: Actor, after: int = 0, limit: int = 50) -> Sequence[Account]:
    """Accounts whose role lies in the actor's region, by id; keyset paging by `after`."""
    inside = select(RoleHolding.account_id).where(
        RoleHolding.region_id.in_(regions.ids_within(actor.scope))
    )
    if actor.role is Role.township_supervisor:
        inside = inside.where(RoleHolding.role.in_([Role.child_director, Role.grid_worker]))
    found = select(Account).where(Account.id.in_(inside), Account.id > after)
    found = found.options(selectinload(Account.roles).joinedload(RoleHolding.region))
    return db.session.scalars(found.order_by(Account.id).limit(limit)).all()


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


def names_of(account_ids: set[int]) -> dict[int, str]:
    """Names of accounts by id, for pages that say who did something."""
    if not account_ids:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {row.id: row.name for row in rows}


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


def last_seen(account_id: int) -> datetime | None:
    """When an account last signed in."""
    index = select(Account.phone_index).where(Account.id == account_id).scalar_subquery()
    good: Any = select(func.max(SignInTry.at)).where(SignInTry.phone_index == index, SignInTry.good)
    return db.session.scalar(good)
