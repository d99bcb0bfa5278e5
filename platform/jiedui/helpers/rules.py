"""What can be offered, the gates of vetting, and when a helper is cleared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.core.resident_id import age_on
from jiedui.core.states import Transitions

ADULT = 18
CONDUCT_VERSION = "2026-1"
CAPACITY_MOST = 5


class HelperKind(StrEnum):
    """What somebody is; people are called by it, never "helper"."""

    volunteer = "volunteer"
    caring_mother = "caring_mother"
    social_worker = "social_worker"


class HelpKind(StrEnum):
    """What is offered and what is needed."""

    companionship = "companionship"
    reading = "reading"
    tutoring = "tutoring"
    counselling = "counselling"


class Subject(StrEnum):
    """What is taught."""

    chinese = "chinese"
    mathematics = "mathematics"
    english = "english"
    physics = "physics"
    chemistry = "chemistry"
    biology = "biology"
    history = "history"
    geography = "geography"
    politics = "politics"
    music = "music"
    art = "art"
    sports = "sports"


class Stage(StrEnum):
    """For whom it is taught."""

    primary_lower = "primary_lower"
    primary_upper = "primary_upper"
    junior = "junior"
    senior = "senior"


class Language(StrEnum):
    """Languages and dialects in which a child and a helper talk."""

    mandarin = "mandarin"
    hakka = "hakka"
    cantonese = "cantonese"
    gan = "gan"
    minnan = "minnan"
    she = "she"
    sign = "sign"


class Mode(StrEnum):
    """How help reaches the child."""

    in_person = "in_person"
    online = "online"
    phone = "phone"


class Travel(StrEnum):
    """How a helper travels."""

    walk = "walk"
    ebike = "ebike"
    bus = "bus"
    car = "car"


class CredentialKind(StrEnum):
    """Papers without which some help is not given."""

    teacher = "teacher"
    counsellor = "counsellor"
    psychology_teacher = "psychology_teacher"
    social_worker = "social_worker"
    physician = "physician"


# Who may counsel a child (志愿服务条例 art. 16: professional service needs its qualification).
COUNSELLING = frozenset(
    {
        CredentialKind.counsellor,
        CredentialKind.psychology_teacher,
        CredentialKind.social_worker,
        CredentialKind.physician,
    }
)


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


class HelperRefusal(StrEnum):
    """Why something about a helper is refused."""

    under_18 = "under 18"
    birth_date_differs = "birth date differs"
    known_already = "known already"
    nothing_offered = "nothing offered"
    subject_missing = "subject missing"
    stage_missing = "stage missing"
    credential_missing = "credential missing"
    licence_missing = "licence missing"
    agency_missing = "agency missing"
    period_backwards = "period backwards"
    period_past = "period past"
    no_slot = "no slot"
    form_holder_missing = "form holder missing"
    vetted_by_self = "vetted by self"
    vetted_by_enterer = "vetted by enterer"
    date_in_future = "date in future"
    authority_missing = "authority missing"
    check_too_old = "check too old"
    batch_empty = "batch empty"
    batch_replied = "batch replied"
    capacity_below_pairings = "capacity below pairings"
    no_such_credential = "no such credential"
    withdrawn = "withdrawn"


@dataclass(frozen=True)
class Fact:
    """One finding at one gate, as a rule sees it."""

    gate: Gate
    outcome: Outcome
    on: date
    valid_until: date | None = None
    version: str | None = None


def gate_state(gate: Gate, facts: Iterable[Fact], today: date, warn_days: int = 60) -> GateState:
    """How a gate stands: the latest finding counts; a bad one stays bad until a later good one."""
    found = max((f for f in facts if f.gate is gate), key=lambda f: f.on, default=None)
    if found is None:
        return GateState.missing
    if found.outcome is Outcome.bad:
        return GateState.bad
    if gate is Gate.conduct and found.version != CONDUCT_VERSION:
        return GateState.expired
    if found.valid_until is None:
        return GateState.good
    if found.valid_until < today:
        return GateState.expired
    return GateState.expiring if (found.valid_until - today).days <= warn_days else GateState.good


def gates_for(kinds: Iterable[HelpKind], social_worker: bool) -> tuple[Gate, ...]:
    """Which gates somebody must pass: the credential only where the help needs one."""
    needed = [Gate.identity, Gate.record_check, Gate.conduct, Gate.training]
    if social_worker or HelpKind.counselling in set(kinds):
        needed.append(Gate.credential)
    return tuple(needed)


def cleared(gates: Iterable[Gate], facts: Iterable[Fact], today: date) -> bool:
    """Whether every gate is open today. Computed, never set."""
    known = list(facts)
    passing = (GateState.good, GateState.expiring)
    return all(gate_state(gate, known, today) in passing for gate in gates)


def vetting_fault(
    vetter: int, own_account: int | None, entered_by: int | None
) -> HelperRefusal | None:
    """Whether a person may vet: never oneself, never whom one has entered."""
    if vetter == own_account:
        return HelperRefusal.vetted_by_self
    return HelperRefusal.vetted_by_enterer if vetter == entered_by else None


def age_fault(birth: date, today: date) -> HelperRefusal | None:
    """One-to-one work with a child is for adults."""
    return HelperRefusal.under_18 if age_on(birth, today) < ADULT else None
