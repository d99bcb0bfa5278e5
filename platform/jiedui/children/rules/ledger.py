"""Categories, school, levels and states of a file, who may read a name, and every refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.access.rules import Actor, GrantLevel, Role
from jiedui.core.resident_id import age_on, tidy
from jiedui.core.states import Transitions

ADULT = 18


class Category(StrEnum):
    """Why a child is in the ledger (county plan, part three; 国发〔2016〕13号, 36号;
    民发〔2019〕62号)."""

    left_behind = "left_behind"
    orphan = "orphan"
    de_facto_unattended = "de_facto_unattended"
    disabled = "disabled"
    minimum_allowance = "minimum_allowance"
    destitution_support = "destitution_support"
    seriously_ill = "seriously_ill"
    other_hardship = "other_hardship"


class SchoolStage(StrEnum):
    """Where a child is at school."""

    not_yet = "not_yet"
    kindergarten = "kindergarten"
    primary_1 = "primary_1"
    primary_2 = "primary_2"
    primary_3 = "primary_3"
    primary_4 = "primary_4"
    primary_5 = "primary_5"
    primary_6 = "primary_6"
    junior_1 = "junior_1"
    junior_2 = "junior_2"
    junior_3 = "junior_3"
    senior = "senior"
    vocational = "vocational"
    out_of_school = "out_of_school"


class RiskLevel(StrEnum):
    """How much watching over a child needs, most first."""

    red = "red"
    yellow = "yellow"
    blue = "blue"
    green = "green"


class ChildState(StrEnum):
    """Whether a file is open."""

    open = "open"
    closed = "closed"


CHILD_MOVES = Transitions(
    {ChildState.open: {ChildState.closed}, ChildState.closed: {ChildState.open}}
)


class CloseReason(StrEnum):
    """Why a file leaves the ledger."""

    turned_18 = "turned_18"
    parent_returned = "parent_returned"
    moved_with_parents = "moved_with_parents"
    family_improved = "family_improved"
    adopted = "adopted"
    died = "died"
    doubled_file = "doubled_file"
    entered_wrongly = "entered_wrongly"
    moved_away = "moved_away"


class Relation(StrEnum):
    """Who somebody is to a child."""

    father = "father"
    mother = "mother"
    grandfather = "grandfather"
    grandmother = "grandmother"
    uncle_or_aunt = "uncle_or_aunt"
    sibling = "sibling"
    other_relative = "other_relative"
    neighbour = "neighbour"
    other = "other"


class Masked(StrEnum):
    """What stays hidden until somebody says why it must be seen."""

    id_number = "id_number"
    name = "name"


class RevealReason(StrEnum):
    """The five reasons for which a masked field is shown."""

    duty_visit = "duty_visit"
    medical = "medical"
    school = "school"
    entitlement = "entitlement"
    protection = "protection"


class ChildRefusal(StrEnum):
    """Why something about a child is refused."""

    over_18 = "over 18"
    in_future = "in future"
    birth_date_differs = "birth date differs"
    sex_differs = "sex differs"
    village_outside = "village outside"
    known_already = "known already"
    maybe_known = "maybe known"
    guardian_missing = "guardian missing"
    carer_missing = "carer missing"
    school_missing = "school missing"
    grade_missing = "grade missing"
    supervisor_lowers = "supervisor lowers"
    visit_missing = "visit missing"
    file_closed = "file closed"
    checked_by_self = "checked by self"
    checked_already = "checked already"
    consent_closed = "consent closed"
    not_a_guardian = "not a guardian"
    given_in_future = "given in future"
    link_gone = "link gone"
    code_wrong = "code wrong"
    second_person_missing = "second person missing"
    second_person_is_self = "second person is self"
    holder_missing = "holder missing"
    number_missing = "number missing"
    yes_needs_proof = "yes needs proof"
    nothing_ticked = "nothing ticked"
    nothing_to_show = "nothing to show"
    identity_cleared = "identity cleared"
    still_open = "still open"
    held_back = "held back"
    held_already = "held already"
    not_held = "not held"


@dataclass(frozen=True)
class Identity:
    """What is said of a child at registration, before it is kept."""

    birth_date: date
    sex: str
    id_birth_date: date | None = None
    id_sex: str | None = None


def identity_fault(said: Identity, today: date) -> tuple[ChildRefusal, str] | None:
    """What is wrong with a child's particulars, and the field it belongs to."""
    if said.birth_date > today:
        return ChildRefusal.in_future, "birth_date"
    if age_on(said.birth_date, today) >= ADULT:
        return ChildRefusal.over_18, "birth_date"
    if said.id_birth_date is not None and said.id_birth_date != said.birth_date:
        return ChildRefusal.birth_date_differs, "id_number"
    if said.id_sex is not None and said.id_sex != said.sex:
        return ChildRefusal.sex_differs, "id_number"
    return None


def check_fault(
    entered_by: int | None, checked_by: int | None, checker: int
) -> ChildRefusal | None:
    """Whether a person may check (审核) a new file: once, and never who entered it."""
    if checked_by is not None:
        return ChildRefusal.checked_already
    return ChildRefusal.checked_by_self if entered_by == checker else None


# Who works with these children day by day and calls them by name.
CALLS_BY_NAME = frozenset({Role.child_director, Role.township_supervisor, Role.social_worker})


def masked_name(name: str) -> str:
    """A name beyond daily work: the first character, and never how many follow."""
    return f"{name[:1]}＊"


def reads_beyond(actor: Actor | None, child_id: int, path: str) -> bool:
    """Whether this person reads a file only because it was opened to them beyond their area: then
    it is not their daily work, whatever their role."""
    opened = actor is not None and actor.has_grant("child", child_id, GrantLevel.read)
    return opened and not (actor and path.startswith(actor.scope))


def shown_name(name: str, actor: Actor | None) -> str:
    """A child's name as this person reads it."""
    return name if actor is not None and actor.role in CALLS_BY_NAME else masked_name(name)


PRIMARY_AGE = 6

_BY_YEAR = (
    SchoolStage.primary_1,
    SchoolStage.primary_2,
    SchoolStage.primary_3,
    SchoolStage.primary_4,
    SchoolStage.primary_5,
    SchoolStage.primary_6,
    SchoolStage.junior_1,
    SchoolStage.junior_2,
    SchoolStage.junior_3,
)


def usual_stage(birth: date, today: date) -> SchoolStage:
    """Where a child of this age usually is at school: six years old on 31 August begins
    (义务教育法 art. 11); the school year begins on 1 September."""
    began = date(today.year - (today.month < 9), 8, 31)
    years = age_on(birth, began) - PRIMARY_AGE
    if years < -3:
        return SchoolStage.not_yet
    if years < 0:
        return SchoolStage.kindergarten
    return _BY_YEAR[years] if years < len(_BY_YEAR) else SchoolStage.senior


def age_band(birth: date, today: date) -> tuple[int, int]:
    """The band of three years that a card shows instead of an age: 6-8, 9-11, 12-14, ..."""
    low = age_on(birth, today) // 3 * 3
    return low, low + 2


def file_number(text: str) -> int | None:
    """The number of a file as it is spoken of (C-0001, or 1); None of anything else."""
    digits = tidy(text).removeprefix("C")
    known = digits.isascii() and digits.isdigit() and len(digits) < 10
    return int(digits) if known else None
