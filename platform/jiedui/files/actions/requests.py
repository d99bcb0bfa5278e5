"""A guardian's request is taken, and answered in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children import actions as children
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import Means
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.files.models import DataRequest
from jiedui.files.queries.keeping import blocks_of
from jiedui.files.rules import (
    TAKES_CONSENT_BACK,
    WORKING_DAYS,
    Asked,
    Ground,
    How,
    Outcome,
    RequestRefusal,
    answer_fault,
)


@dataclass(frozen=True)
class RequestSaid:
    """What a guardian asked, how, and on which day it came in."""

    asked: Asked
    how: How
    words: str
    received_on: date


@dataclass(frozen=True)
class Answered:
    """The answer as it is written to the guardian."""

    outcome: Outcome
    ground: Ground | None
    words: str


def due(received: date) -> date:
    """The last day for an answer."""
    return clock.working_days_after(received, WORKING_DAYS)


def take_request(child: Child, guardian: Guardian, said: RequestSaid, *, by: By) -> DataRequest:
    """Keep a request; its clock runs from the day it came in. A closed file can be asked for too.
    Refuses who is no guardian of the child, a day to come, and a file whose identity was cleared:
    nobody could tell whose guardian asks."""
    db.lock(Child, child.id)
    if child.deidentified_at is not None:
        raise Refusal(RequestRefusal.cleared)
    if guardian.household_id != child.household_id or not guardian.is_guardian:
        raise Refusal(RequestRefusal.not_a_guardian, "guardian")
    if said.received_on > clock.today():
        raise Refusal(RequestRefusal.in_future, "received_on")
    one = DataRequest(
        county_id=child.county_id,
        child=child,
        guardian=guardian,
        asked=said.asked,
        how=said.how,
        words=said.words,
        received_on=said.received_on,
        due_on=due(said.received_on),
        taken_by=by.account_id,
    )
    db.session.add(one)
    audit.record(Act.request_taken, one, by=by, asked=said.asked)
    return one


def answer_request(one: DataRequest, said: Answered, *, by: Actor, version: int | None) -> None:
    """Answer in writing, once. Where use is to stop, or the data to go, and it is granted at least
    in part, every consent of that guardian is taken back in the same act, with its consequences.
    A deletion granted in full sets the day on which the file is cleared, within the request's own
    clock. Refuses an answer without ground or reason, a second one, and to grant a deletion while
    the file must be kept (Block)."""
    fresh(one.version, version)
    if one.outcome is not None:
        raise Refusal(RequestRefusal.answered)
    fault = answer_fault(said.outcome, said.ground, said.words)
    if fault is not None:
        where = "words" if fault is RequestRefusal.too_short else "ground"
        raise Refusal(fault, where)
    if one.asked is Asked.delete and said.outcome is Outcome.granted:
        one.clear_on = _clearing_day(one)
    one.outcome, one.ground, one.answer = said.outcome, said.ground, said.words
    one.answered_at, one.answered_by = clock.now(), by.account_id
    audit.record(Act.request_answered, one, by=by, outcome=said.outcome)
    if one.asked in TAKES_CONSENT_BACK and said.outcome is not Outcome.refused:
        _take_back(one, by)


def _clearing_day(one: DataRequest) -> date:
    db.lock(Child, one.child_id)
    against = blocks_of(one.child, but=one.id)
    if against:
        raise Refusal(against[0], "outcome")
    return max(one.due_on, clock.today())


def _take_back(one: DataRequest, by: Actor) -> None:
    for consent in one.child.consents:
        if consent.guardian_id == one.guardian_id and consent.withdrawn_at is None:
            children.withdraw_consent(consent, Means.spoken, by=by)
