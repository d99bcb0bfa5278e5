"""The gates of vetting, what is found at each, and when a helper is cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.core.months import months_after
from jiedui.core.states import Transitions
from jiedui.helpers.rules.offers import (
    COUNSELLING,
    CredentialKind,
    Fault,
    HelperKind,
    HelperRefusal,
    HelpKind,
)

CONDUCT_VERSION = "2026-1"
WARN_DAYS = 60  # police and schools need weeks for a paper


class Gate(StrEnum):
    """What must be good before anybody meets a child, in the order of the page."""

    identity = "identity"
    record_check = "record_check"
    conduct = "conduct"
    training = "training"
    credential = "credential"


class Outcome(StrEnum):
    """How a gate was found."""

    good = "good"
    bad = "bad"


class GateState(StrEnum):
    """How a gate stands today."""

    good = "good"
    missing = "missing"
    expiring = "expiring"
    expired = "expired"
    bad = "bad"


class HelperState(StrEnum):
    """Whether somebody is available at all."""

    registered = "registered"
    suspended = "suspended"
    withdrawn = "withdrawn"


HELPER_MOVES = Transitions(
    {
        HelperState.registered: {HelperState.suspended, HelperState.withdrawn},
        HelperState.suspended: {HelperState.registered, HelperState.withdrawn},
        HelperState.withdrawn: {HelperState.registered},
    }
)


class BatchState(StrEnum):
    """Where a list for the police stands."""

    sent = "sent"
    replied = "replied"


@dataclass(frozen=True)
class Fact:
    """One finding at one gate, as a rule sees it."""

    gate: Gate
    outcome: Outcome
    on: date
    valid_until: date | None = None
    version: str | None = None


@dataclass(frozen=True)
class Finding:
    """What was found at one gate, as it is recorded. A record check names its authority; a signed
    code of conduct the version of its text."""

    gate: Gate
    outcome: Outcome
    done_on: date
    valid_until: date | None = None
    authority: str = ""
    version: str | None = None
    batch_id: int | None = None


@dataclass(frozen=True)
class Seen:
    """A credential as a rule sees it: `outcome` is None until somebody has looked at it."""

    kind: CredentialKind
    outcome: Outcome | None
    expires: date | None = None


def latest(gate: Gate, facts: Iterable[Fact]) -> Fact | None:
    """The finding that counts, of findings in the order they were recorded. A bad one counts from
    when it is recorded, whatever its date; a good one takes the place of what is not younger."""
    found: Fact | None = None
    for fact in facts:
        if fact.gate is not gate:
            continue
        if found is None or fact.outcome is Outcome.bad or fact.on >= found.on:
            found = fact
    return found


def by_date(valid_until: date | None, today: date, warn_days: int = WARN_DAYS) -> GateState:
    """How something good stands by its last day."""
    if valid_until is None:
        return GateState.good
    if valid_until < today:
        return GateState.expired
    return GateState.expiring if (valid_until - today).days <= warn_days else GateState.good


def gate_state(
    gate: Gate, facts: Iterable[Fact], today: date, warn_days: int = WARN_DAYS
) -> GateState:
    """How a gate stands: the latest finding counts; a bad one stays bad until a later good one."""
    found = latest(gate, facts)
    if found is None:
        return GateState.missing
    if found.outcome is Outcome.bad:
        return GateState.bad
    if gate is Gate.conduct and found.version != CONDUCT_VERSION:
        return GateState.expired
    return by_date(found.valid_until, today, warn_days)


# Best first: one good paper is enough, and one nobody has seen yet may still turn out good.
_BEST = (
    GateState.good,
    GateState.expiring,
    GateState.missing,
    GateState.expired,
    GateState.bad,
)


def credential_state(
    wanted: frozenset[CredentialKind], papers: Iterable[Seen], today: date
) -> GateState:
    """How the credential gate stands: the best of the papers that would do."""
    states = [_paper_state(p, today) for p in papers if p.kind in wanted]
    return min(states, key=_BEST.index, default=GateState.missing)


def _paper_state(paper: Seen, today: date) -> GateState:
    if paper.outcome is None:
        return GateState.missing
    if paper.outcome is Outcome.bad:
        return GateState.bad
    return by_date(paper.expires, today)


def papers_wanted(kind: HelperKind) -> frozenset[CredentialKind]:
    """Which papers open the credential gate."""
    if kind is HelperKind.social_worker:
        return frozenset({CredentialKind.social_worker})
    return COUNSELLING


def gates_for(kinds: Iterable[HelpKind], social_worker: bool) -> tuple[Gate, ...]:
    """Which gates somebody must pass: the credential where nothing could be done without it.
    Who offers counselling beside other help is cleared for the other help without a paper."""
    needed = [Gate.identity, Gate.record_check, Gate.conduct, Gate.training]
    if social_worker or set(kinds) == {HelpKind.counselling}:
        needed.append(Gate.credential)
    return tuple(needed)


def gate_states(
    person: tuple[HelperKind, frozenset[HelpKind]],
    facts: Iterable[Fact],
    papers: Iterable[Seen],
    today: date,
) -> dict[Gate, GateState]:
    """How every gate stands that concerns a person of this kind who offers this. The credential
    stands there too when counselling is one offer among others, though it bars only that one."""
    kind, offered = person
    known = list(facts)
    gates = list(gates_for(offered, kind is HelperKind.social_worker))
    states = {gate: gate_state(gate, known, today) for gate in gates}
    if Gate.credential in states or HelpKind.counselling in offered:
        states[Gate.credential] = credential_state(papers_wanted(kind), papers, today)
    return states


def open_offers(kinds: Iterable[HelpKind], may_counsel: bool) -> frozenset[HelpKind]:
    """What may be matched of what is offered: counselling only with a paper that was seen."""
    offered = frozenset(kinds)
    return offered if may_counsel else offered - {HelpKind.counselling}


PASSING = frozenset({GateState.good, GateState.expiring})


def passes(gates: Iterable[Gate], states: dict[Gate, GateState]) -> bool:
    """Whether every gate is open today. Computed, never set."""
    return all(states[gate] in PASSING for gate in gates)


def cleared(gates: Iterable[Gate], facts: Iterable[Fact], today: date) -> bool:
    """Whether the findings alone open every one of these gates today."""
    known = list(facts)
    return all(gate_state(gate, known, today) in PASSING for gate in gates)


class NextStep(StrEnum):
    """What comes next at a gate, and who does it."""

    nothing = "nothing"
    show_identity = "show identity"
    wait_for_police = "wait for police"
    renew_check = "renew check"
    sign_conduct = "sign conduct"
    sign_new_conduct = "sign new conduct"
    sign_on_paper = "sign on paper"
    come_to_training = "come to training"
    show_credential = "show credential"
    renew_credential = "renew credential"
    ask_office = "ask office"


_FIRST = {
    Gate.identity: NextStep.show_identity,
    Gate.record_check: NextStep.wait_for_police,
    Gate.conduct: NextStep.sign_conduct,
    Gate.training: NextStep.come_to_training,
    Gate.credential: NextStep.show_credential,
}
_AGAIN = {
    Gate.identity: NextStep.show_identity,
    Gate.record_check: NextStep.renew_check,
    Gate.conduct: NextStep.sign_new_conduct,
    Gate.training: NextStep.come_to_training,
    Gate.credential: NextStep.renew_credential,
}


def next_step(gate: Gate, state: GateState, has_account: bool = True) -> NextStep:
    """What comes next at a gate."""
    if state is GateState.good:
        return NextStep.nothing
    if state is GateState.bad:
        return NextStep.ask_office
    if gate is Gate.conduct and not has_account:
        return NextStep.sign_on_paper
    return _FIRST[gate] if state is GateState.missing else _AGAIN[gate]


def last_day(finding: Finding, check_months: int) -> date | None:
    """Until when a finding counts: a record check no longer than the county allows."""
    if finding.outcome is Outcome.bad or finding.gate is not Gate.record_check:
        return finding.valid_until
    limit = months_after(finding.done_on, check_months)
    return min(finding.valid_until or limit, limit)


def finding_faults(finding: Finding, check_months: int, today: date) -> Iterator[Fault]:
    """What is wrong with a finding, and beside which field."""
    if finding.done_on > today:
        yield HelperRefusal.date_in_future, "done_on"
    if finding.gate is Gate.record_check and not finding.authority:
        yield HelperRefusal.authority_missing, "authority"
    last = last_day(finding, check_months)
    if last is not None and last < today:
        yield HelperRefusal.check_too_old, "done_on"


def vetting_fault(
    vetter: int, own_account: int | None, entered_by: int | None
) -> HelperRefusal | None:
    """Whether a person may vet: never oneself, never whom one has entered."""
    if vetter == own_account:
        return HelperRefusal.vetted_by_self
    return HelperRefusal.vetted_by_enterer if vetter == entered_by else None
