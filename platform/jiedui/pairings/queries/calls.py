"""Calls to make: who has no account and has not answered, when to try, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jiedui.access.rules import Actor, Role
from jiedui.children.models import Guardian
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.pairings.models import Call, Pairing
from jiedui.pairings.queries import answers, life
from jiedui.pairings.rules import CallFor, Phase

LOCAL = (Role.child_director, Role.township_supervisor)


@dataclass(frozen=True)
class ToCall:
    """One call: on which pairing, to whom, by which number, and what came of the tries so far."""

    pairing: Pairing
    what_for: CallFor
    name: str
    phone: str
    tries: tuple[Call, ...]
    guardian: Guardian | None = None

    @property
    def again_at(self) -> datetime | None:
        """When nobody answered: not before this."""
        return self.tries[-1].again_at if self.tries else None

    @property
    def is_due(self) -> bool:
        """Whether now is a time to call."""
        return self.again_at is None or self.again_at <= clock.now()


def _tries(pairing: Pairing, what_for: CallFor) -> tuple[Call, ...]:
    made = select(Call).where(Call.pairing_id == pairing.id, Call.what_for == what_for)
    return tuple(db.session.scalars(made.order_by(Call.id)))


def _to_guardian(pairing: Pairing) -> ToCall | None:
    reached = [g for g in answers.guardians(pairing) if g.phone]
    if not reached or answers.said(pairing).guardian is not None:
        return None
    one = reached[0]
    why = CallFor.guardian_consent
    return ToCall(pairing, why, one.name, one.phone or "", _tries(pairing, why), one)


def _to_helper(pairing: Pairing) -> ToCall | None:
    helper = pairing.helper
    if helper.account_id is not None or pairing.accepted_at is not None:
        return None
    why = CallFor.helper_acceptance
    return ToCall(pairing, why, helper.name, helper.phone, _tries(pairing, why))


def _of(pairing: Pairing, actor: Actor) -> Iterator[ToCall]:
    # Families are called by those who know them; an office calls helpers only.
    makers = [_to_helper, _to_guardian] if actor.role in LOCAL else [_to_helper]
    yield from (call for maker in makers if (call := maker(pairing)) is not None)


def all_for(actor: Actor) -> list[ToCall]:
    """Every call that waits in the actor's area, due ones first, then by the pairing's clock."""
    if actor.role not in (*LOCAL, Role.coordinator):
        return []
    waiting = life.listed(actor, Phase.answering, 1, 200)
    found = [call for pairing in waiting for call in _of(pairing, actor)]
    return sorted(found, key=lambda c: (not c.is_due, c.pairing.answer_by, c.pairing.id))


def calls_for(actor: Actor) -> list[ToCall]:
    """The calls to make now; one that nobody took is back the next evening."""
    return [call for call in all_for(actor) if call.is_due]


def one(pairing: Pairing, what_for: CallFor) -> ToCall:
    """The call to make on a pairing; raise Missing when nobody waits for it."""
    found = _to_helper(pairing) if what_for is CallFor.helper_acceptance else _to_guardian(pairing)
    if found is None or life.phase_of(pairing) is not Phase.answering:
        raise Missing
    return found
