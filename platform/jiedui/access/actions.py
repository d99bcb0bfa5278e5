"""What is done with accounts: invite, activate, sign in, change a role, disable, name a deputy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiedui.access import passwords, queries
from jiedui.access.models import AccessLink, Account, Deputy, Grant, RoleHolding, SignInTry
from jiedui.access.rules import (
    ACCOUNT_MOVES,
    LINK_HOURS,
    AccessRefusal,
    AccountState,
    Actor,
    GrantLevel,
    Office,
    Role,
    blocked,
    may_invite,
    password_fault,
)
from jiedui.core import audit, clock, crypto, db, sessions
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


def invite(name: str, phone: str, post: Post, *, by: Actor) -> tuple[Account, str]:
    """Make an account with a role and a single-use link for it. Refuses a role or a place that
    is not the inviter's to give. Returns the account and the link's token, shown once."""
    refusal = may_invite(by, post.role, post.region.path)
    if refusal is not None:
        raise Refusal(refusal, "village" if refusal is AccessRefusal.outside_scope else "role")
    if (post.role is Role.coordinator) != (post.office is not None):
        raise Refusal(AccessRefusal.office_missing, "office")
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


def use_link(token: str, password: str, *, by: By) -> Account:
    """Set the password by a link; ends every session and uses the link up. Refuses a link that
    is gone and a weak password."""
    link = queries.by_link(token)
    link = link and db.lock(AccessLink, link.id)
    if link is None or link.used_at is not None:
        raise Refusal(AccessRefusal.link_gone)
    account = queries.get(link.account_id)
    set_password(account, password, by=by)
    if account.state is AccountState.invited:
        account.state = AccountState.active
        audit.record(Act.account_activated, account, by=by)
    link.used_at = clock.now()
    return account


def set_password(account: Account, password: str, *, by: By, keep: str | None = None) -> None:
    """Change the password and end the account's other sessions; refuses a weak one."""
    fault = password_fault(password, [account.phone])
    if fault is not None:
        raise Refusal(fault, "new_password")
    account.password_hash = passwords.hashed(password)
    sessions.end_for(account.id, but=keep)
    audit.record(Act.password_changed, account, by=by)


def try_sign_in(phone: str, password: str, address: str) -> Account:
    """The account that number and password open. Every try is noted, whatever comes of it;
    refuses when there were too many. Nothing says whether the number has an account."""
    index, place = queries.phone_index(phone), crypto.blind_index("address", address)
    if blocked(*queries.recent_failures(index, place)):
        raise Refusal(AccessRefusal.too_many_tries)
    account = queries.by_phone(phone)
    known = account.password_hash if account is not None and account.is_active else None
    good = passwords.fits(known, password)
    with db.note():
        db.session.add(SignInTry(phone_index=index, address=place, at=clock.now(), good=good))
        if account is not None and not good:
            _note_refused(account, "password")
    if account is None or not good:
        raise Refusal(AccessRefusal.wrong_sign_in)
    return account


def _note_refused(account: Account, why: str) -> None:
    by = queries.actor_for(account, None)
    audit.record(Act.sign_in_refused, account, by=by, why=why)


def check_code(account_id: int, code: str, address: str) -> Account:
    """The second factor: refuses a wrong or used code, and too many tries."""
    account = queries.get(account_id)
    place = crypto.blind_index("address", address)
    if blocked(*queries.recent_failures(account.phone_index, place)):
        raise Refusal(AccessRefusal.too_many_tries)
    with db.note():
        account = queries.get(account_id)
        step = passwords.code_step(account.totp_secret or "", code, account.totp_step)
        if step is not None:
            account.totp_step = step
        else:
            wrong = SignInTry(phone_index=account.phone_index, address=place, at=clock.now())
            wrong.good = False
            db.session.add(wrong)
            _note_refused(account, "code")
    if step is None:
        raise Refusal(AccessRefusal.wrong_code, "code")
    return account


def note_signed_in(account: Account, *, out: bool = False) -> None:
    """Signing in and out are on record."""
    by = queries.actor_for(account, None)
    audit.record(Act.signed_out if out else Act.signed_in, account, by=by)


def disable(account: Account, *, by: Actor, version: int | None = None) -> None:
    """Close an account now: its sessions end, its history stays. Refuses one's own."""
    fresh(account.version, version)
    if account.id == by.account_id:
        raise Refusal(AccessRefusal.self_disable)
    ACCOUNT_MOVES.require(account.state, AccountState.disabled)
    account.state = AccountState.disabled
    sessions.end_for(account.id)
    audit.record(Act.account_disabled, account, by=by)


def enable(account: Account, *, by: Actor) -> str:
    """Open an account again, with a new link for a new password."""
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
    holding.ends = max(holding.starts, clock.today() - timedelta(days=1))
    sessions.end_for(holding.account_id)
    audit.record(Act.account_role_ended, holding.account, by=by, role=holding.role.value)


def name_deputy(
    holding_id: int, deputy: RoleHolding, first: date, last: date, *, by: Actor
) -> Deputy:
    """Let a colleague of the same office act in one's place (代某某) between two days."""
    if deputy.account_id == by.account_id:
        raise Refusal(AccessRefusal.deputy_is_self, "deputy")
    if deputy.office is not by.office:
        raise Refusal(AccessRefusal.deputy_other_office, "deputy")
    if last < first:
        raise Refusal(AccessRefusal.deputy_dates, "last")
    named = Deputy(
        county_id=by.county_id,
        holding_id=holding_id,
        principal_id=by.account_id,
        deputy_id=deputy.account_id,
        starts=first,
        ends=last,
    )
    db.session.add(named)
    audit.record(Act.deputy_named, named, by=by)
    return named


def end_deputy(named: Deputy, *, by: Actor) -> None:
    """End a deputy's time today."""
    named.ends = max(named.starts, clock.today() - timedelta(days=1))
    audit.record(Act.deputy_ended, named, by=by)


def grant(
    account_id: int | None,
    thing: tuple[str, int],
    level: GrantLevel,
    *,
    source: tuple[str, int],
    county_id: int,
) -> None:
    """Open one thing to one account because of a record; written by the act that starts it.
    A person without an account gets nothing (they are told by a call)."""
    if account_id is None:
        return
    for old in queries.living_grants(*source):
        if (old.account_id, old.kind, old.object_id, old.level) == (account_id, *thing, level):
            return
    found = db.session.query(Grant).filter_by(
        account_id=account_id,
        kind=thing[0],
        object_id=thing[1],
        level=level,
        source_kind=source[0],
        source_id=source[1],
    )
    known = found.one_or_none()
    if known is None:
        known = Grant(
            county_id=county_id,
            account_id=account_id,
            kind=thing[0],
            object_id=thing[1],
            level=level,
            source_kind=source[0],
            source_id=source[1],
        )
        db.session.add(known)
    known.ended_at = None


def end_grants(source: tuple[str, int]) -> None:
    """Close everything that a record had opened; written by the act that ends it."""
    for living in queries.living_grants(*source):
        living.ended_at = clock.now()
