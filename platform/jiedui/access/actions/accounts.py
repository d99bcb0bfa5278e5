"""An account is opened, gets roles and links, is closed and opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.access import queries
from jiedui.access.actions.cards import void_card
from jiedui.access.actions.leaving import close_all
from jiedui.access.models import AccessLink, Account, RoleHolding
from jiedui.access.rules import (
    ACCOUNT_MOVES,
    LINK_HOURS,
    AccessRefusal,
    AccountState,
    Actor,
    Office,
    Role,
    may_invite,
    post_fault,
)
from jiedui.core import audit, clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Post:
    """A role with its place, as it is given to somebody."""

    role: Role
    region: Region
    office: Office | None = None
    head: bool = False
    unit_id: int | None = None
    ends: date | None = None


def open_account(name: str, phone: str, county_id: int, *, by: By) -> Account:
    """An account that waits for its password. Refuses a number that has an account."""
    if queries.by_phone(phone) is not None:
        raise Refusal(AccessRefusal.phone_taken, "phone")
    account = Account(
        county_id=county_id,
        name=name,
        phone=phone,
        phone_index=queries.phone_index(phone),
        state=AccountState.invited,
        created_at=clock.now(),
    )
    db.session.add(account)
    audit.record(Act.account_invited, account, by=by)
    return account


def give_role(account: Account, post: Post, *, by: By) -> RoleHolding:
    """Give a role from today on; it is recorded which. The caller has checked who may."""
    holding = RoleHolding(
        county_id=account.county_id,
        account_id=account.id,
        role=post.role,
        office=post.office,
        head=post.head,
        region_id=post.region.id,
        unit_id=post.unit_id,
        starts=clock.today(),
        ends=post.ends,
    )
    db.session.add(holding)
    audit.record(Act.account_role_given, account, by=by, role=post.role.value)
    return holding


def check_post(post: Post, *, by: Actor) -> None:
    """Refuse a role that is not this person's to give, and one that cannot be held there."""
    refusal = may_invite(by, post.role, post.region.path)
    if refusal is not None:
        raise Refusal(refusal, "region" if refusal is AccessRefusal.outside_scope else "role")
    fault = post_fault(
        post.role,
        post.region.level,
        office=post.office is not None,
        unit=post.unit_id is not None,
        ends=post.ends,
        today=clock.today(),
    )
    if fault is not None:
        raise Refusal(*fault)


def add_role(account: Account, post: Post, *, by: Actor) -> RoleHolding:
    """Give somebody one more role; they sign in anew. Refuses one's own account, and what is held
    already."""
    if account.id == by.account_id:
        raise Refusal(AccessRefusal.role_to_self, "role")
    check_post(post, by=by)
    today = clock.today()
    held = {(h.role, h.region_id, h.office, h.unit_id) for h in account.roles if h.lives(today)}
    if (post.role, post.region.id, post.office, post.unit_id) in held:
        raise Refusal(AccessRefusal.role_held_already, "role")
    close_all(account, by=by)
    return give_role(account, post, by=by)


def invite(name: str, phone: str, post: Post, *, by: Actor) -> tuple[Account, str]:
    """Make an account with a role and a single-use link for it. Refuses a role or a place that
    is not the inviter's to give. Returns the account and the link's token, shown once."""
    check_post(post, by=by)
    account = open_account(name, phone, by.county_id, by=by)
    give_role(account, post, by=by)
    return account, new_link(account, by=by)


def new_link(account: Account, *, by: By) -> str:
    """A fresh single-use link; older ones stop working. Records it; returns the token."""
    for link in db.session.query(AccessLink).filter_by(account_id=account.id, used_at=None):
        link.expires_at = clock.now()
    token = crypto.new_token()
    db.session.add(
        AccessLink(
            county_id=account.county_id,
            account_id=account.id,
            fingerprint=crypto.fingerprint(token),
            expires_at=clock.now() + timedelta(hours=LINK_HOURS),
            made_by=by.account_id,
        )
    )
    audit.record(Act.account_linked, account, by=by)
    return token


def disable(account: Account, *, by: Actor, version: int | None = None) -> None:
    """Close an account now: its sessions end, its history stays. Refuses one's own."""
    fresh(account.version, version)
    if account.id == by.account_id:
        raise Refusal(AccessRefusal.self_disable)
    ACCOUNT_MOVES.require(account.state, AccountState.disabled)
    account.state = AccountState.disabled
    close_all(account, by=by)
    audit.record(Act.account_disabled, account, by=by)


def enable(account: Account, *, by: Actor) -> str:
    """Open an account again, with a new link for a new password."""
    if account.state is not AccountState.disabled:
        raise Refusal(AccessRefusal.not_disabled)
    if account.deidentified_at is not None:
        raise Refusal(AccessRefusal.identity_cleared)
    ACCOUNT_MOVES.require(account.state, AccountState.invited)
    account.state = AccountState.invited
    account.password_hash = None
    audit.record(Act.account_enabled, account, by=by)
    return new_link(account, by=by)


def end_role(holding: RoleHolding, *, by: Actor) -> None:
    """End a role today. Refuses to take the last account administrator from a county."""
    if holding.role is Role.account_admin:
        others = queries.holders(holding.county_id, Role.account_admin)
        if all(o.id == holding.id for o in others):
            raise Refusal(AccessRefusal.last_admin)
    holding.ended_at = clock.now()
    close_all(holding.account, by=by)
    audit.record(Act.account_role_ended, holding.account, by=by, role=holding.role.value)


def lost_password(account: Account, *, by: Actor) -> str:
    """A new link for somebody who cannot sign in any more; returns its token, shown once."""
    if account.state is AccountState.disabled:
        raise Refusal(AccessRefusal.account_disabled)
    return new_link(account, by=by)


def change_phone(account: Account, phone: str, *, by: Actor, version: int | None = None) -> None:
    """Another mobile number, which is the sign-in name. Sessions end; the password stays."""
    fresh(account.version, version)
    if account.deidentified_at is not None:
        raise Refusal(AccessRefusal.identity_cleared)
    known = queries.by_phone(phone)
    if known is not None and known.id != account.id:
        raise Refusal(AccessRefusal.phone_taken, "phone")
    account.phone, account.phone_index = phone, queries.phone_index(phone)
    close_all(account, by=by)
    audit.record(Act.account_changed, account, by=by, fields=["phone"])


def clear_second_factor(account: Account, *, seen: bool, by: By) -> None:
    """Somebody's authenticator or card is lost: they set up a new one at the next sign-in. Refused
    until their ID card was looked at: it takes away what a stolen password does not get past."""
    if not seen:
        raise Refusal(AccessRefusal.card_not_seen, "seen")
    account.totp_secret, account.totp_step = None, 0
    void_card(account)
    close_all(account, by=by)
    audit.record(Act.second_factor_cleared, account, by=by)
