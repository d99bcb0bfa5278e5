"""Finding accounts: by number, by link, by who looks after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.models import AccessLink, Account, RoleHolding, SignInTry
from jiedui.access.rules import (
    TOWNSHIP_MAY_MANAGE,
    AccountState,
    Actor,
    Role,
    link_lives,
    may_manage,
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


def names_of(account_ids: set[int]) -> dict[int, str]:
    """Names of accounts by id, for pages that say who did something."""
    if not account_ids:
        return {}
    mine = Account.id.in_(account_ids), Account.deidentified_at.is_(None)
    rows = db.session.execute(select(Account.id, Account.name).where(*mine))
    return {row.id: row.name for row in rows}


def last_seen(account_id: int) -> datetime | None:
    """When an account last signed in."""
    index = select(Account.phone_index).where(Account.id == account_id).scalar_subquery()
    good: Any = select(func.max(SignInTry.at)).where(SignInTry.phone_index == index, SignInTry.good)
    return db.session.scalar(good)


def _managed(actor: Actor) -> Select[Account]:
    inside = RoleHolding.region_id.in_(regions.ids_within(actor.scope))
    elsewhere: ColumnElement[bool] = ~inside
    if actor.role is Role.township_supervisor:
        elsewhere = elsewhere | RoleHolding.role.not_in(TOWNSHIP_MAY_MANAGE)
    theirs = select(RoleHolding.account_id)
    found = select(Account).where(
        Account.id.in_(theirs.where(inside)), Account.id.not_in(theirs.where(elsewhere))
    )
    roles = selectinload(Account.roles).joinedload(RoleHolding.region).joinedload(Region.parent)
    return found.options(roles)


def managed_by(
    actor: Actor,
    *,
    role: Role | None = None,
    state: AccountState | None = None,
    after: int = 0,
    limit: int = 50,
) -> Sequence[Account]:
    """Accounts this person looks after, by id; keyset paging by `after`."""
    found = _managed(actor).where(Account.id > after)
    if role is not None:
        found = found.where(
            Account.id.in_(select(RoleHolding.account_id).where(RoleHolding.role == role))
        )
    if state is not None:
        found = found.where(Account.state == state)
    return db.session.scalars(found.order_by(Account.id).limit(limit)).all()


def links_run_out(actor: Actor) -> list[datetime]:
    """For everybody this person invited, or looks after, who has not come yet: when the last link
    ran out. Who holds a living link, or never had one, is not among them."""
    last = func.max(AccessLink.expires_at)
    rows = (
        select(last)
        .join(Account, Account.id == AccessLink.account_id)
        .where(
            Account.state == AccountState.invited,
            Account.id.in_(_managed(actor).with_only_columns(Account.id)),
        )
        .group_by(Account.id)
        .having(last < clock.now())
    )
    return sorted(db.session.scalars(rows))


def find_managed(actor: Actor, text: str, limit: int = 50) -> list[Account]:
    """Accounts this person looks after, by mobile number or a part of the name. Names lie
    sealed, so they are opened one after another: some hundreds a county."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 11:
        whole = _managed(actor).where(Account.phone_index == phone_index(digits))
        return list(db.session.scalars(whole))
    ids = db.session.execute(_managed(actor).with_only_columns(Account.id, Account.name)).all()
    hits = [row.id for row in ids if text and text in row.name][:limit]
    return list(db.session.scalars(_managed(actor).where(Account.id.in_(hits))))


def managed(account_id: int, actor: Actor) -> Account:
    """One account this person looks after; raise Missing."""
    account = get(account_id)
    posts = [(h.role, h.region.path) for h in account.roles]
    if account.county_id != actor.county_id or not may_manage(actor, posts):
        raise Missing
    return account


def holding_of(account_id: int, holding_id: int, actor: Actor) -> RoleHolding:
    """One role of an account this person looks after; raise Missing."""
    account = managed(account_id, actor)
    found = [h for h in account.roles if h.id == holding_id]
    if not found:
        raise Missing
    return found[0]


def successors(holding: RoleHolding) -> list[RoleHolding]:
    """Who holds the same role in the same place, and could take the work over."""
    same = select(RoleHolding).where(
        RoleHolding.role == holding.role,
        RoleHolding.region_id == holding.region_id,
        RoleHolding.office.is_(None)
        if holding.office is None
        else RoleHolding.office == holding.office,
        RoleHolding.unit_id.is_(None)
        if holding.unit_id is None
        else RoleHolding.unit_id == holding.unit_id,
        RoleHolding.account_id != holding.account_id,
    )
    same = same.options(joinedload(RoleHolding.account)).order_by(RoleHolding.id)
    today = clock.today()
    return [
        h
        for h in db.session.scalars(same)
        if h.lives(today) and h.account.state is not AccountState.disabled
    ]


def units_of(county_id: int) -> list[tuple[int, str, int]]:
    """The open units of a county: id, name, and the region of the seat. Units are an upper room;
    only this is read here, by their table."""
    unit = db.Base.metadata.tables["unit"]
    found = select(unit.c.id, unit.c.name, unit.c.region_id).where(
        unit.c.county_id == county_id, unit.c.open
    )
    return [
        (row.id, row.name, row.region_id) for row in db.session.execute(found.order_by(unit.c.name))
    ]


def known_phones(phones: Iterable[str]) -> set[str]:
    """Which of these numbers have an account."""
    by_index = {phone_index(p): p for p in phones}
    found = select(Account.phone_index).where(Account.phone_index.in_(by_index))
    return {by_index[i] for i in db.session.scalars(found)}
