"""The agreement by which parents who leave entrust their children to somebody (委托照护协议,
未保法 21-23): its states, who cannot be a carer, what a signature needs, and when it runs out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.children.rules import ADULT, Unable
from jiedui.core.resident_id import age_on
from jiedui.core.states import Transitions

EXPIRING = timedelta(days=60)
TERM_MOST_DAYS = 3 * 366  # ours: a longer one is forgotten by everybody
USUAL_TERM = timedelta(days=364)
HOURS_TO_TELL = 24  # within which parents hear of what a carer has consented to
# Before the Spring Festival the village prepares; after it, parents leave again.
FESTIVAL_BEFORE, FESTIVAL_AFTER = timedelta(days=45), timedelta(days=20)


class PaperState(StrEnum):
    """Where an agreement stands."""

    drafted = "drafted"
    printed = "printed"
    signed = "signed"
    expired = "expired"
    ended = "ended"
    replaced = "replaced"


P = PaperState
# A paper of the village's own, signed before, is put on file without being printed here.
PAPER_MOVES = Transitions(
    {
        P.drafted: {P.printed, P.signed, P.ended, P.replaced},
        P.printed: {P.drafted, P.signed, P.ended, P.replaced},  # changed: to be printed again
        P.signed: {P.expired, P.ended, P.replaced},
    }
)
OPEN = frozenset({P.drafted, P.printed})


class LeaveReason(StrEnum):
    """Why parents cannot care for their child themselves for a time (未保法 22: 外出务工等)."""

    work_away = "work away"
    illness = "illness"
    custody = "custody"
    study_or_service = "study or service"
    other = "other"


class Exclusion(StrEnum):
    """Who must not be entrusted with a child (未保法 22)."""

    harm = "harm"  # sexual assault, abuse, abandonment, trafficking, violence
    habits = "habits"  # drugs, alcohol, gambling
    refused_duty = "refused duty"  # refused a guardian's duty, or neglected it for long
    unfit = "unfit"  # any other reason


class Declared(StrEnum):
    """What stands of one of them on the paper: the carer declares that there is nothing, or
    something is known."""

    free = "free"
    found = "found"


class Aspect(StrEnum):
    """What is looked at before a carer is chosen (未保法 22: 综合考虑)."""

    health = "health"
    home = "home"
    bond = "bond"
    character = "character"


class Fit(StrEnum):
    """How an aspect of a carer is judged."""

    good = "good"
    doubtful = "doubtful"
    unfit = "unfit"


class Heard(StrEnum):
    """What a child who can say so thinks of the carer (未保法 22)."""

    agrees = "agrees"
    disagrees = "disagrees"
    too_young = "too young"


class Signer(StrEnum):
    """Whose signatures stand on the paper."""

    father = "father"
    mother = "mother"
    other_guardian = "other guardian"
    carer = "carer"
    witness = "witness"
    child = "child"


PRINCIPALS = frozenset({Signer.father, Signer.mother, Signer.other_guardian})


class EndReason(StrEnum):
    """Why an agreement ends before its last day."""

    parents_back = "parents back"
    joined_parents = "joined parents"
    other_guardian = "other guardian"
    carer_unable = "carer unable"
    carer_excluded = "carer excluded"
    parents_withdrew = "parents withdrew"
    of_age = "of age"
    not_needed = "not needed"  # a draft that nobody signed
    files_closed = "files closed"


# After these, nobody cares for the child until somebody has done something.
LEAVES_NOBODY = frozenset(
    {EndReason.carer_unable, EndReason.carer_excluded, EndReason.parents_withdrew}
)
BY_HAND = (
    EndReason.parents_back,
    EndReason.joined_parents,
    EndReason.other_guardian,
    EndReason.carer_unable,
    EndReason.carer_excluded,
    EndReason.parents_withdrew,
    EndReason.of_age,
)


class ToldWhom(StrEnum):
    """Who is told of an agreement in writing (未保法 23)."""

    school = "school"
    village = "village"


class PaperRefusal(StrEnum):
    """Why something about an agreement is refused."""

    no_child = "no child"
    file_closed = "file closed"
    not_of_house = "not of house"
    carer_is_parent = "carer is parent"
    carer_is_principal = "carer is principal"
    carer_away = "carer away"
    carer_unable = "carer unable"
    carer_minor = "carer minor"
    end_before_start = "end before start"
    term_too_long = "term too long"
    over_already = "over already"
    signed_in_future = "signed in future"
    declaration_missing = "declaration missing"
    excluded = "excluded"
    assessment_missing = "assessment missing"
    unfit = "unfit"
    child_not_heard = "child not heard"
    signature_missing = "signature missing"
    holder_missing = "holder missing"
    not_now = "not now"
    before_start = "before start"
    in_future = "in future"
    unprintable = "unprintable"


@dataclass(frozen=True)
class CarerFacts:
    """What is known of the one who shall care."""

    is_parent: bool
    away: bool
    unable: Unable | None = None
    birth_date: date | None = None


def carer_fault(carer: CarerFacts, today: date) -> PaperRefusal | None:
    """Why somebody cannot be entrusted with children at all: they must be grown up, able, there,
    and nobody's parent (a parent needs no agreement)."""
    if carer.is_parent:
        return PaperRefusal.carer_is_parent
    if carer.away:
        return PaperRefusal.carer_away
    if carer.unable is not None:
        return PaperRefusal.carer_unable
    if carer.birth_date is not None and age_on(carer.birth_date, today) < ADULT:
        return PaperRefusal.carer_minor
    return None


def term_fault(starts: date, ends: date) -> tuple[PaperRefusal, str] | None:
    """What is wrong with the days from which and to which an agreement shall hold."""
    if ends < starts:
        return PaperRefusal.end_before_start, "ends"
    if (ends - starts).days > TERM_MOST_DAYS:
        return PaperRefusal.term_too_long, "ends"
    return None


@dataclass(frozen=True)
class Signing:
    """What stands on a paper that was signed. `heard` has one entry for each child."""

    signed_on: date
    starts: date
    ends: date
    signers: frozenset[Signer]
    holder: str
    declared: Mapping[Exclusion, Declared]
    fit: Mapping[Aspect, Fit]
    heard: Mapping[int, Heard]
    witness: str = ""


def signing_fault(
    said: Signing, children: Collection[int], today: date
) -> tuple[PaperRefusal, str] | None:
    """What is missing of a signed paper or speaks against it, and the field it belongs to."""
    if said.signed_on > today:
        return PaperRefusal.signed_in_future, "signed_on"
    fault = term_fault(said.starts, said.ends)
    if fault is not None:
        return fault
    if said.ends < today:
        return PaperRefusal.over_already, "ends"
    if not said.signers & PRINCIPALS or Signer.carer not in said.signers:
        return PaperRefusal.signature_missing, "signers"
    if not said.holder:
        return PaperRefusal.holder_missing, "holder"
    return _carer_fault(said) or _heard_fault(said, children)


def _carer_fault(said: Signing) -> tuple[PaperRefusal, str] | None:
    for one in Exclusion:
        stands = said.declared.get(one)
        if stands is not Declared.free:
            code = PaperRefusal.excluded if stands else PaperRefusal.declaration_missing
            return code, f"declared_{one.name}"
    for aspect in Aspect:
        judged = said.fit.get(aspect)
        if judged is None or judged is Fit.unfit:
            code = PaperRefusal.unfit if judged else PaperRefusal.assessment_missing
            return code, f"fit_{aspect.name}"
    return None


def _heard_fault(said: Signing, children: Collection[int]) -> tuple[PaperRefusal, str] | None:
    unheard = next((c for c in children if c not in said.heard), None)
    return (PaperRefusal.child_not_heard, f"heard_{unheard}") if unheard is not None else None


def over(state: PaperState, ends: date | None, today: date) -> bool:
    """Whether the last day of a signed agreement is past."""
    return state is P.signed and ends is not None and ends < today


def season(festival: date, today: date) -> bool:
    """Whether it is the time in which papers are prepared and signed at the Spring Festival."""
    return festival - FESTIVAL_BEFORE <= today <= festival + FESTIVAL_AFTER
