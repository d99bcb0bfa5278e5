"""A case (个案): what is done about a report, stage by stage, and which stage may be left out why.

The chain is that of 国发〔2016〕13号 part 4: monitored and reported, dealt with at once, assessed
and helped, guardianship intervened in. Nobody comes to the end without each stage, done or left out
with a reason that the law knows; a second person closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jiedui.core.states import Transitions
from jiedui.protection.rules import ReportOutcome


class Stage(StrEnum):
    """How far a case is; each is reached by an entry in its story."""

    triaged = "triaged"
    police_told = "police told"
    placed = "placed"
    assessed = "assessed"
    planned = "planned"
    intervened = "intervened"
    followed_up = "followed up"
    closing = "closing"
    closed = "closed"


S = Stage
CASE_MOVES = Transitions(
    {
        S.triaged: {S.police_told},
        S.police_told: {S.placed},
        S.placed: {S.assessed},
        S.assessed: {S.planned},
        S.planned: {S.intervened},
        S.intervened: {S.followed_up},
        S.followed_up: {S.followed_up, S.closing},
        S.closing: {S.followed_up, S.closed},
    }
)
# What is told of what was done in the world, not in the office.
DONE = (S.police_told, S.placed, S.assessed, S.planned, S.intervened, S.followed_up)


class Situation(StrEnum):
    """What is suspected: the nine situations of 高检发〔2020〕9号 art. 4 in their order, and four
    that 国发〔2016〕13号 part 4 adds."""

    private_parts = "private parts"
    girl_under_14 = "girl under 14"
    girl_over_14 = "girl over 14"
    injuries = "injuries"
    self_harm = "self harm"
    abandoned = "abandoned"
    missing = "missing"
    begging = "begging"
    other_harm = "other harm"
    alone = "alone"
    guardian_fails = "guardian fails"
    violence = "violence"
    accident = "accident"


FOUR = frozenset(
    {Situation.alone, Situation.guardian_fails, Situation.violence, Situation.accident}
)
NINE = frozenset(Situation) - FOUR
# Who asks further would harm the child again: sealed as they come.
SEALED = frozenset({Situation.private_parts, Situation.girl_under_14, Situation.girl_over_14})


class Suspect(StrEnum):
    """Whom the suspicion is about, as far as it decides who may know of it."""

    unknown = "unknown"
    guardian = "guardian"
    relative = "relative"
    helper = "helper"
    village_worker = "village worker"
    township_worker = "township worker"
    school_worker = "school worker"
    other = "other"


# A case about these stays with the county: village and township do not hear of it.
COUNTY_ONLY = frozenset({Suspect.village_worker, Suspect.township_worker})


class Skip(StrEnum):
    """Why a stage is left out."""

    police_brought = "police brought"
    no_crime = "no crime"
    safe_at_home = "safe at home"
    with_kin = "with kin"
    nothing_to_help = "nothing to help"
    no_ground = "no ground"
    handed_over = "handed over"


# 未保法 11 and 9号 art. 3: of the nine situations the police are told, unless it is they who came.
# 未保法 92 and 13号 part 4: a child is placed where it is not safe at home or with its kin. An
# assessment is never left out. 未保法 94, 108 and 118 and 民法典 36 name the grounds to intervene.
SKIPS: dict[Stage, frozenset[Skip]] = {
    S.police_told: frozenset({Skip.police_brought, Skip.no_crime}),
    S.placed: frozenset({Skip.safe_at_home, Skip.with_kin}),
    S.planned: frozenset({Skip.nothing_to_help}),
    S.intervened: frozenset({Skip.no_ground}),
    S.followed_up: frozenset({Skip.handed_over}),
}


class Placement(StrEnum):
    """Where a child is brought in an emergency (紧急安置)."""

    kin = "kin"
    village = "village"
    institution = "institution"
    hospital = "hospital"


class LegalGround(StrEnum):
    """On which ground a guardianship is intervened in (监护干预)."""

    admonished = "admonished"  # 未保法 118: advice, and an admonition by the police
    family_order = "family order"  # 家庭教育促进法 49: the court's, procuratorate's or police's
    protection_order = "protection order"  # 反家暴法 23
    temporary = "temporary"  # 未保法 92: temporary guardianship by civil affairs
    revoked = "revoked"  # 未保法 108, 民法典 36: petition to end a guardianship
    long_term = "long-term"  # 未保法 94: long-term guardianship by civil affairs


class LookReason(StrEnum):
    """Why somebody breaks the seal of a case."""

    stands_in = "stands in"
    second_person = "second person"
    danger_now = "danger now"
    police_asks = "police asks"
    complaint = "complaint"


class CaseRefusal(StrEnum):
    """Why an act on a case is refused."""

    has_case = "has case"
    not_now = "not now"
    not_to_skip = "not to skip"
    must_tell_police = "must tell police"
    words_missing = "words missing"
    officer_missing = "officer missing"
    ground_missing = "ground missing"
    placement_missing = "placement missing"
    in_future = "in future"
    before_report = "before report"
    same_person = "same person"
    county_only = "county only"
    no_village = "no village"
    told_already = "told already"
    no_such_file = "no such file"
    named_already = "named already"


@dataclass(frozen=True)
class Triage:
    """What the first look at a report gives. `sealed` closes it to all but who breaks the seal;
    `helper_id` is the helper it is about, if it is about one and the number is known."""

    situation: Situation
    suspect: Suspect
    region_id: int | None = None
    helper_id: int | None = None
    sealed: bool = False
    words: str = ""


@dataclass(frozen=True)
class StepSaid:
    """A stage as it is told: done at an instant with what belongs to it, or left out and why."""

    stage: Stage
    at: datetime
    words: str = ""
    skipped: Skip | None = None
    officer: str = ""
    number: str = ""
    placement: Placement | None = None
    ground: LegalGround | None = None


@dataclass(frozen=True)
class Ending:
    """How a case is to end, as the first of two people says it."""

    outcome: ReportOutcome
    answer: str
    reply: str = ""


def next_stages(stage: Stage) -> list[Stage]:
    """What may be told next of a case, in order."""
    return [one for one in DONE if CASE_MOVES.allows(stage, one) and stage is not S.closing]


def sealed_from_start(situation: Situation, wanted: bool) -> bool:
    """Whether a case is sealed: some always are."""
    return wanted or situation in SEALED


def step_fault(now: Stage, said: StepSaid, situation: Situation) -> CaseRefusal | None:
    """Why a stage cannot be told, if it cannot."""
    if said.stage not in next_stages(now):
        return CaseRefusal.not_now
    if said.skipped is not None:
        return _skip_fault(now, said, situation)
    if said.stage is S.police_told and not said.officer:
        return CaseRefusal.officer_missing
    if said.stage is S.placed and said.placement is None:
        return CaseRefusal.placement_missing
    if said.stage is S.intervened and said.ground is None:
        return CaseRefusal.ground_missing
    needs_words = said.stage in (S.assessed, S.planned, S.intervened, S.followed_up)
    return CaseRefusal.words_missing if needs_words and not said.words else None


def _skip_fault(now: Stage, said: StepSaid, situation: Situation) -> CaseRefusal | None:
    if said.skipped not in SKIPS.get(said.stage, frozenset()) or now is S.followed_up:
        return CaseRefusal.not_to_skip
    if said.skipped is Skip.no_crime and situation in NINE:
        return CaseRefusal.must_tell_police
    return None if said.words else CaseRefusal.words_missing


def township_may_know(suspect: Suspect) -> bool:
    """Whether village and township may hear of a case."""
    return suspect not in COUNTY_ONLY


def may_close(hands: set[int | None], closing: set[int]) -> bool:
    """Whether this person (as all the accounts they are) may close what others have in hand."""
    return hands - {None} != set() and not hands & closing
