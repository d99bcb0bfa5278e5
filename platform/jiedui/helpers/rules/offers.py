"""What helpers are and offer, what is said when one registers, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiedui.core.resident_id import ResidentId, age_on

ADULT = 18
CAPACITY_MOST = 5
AHEAD_MOST_YEARS = 10  # a period that ends later is a slip of the finger


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


class HelperRefusal(StrEnum):
    """Why something about a helper is refused."""

    under_18 = "under 18"
    still_here = "still here"
    identity_cleared = "identity cleared"
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
    conduct_is_own = "conduct is own"
    reading_is_own = "reading is own"
    course_wanted = "course wanted"
    not_all_right = "not all right"
    phone_is_own = "phone is own"
    credential_by_paper = "credential by paper"
    check_sent_already = "check sent already"
    unit_outside = "unit outside"
    no_village = "no village"
    other_county = "other county"
    withdrawn = "withdrawn"


class ListFault(StrEnum):
    """Why a row of a sheet names nobody who could be registered, or nobody who is known."""

    no_consent = "no consent"
    out_of_bounds = "out of bounds"
    other_unit = "other unit"
    no_such_unit = "no such unit"
    known_elsewhere = "known elsewhere"
    name_differs = "name differs"
    gone = "gone"
    unknown = "unknown"
    several = "several"
    number_or_phone = "number or phone"


@dataclass(frozen=True)
class Period:
    """From when to when somebody can help; without an end when `ends` is None."""

    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Paper:
    """A credential as somebody says they have it, or as it was found."""

    kind: CredentialKind
    number: str | None = None
    expires: date | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What somebody offers, when and where; they may change it at any time."""

    village_id: int
    offers: frozenset[HelpKind]
    slots: frozenset[int]
    periods: tuple[Period, ...]
    languages: frozenset[Language] = frozenset({Language.mandarin})
    modes: frozenset[Mode] = frozenset({Mode.in_person})
    subjects: frozenset[Subject] = frozenset()
    stages: frozenset[Stage] = frozenset()
    travel: Travel = Travel.ebike
    max_km: int = 10
    capacity: int = 1
    unit_id: int | None = None
    national_number: str | None = None
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Who somebody is, and what they offer. Birth date and sex stand in the identity number.
    `form_holder` says who holds the signed form of somebody without an account, and where."""

    kind: HelperKind
    name: str
    who: ResidentId
    phone: str
    offer: Offer
    licence: str | None = None
    papers: tuple[Paper, ...] = ()
    form_holder: str | None = None


Fault = tuple[HelperRefusal, str]


def offer_faults(
    kinds: Iterable[HelpKind], subjects: Iterable[Subject], stages: Iterable[Stage]
) -> Iterator[Fault]:
    """What is wrong with what is offered, and beside which field."""
    offered = frozenset(kinds)
    if not offered:
        yield HelperRefusal.nothing_offered, "offers"
    if HelpKind.tutoring in offered and not frozenset(subjects):
        yield HelperRefusal.subject_missing, "subjects"
    if HelpKind.tutoring in offered and not frozenset(stages):
        yield HelperRefusal.stage_missing, "stages"


def paper_faults(kinds: Iterable[HelpKind], papers: Iterable[CredentialKind]) -> Iterator[Fault]:
    """Counselling is offered only by those who say which paper they have for it."""
    if HelpKind.counselling in frozenset(kinds) and not COUNSELLING & frozenset(papers):
        yield HelperRefusal.credential_missing, "papers"


def time_faults(slots: Iterable[int], periods: Iterable[Period], today: date) -> Iterator[Fault]:
    """What is wrong with when somebody can help."""
    if not frozenset(slots):
        yield HelperRefusal.no_slot, "slots"
    for period in periods:
        if period.ends is not None and period.ends < period.starts:
            yield HelperRefusal.period_backwards, "periods"
        elif period.ends is not None and period.ends < today:
            yield HelperRefusal.period_past, "periods"


@dataclass(frozen=True)
class Person:
    """What the rules ask about somebody who registers."""

    kind: HelperKind
    who: ResidentId
    licence: str | None
    unit_id: int | None


def who_faults(said: Person, today: date) -> Iterator[Fault]:
    """What is wrong with who registers."""
    fault = age_fault(said.who.birth_date, today)
    if fault is not None:
        yield fault, "id_number"
    if said.kind is HelperKind.social_worker:
        if not said.licence:
            yield HelperRefusal.licence_missing, "licence"
        if said.unit_id is None:
            yield HelperRefusal.agency_missing, "unit_id"


def registration_faults(said: Registration, today: date) -> Iterator[Fault]:
    """Everything that is wrong with a registration, in the order of its pages."""
    offer = said.offer
    person = Person(said.kind, said.who, said.licence, offer.unit_id)
    yield from who_faults(person, today)
    yield from offer_faults(offer.offers, offer.subjects, offer.stages)
    yield from paper_faults(offer.offers, papers_of(said))
    yield from time_faults(offer.slots, offer.periods, today)


def papers_of(said: Registration) -> tuple[CredentialKind, ...]:
    """The papers somebody says they have; a social worker's licence is one."""
    own = (CredentialKind.social_worker,) if said.licence else ()
    return own + tuple(p.kind for p in said.papers)


def age_fault(birth: date, today: date) -> HelperRefusal | None:
    """One-to-one work with a child is for adults."""
    return HelperRefusal.under_18 if age_on(birth, today) < ADULT else None


# Winter and summer holidays of schools, near enough; a person who knows better writes the days.
_WINTER = ((1, 15), (2, 20))
_SUMMER = ((7, 5), (8, 31))


def school_holidays(today: date) -> tuple[Period, ...]:
    """The next winter and the next summer holidays, in their order."""
    coming = [
        Period(date(year, *first), date(year, *last))
        for year in (today.year, today.year + 1)
        for first, last in (_WINTER, _SUMMER)
        if date(year, *last) >= today
    ]
    return tuple(coming[:2])


KM_PER_HOUR = {Travel.walk: 4.5, Travel.ebike: 20.0, Travel.bus: 25.0, Travel.car: 40.0}


def minutes_for(travel: Travel, km: float) -> int:
    """About how long a way takes, to five minutes."""
    return max(5, round(km / KM_PER_HOUR[travel] * 12) * 5)
