"""A call to somebody without an account: what came of it, and the answer it brought."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.access.rules import Actor
from jiedui.children.actions import ConsentSaid
from jiedui.children.rules import Answer, Means, Purpose
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import NotNow, Refusal
from jiedui.pairings.actions import answers, moves
from jiedui.pairings.models import Call, Pairing
from jiedui.pairings.queries import calls
from jiedui.pairings.rules import CallFor, CallOutcome, PairingRefusal, PairingState
from jiedui.pairings.rules.decisions import call_again


@dataclass(frozen=True)
class Heard:
    """What came of a call. A guardian's yes needs a second person who heard it."""

    outcome: CallOutcome
    second_person: str = ""


def make(pairing_id: int, what_for: CallFor, heard: Heard, *, by: Actor) -> Pairing:
    """Record a call. A yes or a no is the answer itself; no answer comes back in the evening.
    Refuses when nobody waits for this call any more."""
    pairing = moves.locked(pairing_id)
    if pairing.state is not PairingState.approved:
        raise Refusal(PairingRefusal.not_waiting)
    if what_for is CallFor.guardian_consent and by.role not in calls.LOCAL:
        raise NotNow
    if what_for is CallFor.helper_acceptance and pairing.helper.account_id is not None:
        raise Refusal(PairingRefusal.has_account)
    called = calls.one(pairing, what_for)
    _note(called, heard.outcome, by=by)
    if heard.outcome is CallOutcome.no_answer:
        return pairing
    agreed = heard.outcome is CallOutcome.yes
    if what_for is CallFor.helper_acceptance:
        answer = answers.accept if agreed else answers.decline
        return answer(pairing.id, by=by)
    return _guardian(called, agreed, heard.second_person, by=by)


def _note(called: calls.ToCall, outcome: CallOutcome, *, by: Actor) -> None:
    again = None
    if outcome is CallOutcome.no_answer:
        again = call_again(clock.local(clock.now()))
    call = Call(
        county_id=called.pairing.county_id,
        pairing=called.pairing,
        what_for=called.what_for,
        outcome=outcome,
        by_account=by.account_id,
        at=clock.now(),
        again_at=again,
    )
    db.session.add(call)
    audit.record(Act.call_made, called.pairing, by=by, outcome=outcome.value)


def _guardian(called: calls.ToCall, agreed: bool, second_person: str, *, by: Actor) -> Pairing:
    if called.guardian is None:
        raise Refusal(PairingRefusal.not_waiting)
    if not agreed:
        # A no needs neither a reason nor a witness.
        answers.refuse(called.pairing, by=by)
        return called.pairing
    said = ConsentSaid(
        Answer.yes,
        Means.telephone,
        Purpose.pairing,
        called.pairing.id,
        {"number": called.phone, "second_person": second_person},
    )
    return answers.record(called.pairing.id, (called.guardian.id, said), [], by=by)
