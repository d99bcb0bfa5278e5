"""What is found at each gate is recorded; helpers are suspended, restored, and withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import HelperLostClearance, happen
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries
from jiedui.helpers.actions.clearance import held, letter, watching
from jiedui.helpers.models import Credential, Helper, VettingFact
from jiedui.helpers.queries.standing import fault_for
from jiedui.helpers.rules import (
    CONDUCT_VERSION,
    HELPER_MOVES,
    Finding,
    Gate,
    GateState,
    HelperRefusal,
    HelperState,
    Outcome,
    finding_faults,
    last_day,
)
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


def record_finding(helper: Helper, finding: Finding, *, by: Actor) -> VettingFact:
    """Add what was found at a gate, for good. Refuses oneself and whom one has entered, a day to
    come, a check without authority or too old, and what is signed or recorded elsewhere."""
    held(helper)
    may_vet(helper, by)
    if finding.gate is Gate.credential:
        raise Refusal(HelperRefusal.credential_by_paper, "gate")
    if finding.gate is Gate.conduct and helper.account_id is not None:
        raise Refusal(HelperRefusal.conduct_is_own, "gate")
    months = regions.setting(helper.county_id, Setting.record_check_months)
    for code, field in finding_faults(finding, months, clock.today()):
        raise Refusal(code, field)
    return add_finding(helper, finding, last_day(finding, months), by=by)


def record_findings(helpers: Sequence[Helper], finding: Finding, *, by: Actor) -> int:
    """Record the same finding for many at once; returns for how many. All or none."""
    if not helpers:
        raise Refusal(HelperRefusal.batch_empty, "ids")
    for helper in helpers:
        record_finding(helper, finding, by=by)
    return len(helpers)


def sign_conduct(helper: Helper, *, by: By) -> VettingFact:
    """The helper signs the code of conduct in its present text; nobody else can for them."""
    held(helper)
    if helper.account_id is None or by.account_id != helper.account_id:
        raise Refusal(HelperRefusal.conduct_is_own)
    signed = Finding(Gate.conduct, Outcome.good, clock.today(), version=CONDUCT_VERSION)
    return add_finding(helper, signed, None, by=by)


def see_credential(
    helper: Helper, credential: Credential, outcome: Outcome, expires: date | None, *, by: Actor
) -> None:
    """Record that a paper was seen, and how it was found. Refuses oneself and whom one has
    entered, another person's paper, and a good one that has run out."""
    held(helper)
    may_vet(helper, by)
    if credential.helper_id != helper.id:
        raise Refusal(HelperRefusal.no_such_credential, "credential")
    today = clock.today()
    finding = Finding(Gate.credential, outcome, today, expires)
    for code, _field in finding_faults(finding, 0, today):
        raise Refusal(code, "expires")
    credential.outcome, credential.expires = outcome, expires
    credential.seen_by, credential.seen_on = by.account_id, today
    add_finding(helper, finding, None if outcome is Outcome.bad else expires, by=by)


def may_vet(helper: Helper, by: Actor) -> None:
    """Refuse whoever vets themselves or whom they have entered, in their own name or another's."""
    fault = fault_for(by, helper)
    if fault is not None:
        raise Refusal(fault)


def add_finding(
    helper: Helper, finding: Finding, valid_until: date | None, *, by: By
) -> VettingFact:
    """A finding is added, with its consequences: a step of an act that has asked its own rules."""
    conduct = finding.gate is Gate.conduct
    fact = VettingFact(
        county_id=helper.county_id,
        helper_id=helper.id,
        gate=finding.gate,
        outcome=finding.outcome,
        done_on=finding.done_on,
        valid_until=valid_until if finding.outcome is Outcome.good else None,
        authority=finding.authority,
        text_version=(finding.version or CONDUCT_VERSION) if conduct else None,
        seen_by=None if by.account_id == helper.account_id else by.account_id,
        recorded_at=clock.now(),
        batch_id=finding.batch_id,
    )
    bad = finding.outcome is Outcome.bad
    if bad:
        helper.facts.append(fact)
        db.session.flush()  # listeners read the tables
        happen(HelperLostClearance(helper.id, bad=True))
        letter(helper, LetterKind.helper_gate_bad)
    else:
        with watching(helper):
            helper.facts.append(fact)
    details = {"gate": finding.gate.value, "outcome": finding.outcome.value}
    audit.record(Act.helper_vetted, helper, by=by, **details)
    return fact


def suspend(helper: Helper, *, by: By) -> None:
    """Take a helper out of matching at once; living pairings pause."""
    _move(helper, HelperState.suspended)
    audit.record(Act.helper_suspended, helper, by=by)
    happen(HelperLostClearance(helper.id, bad=True))


def restore(helper: Helper, *, by: Actor) -> None:
    """Take a suspended or withdrawn helper back; the gates decide whether they are cleared.
    Nobody takes themselves back out of a suspension. Refuses whose identity was cleared."""
    if helper.deidentified_at is not None:
        raise Refusal(HelperRefusal.identity_cleared)
    if helper.state is HelperState.suspended:
        may_vet(helper, by)
    with watching(helper):
        _move(helper, HelperState.registered)
    audit.record(Act.helper_restored, helper, by=by)


def withdraw(helper: Helper, *, by: By) -> None:
    """A helper leaves; what they did stays on record."""
    _move(helper, HelperState.withdrawn)
    audit.record(Act.helper_withdrawn, helper, by=by)
    happen(HelperLostClearance(helper.id, bad=False))


def _move(helper: Helper, new: HelperState) -> None:
    held(helper)
    HELPER_MOVES.require(helper.state, new)
    helper.state = new
    helper.left_at = clock.now() if new is HelperState.withdrawn else None
    db.session.flush()  # listeners read the tables


def run_out(helper_id: int) -> bool:
    """Tell the upper rooms that something of a helper's has run out; may be told again."""
    helper = queries.get(helper_id)
    held(helper)
    if GateState.expired not in queries.gate_states(helper).values():
        return False
    if queries.is_cleared(helper):
        return False
    happen(HelperLostClearance(helper.id, bad=False))
    return True
