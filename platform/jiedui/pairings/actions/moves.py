"""One step of a pairing's life, and what follows from every step: the move on record, grants
opened or closed, the pair remembered, the need given back, letters to those concerned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.rules import GrantLevel, Role
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Missing
from jiedui.core.outbox import LetterKind
from jiedui.needs import actions as needs
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import Pairing, PairingMove, Verdict
from jiedui.pairings.rules import ACQUAINTED, PAIRING_MOVES, TEAM_CHANGES, PairingState
from jiedui.pairings.rules.decisions import knows


def locked(pairing_id: int) -> Pairing:
    """The pairing, held for this act: whoever comes second sees what the first has done."""
    db.session.flush()  # what this act has changed already must not be read over
    pairing = db.lock(Pairing, pairing_id)
    if pairing is None:
        raise Missing
    return pairing


def note_move(
    pairing: Pairing, old: PairingState | None, *, by: By, reason: str | None = None
) -> None:
    """Write a step down, in the pairing's own history and in the record."""
    db.session.add(
        PairingMove(
            pairing=pairing,
            old=old.value if old else None,
            new=pairing.state,
            reason=reason,
            by_account=by.account_id,
            acting_for=by.acting_for,
            via=by.via,
            at=clock.now(),
        )
    )
    audit.record(
        Act.pairing_moved,
        pairing,
        by=by,
        old=old.value if old else "",
        new=pairing.state.value,
        reason=reason or "",
    )


def move(pairing: Pairing, new: PairingState, *, by: By, reason: str | None = None) -> None:
    """Let a pairing become what may follow; grants follow in the same transaction. The caller has
    set what the new state needs (its reason, its dates)."""
    old = pairing.state
    PAIRING_MOVES.require(old, new)
    pairing.state = new
    if new is not PairingState.paused:
        pairing.pause_reason = pairing.paused_from = None
    note_move(pairing, old, by=by, reason=reason)
    keep_grants(pairing)
    if pairing.need.team and (old, new) in TEAM_CHANGES:
        tell_team(pairing)


_followers: list[Callable[[Pairing], None]] = []


def follows(follower: Callable[[Pairing], None]) -> None:
    """Name what a room above does in the same act whenever a pairing has moved, or pauses for a
    graver reason: what was opened to others because of it must close with it."""
    if follower not in _followers:
        _followers.append(follower)


def keep_grants(pairing: Pairing) -> None:
    """Open to the helper what a visit needs while the two know each other; else close it."""
    _own_grants(pairing)
    for follower in _followers:
        follower(pairing)


def _own_grants(pairing: Pairing) -> None:
    source = (Pairing.__tablename__, pairing.id)
    agreed = pairing.ready_at is not None
    if not knows(pairing.state, pairing.pause_reason, agreed):
        access.end_grants(source)
        return
    things = [("child", child.id) for child in pairing.need.children]
    for thing in [*things, (Pairing.__tablename__, pairing.id)]:
        access.grant(
            pairing.helper.account_id,
            thing,
            GrantLevel.visit,
            source=source,
            county_id=pairing.county_id,
        )


def remember(pairing: Pairing, reason: str, *, by: By, until: date | None = None) -> None:
    """Keep this pair from being suggested again, for good or until a day."""
    pair = {"need_id": pairing.need_id, "helper_id": pairing.helper_id}
    known = db.session.query(Verdict).filter_by(**pair).one_or_none()
    if known is None:
        known = Verdict(county_id=pairing.county_id, **pair)
        db.session.add(known)
    known.reason, known.until = reason, until
    known.by_account, known.at = by.account_id, clock.now()


def give_back(pairing: Pairing, *, by: By) -> None:
    """A place of the need is free again: it is matched again, unless it has ended. In a team the
    place goes with who leaves: another is asked by name."""
    if pairing.need.team:
        needs.fewer(pairing.need, by=by)
    elif pairing.need.state is NeedState.met:
        needs.reopen(pairing.need, by=by)


def tell_helper(pairing: Pairing, kind: LetterKind) -> None:
    """A letter to the helper, who may have no account (then a call or a visit tells)."""
    _post(kind, pairing, pairing.helper.account_id)


def tell_team(pairing: Pairing) -> None:
    """A letter to the others of the team who know the child: about the pairing of each."""
    db.session.flush()
    others = select(Pairing).where(
        Pairing.need_id == pairing.need_id,
        Pairing.id != pairing.id,
        Pairing.state.in_(ACQUAINTED),
    )
    for other in db.session.scalars(others.order_by(Pairing.id)):
        tell_helper(other, LetterKind.team_changed)


def tell_office(pairing: Pairing, kind: LetterKind) -> None:
    """A letter to everybody who acts for the owning office where the child lives."""
    for holding in accounts.holders(
        pairing.county_id,
        Role.coordinator,
        office=pairing.office,
        region_path=pairing.scope_path,
    ):
        _post(kind, pairing, holding.account_id)


def tell_village(pairing: Pairing, kind: LetterKind) -> None:
    """A letter to the child director, or to the township where the village has none."""
    for role in (Role.child_director, Role.township_supervisor):
        found = accounts.holders(pairing.county_id, role, region_path=pairing.scope_path)
        for holding in found:
            _post(kind, pairing, holding.account_id)
        if found:
            return


def tell_township(pairing: Pairing, kind: LetterKind) -> None:
    """A letter to the township's supervisor of children."""
    role, where = Role.township_supervisor, pairing.scope_path
    for holding in accounts.holders(pairing.county_id, role, region_path=where):
        _post(kind, pairing, holding.account_id)


def _post(kind: LetterKind, pairing: Pairing, to: int | None) -> None:
    about = (Pairing.__tablename__, pairing.id)
    outbox.post(kind, to=to, county_id=pairing.county_id, about=about)
