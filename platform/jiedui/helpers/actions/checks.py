"""Lists for the police: many helpers, one letter, one reply (Minors Protection Law, art. 62)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Role
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries
from jiedui.helpers.actions.vetting import may_vet, record_finding
from jiedui.helpers.models import BatchMember, Helper, RecordCheckBatch
from jiedui.helpers.rules import (
    BatchState,
    Finding,
    Gate,
    HelperRefusal,
    HelperState,
    Outcome,
)

CHECKS_WAIT = 10  # working days


def send_record_checks(helpers: Sequence[Helper], authority: str, *, by: Actor) -> RecordCheckBatch:
    """Put helpers on one list for the police. Refuses an empty list, who has withdrawn, who is on
    a list without answer, and whom this person may not vet (the answer would be stuck)."""
    if not helpers:
        raise Refusal(HelperRefusal.batch_empty, "ids")
    for helper in sorted(helpers, key=lambda h: h.id):
        db.lock(Helper, helper.id)
        may_vet(helper, by)
        if helper.state is HelperState.withdrawn:
            raise Refusal(HelperRefusal.withdrawn, "ids")
    if queries.waiting_on_list({h.id for h in helpers}):
        raise Refusal(HelperRefusal.check_sent_already, "ids")
    batch = RecordCheckBatch(
        county_id=by.county_id,
        state=BatchState.sent,
        sent_by=by.account_id,
        sent_on=clock.today(),
        authority=authority,
    )
    batch.members = [BatchMember(helper_id=h.id) for h in helpers]
    db.session.add(batch)
    audit.record(Act.record_checks_sent, batch, by=by)
    return batch


def tell_of_waiting_checks(batch_id: int) -> int:
    """The police have not answered a list for ten working days: whoever took it there and the
    heads of the offices hear of it, once. Says how many were told; may run twice."""
    batch = db.lock(RecordCheckBatch, batch_id)
    if batch is None or batch.state is not BatchState.sent or batch.told_on is not None:
        return 0
    if clock.working_days_since(batch.sent_on) < CHECKS_WAIT:
        return 0
    batch.told_on = clock.today()
    audit.record(Act.record_checks_missed, batch, by=SYSTEM)
    heads = access.holders(batch.county_id, Role.coordinator)
    people = {batch.sent_by, *(one.account_id for one in heads if one.head)}
    about = (batch.__tablename__, batch.id)
    for account in sorted(people):
        outbox.post(LetterKind.checks_waiting, to=account, county_id=batch.county_id, about=about)
    return len(people)


def reply_record_checks(
    batch: RecordCheckBatch,
    on: date,
    authority: str,
    bad_ids: Iterable[int],
    *,
    by: Actor,
    version: int | None = None,
) -> None:
    """Record the one answer for everybody on a list: in order but for those named. Refuses a list
    answered already, and what recording a check refuses."""
    fresh(batch.version, version)
    db.lock(RecordCheckBatch, batch.id)
    if batch.state is not BatchState.sent:
        raise Refusal(HelperRefusal.batch_replied)
    batch.state, batch.replied_on = BatchState.replied, on
    batch.authority, batch.seen_by = authority, by.account_id
    bad = frozenset(bad_ids)
    for member in sorted(batch.members, key=lambda m: m.helper_id):
        outcome = Outcome.bad if member.helper_id in bad else Outcome.good
        found = Finding(Gate.record_check, outcome, on, None, authority, batch_id=batch.id)
        record_finding(member.helper, found, by=by)
    audit.record(Act.record_checks_replied, batch, by=by)
