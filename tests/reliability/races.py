"""What fifty people reach for at once, and how often it may be had."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
from sqlalchemy import func, select

from jiedui.access.models import AccessLink
from jiedui.children.models import Consent, ConsentLink
from jiedui.children.rules import Means
from jiedui.core import crypto, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.outbox import Letter, LetterKind
from jiedui.core.sessions import SessionRow
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import HOLDING
from jiedui.pairings.models import Pairing, PairingMove
from jiedui.pairings.rules import LIVING, PairingState
from tests.client import PASSWORD, hidden_fields
from tests.reliability.crowd import CAPACITY, Crowd
from tests.reliability.portal import Device, Post

MANY = 50
Posts = list[Post]


@dataclass(frozen=True)
class Race:
    """Who sends what, how often it has happened, how often it may, and how many are told yes."""

    name: str
    posts: Callable[[Crowd, int], Posts]
    count: Callable[[Crowd], int]
    most: int
    told: int

    def __str__(self) -> str:
        return self.name


def _round(some: Sequence[Any], times: int = MANY) -> Iterable[Any]:
    return (some[n % len(some)] for n in range(times))


def _desks(crowd: Crowd, port: int) -> list[Device]:
    """The officers at their desks, signed in once."""
    if not crowd.desks:
        crowd.desks += [Device(port).sign_in(one.phone) for one in crowd.officers]
    return crowd.desks


def _once() -> str:
    return secrets.token_urlsafe(18)


def _count(*conditions: Any) -> int:
    with db.read():
        return db.session.scalar(select(func.count()).where(*conditions)) or 0


def _one_helper(crowd: Crowd, port: int) -> Posts:
    """Five coordinators propose one helper for ten wishes, each of them for each."""
    desks = _desks(crowd, port)
    return [
        Post(desk, f"/matching/needs/{wish}", {"other": crowd.wanted[1], "once": _once()})
        for desk in desks
        for wish in crowd.wishes
    ]


def _pairings_of_helper(crowd: Crowd) -> int:
    return _count(Pairing.helper_id == crowd.wanted[1], Pairing.state.in_(LIVING))


def _one_wish(crowd: Crowd, port: int) -> Posts:
    """Five coordinators propose five helpers for one wish, twice each."""
    desks, path = _desks(crowd, port), f"/matching/needs/{crowd.wish}"
    return [
        Post(desk, path, {"other": helper, "once": _once()})
        for _ in range(2)
        for desk in desks
        for helper in crowd.helpers
    ]


def _pairings_of_wish(crowd: Crowd) -> int:
    return _count(Pairing.need_id == crowd.wish, Pairing.state.in_(LIVING))


def _one_proposal(crowd: Crowd, port: int) -> Posts:
    """Five officers have the page open and approve, ten times each."""
    path = f"/pairings/{crowd.proposal.id}/decide"
    desks = _desks(crowd, port)
    pages = [hidden_fields(desk.get(path).text, path) for desk in desks]
    said = [(d, {**p, "decision": "approve"}) for d, p in zip(desks, pages, strict=True)]
    return [Post(desk, path, {**fields, "once": _once()}) for desk, fields in _round(said)]


def _approvals(crowd: Crowd) -> int:
    """Moves, and letters to whoever got most of them."""
    about = (Letter.about_kind == "pairing", Letter.about_id == crowd.proposal.id)
    moved = _count(
        PairingMove.pairing_id == crowd.proposal.id, PairingMove.new == PairingState.approved
    )
    with db.read():
        told = select(Letter.to_account_id).where(
            *about, Letter.kind == LetterKind.pairing_approved
        )
        letters = Counter(db.session.scalars(told))
    return max(moved, *letters.values(), 0)


def _hours_at(crowd: Crowd, port: int, days: int, fields: Iterable[dict[str, str]]) -> Posts:
    mine = Device(port).sign_in(crowd.serving.helper.phone)
    path = f"/hours/pairings/{crowd.serving.id}/new"
    usual = {"on": (crowd.since + timedelta(days=days)).isoformat(), "kind": "meeting",
             "book": "voluntary"}  # fmt: skip
    return [Post(mine, path, usual | said) for said in fields]


def _overlapping(crowd: Crowd, port: int) -> Posts:
    """One helper logs fifty sessions that begin a minute apart and last half an hour and more."""
    times = [{"starts": f"09:{n:02}", "ends": f"10:{n:02}", "once": _once()} for n in range(MANY)]
    return _hours_at(crowd, port, 1, times)


def _one_form(crowd: Crowd, port: int) -> Posts:
    """One form, with its one-time key, arrives fifty times."""
    return _hours_at(crowd, port, 2, [{"starts": "09:00", "ends": "10:00", "once": _once()}] * MANY)


def _sessions(days: int) -> Callable[[Crowd], int]:
    def count(crowd: Crowd) -> int:
        return _count(
            ServiceSession.helper_id == crowd.serving.helper_id,
            ServiceSession.on == crowd.since + timedelta(days=days),
            ServiceSession.state.in_(HOLDING),
        )

    return count


def _guardian(crowd: Crowd, port: int) -> Posts:
    """A guardian's link and code are used by fifty."""
    token, code = crowd.link
    guest = Device(port)
    guest.get(f"/answer/{token}")
    return [Post(guest, f"/answer/{token}", {"answer": "yes", "code": code})] * MANY


def _consents(crowd: Crowd) -> int:
    with db.read():
        mine = ConsentLink.fingerprint == crypto.fingerprint(crowd.link[0])
        child = db.session.scalar(select(ConsentLink.child_id).where(mine))
    return _count(Consent.child_id == child, Consent.means == Means.link)


def _first_password(crowd: Crowd, port: int) -> Posts:
    """A link to a first password is used by fifty, each with a password of their own."""
    guest, path = Device(port), f"/link/{crowd.invited}"
    guest.get(path)
    words = [f"correct horse battery {n}" for n in range(MANY)]
    return [Post(guest, path, {"new_password": w, "again": w, "once": _once()}) for w in words]


def _passwords(crowd: Crowd) -> int:
    with db.read():
        mine = AccessLink.fingerprint == crypto.fingerprint(crowd.invited)
        account = db.session.scalar(select(AccessLink.account_id).where(mine))
    return _acts(Act.password_changed, account)


def _acts(act: Act, account: int | None) -> int:
    about = (AuditEntry.object_kind == "account", AuditEntry.object_id == account)
    return _count(AuditEntry.act == act.value, *about)


def _code(crowd: Crowd, port: int) -> Posts:
    """Fifty know the password, and have seen the same six digits."""
    person, secret = crowd.guarded
    first, path = Device(port), "/sign-in/code"
    first.send("/sign-in", phone=person.phone, password=PASSWORD)
    first.get(path)
    devices = [first, *(_alike(first) for _ in range(MANY - 1))]
    code = pyotp.TOTP(secret).now()
    return [Post(one, path, {"code": code}) for one in devices]


def _alike(first: Device) -> Device:
    """Another device that has come as far as this one."""
    with db.note() as session:
        old = SessionRow.fingerprint == crypto.fingerprint(first.cookies["jiedui"].value)
        row = session.scalars(select(SessionRow).where(old)).one()
        token, at = crypto.new_token(), {"created_at": row.created_at, "seen_at": row.seen_at}
        session.add(SessionRow(fingerprint=crypto.fingerprint(token), data=row.data, **at))
    other = Device(first.port)
    other.cookies["jiedui"], other.token = token, first.token
    return other


def _let_in(crowd: Crowd) -> int:
    account = crowd.guarded[0].account_id
    return max(_count(SessionRow.account_id == account), _acts(Act.signed_in, account))


RACES = (
    Race("one helper, ten wishes", _one_helper, _pairings_of_helper, CAPACITY, CAPACITY),
    Race("one wish, five helpers", _one_wish, _pairings_of_wish, 1, 1),
    Race("one proposal", _one_proposal, _approvals, 1, 1),
    Race("overlapping hours", _overlapping, _sessions(1), 1, 1),
    Race("one form", _one_form, _sessions(2), 1, MANY),
    Race("a guardian's link", _guardian, _consents, 1, 1),
    Race("a first password", _first_password, _passwords, 1, 1),
    Race("one code", _code, _let_in, 1, 1),
)
