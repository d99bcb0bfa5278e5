"""Kinds of units and places, how a unit that registers itself is taken in, what is told of a
place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from stdnum.cn import uscc

from jiedui.access.rules import Office
from jiedui.regions.rules import great_circle_km


class UnitKind(StrEnum):
    """What a unit is."""

    department = "department"
    school = "school"
    agency = "agency"
    company = "company"
    charity = "charity"
    social_organisation = "social_organisation"
    volunteer_team = "volunteer_team"
    village_committee = "village_committee"
    hospital = "hospital"


class PlaceKind(StrEnum):
    """Where help happens outside a home."""

    childrens_home = "childrens_home"
    school = "school"
    youth_palace = "youth_palace"
    practice_centre = "practice_centre"
    shelter = "shelter"
    welfare_institution = "welfare_institution"


class PlaceUse(StrEnum):
    """What a place is there for."""

    companionship = "companionship"
    reading = "reading"
    tutoring = "tutoring"
    sport = "sport"
    culture = "culture"
    counselling = "counselling"
    parents = "parents"
    safety = "safety"
    meals = "meals"
    shelter = "shelter"


class PartnerRefusal(StrEnum):
    """Why a unit or a place is refused."""

    credit_code_wrong = "credit code wrong"
    credit_code_taken = "credit code taken"
    place_outside = "place outside"
    name_taken = "name taken"
    unit_outside = "unit outside"
    point_half = "point half"
    point_outside = "point outside"
    credit_code_needed = "credit code needed"
    applied_already = "applied already"
    decided_already = "decided already"
    paper_not_seen = "paper not seen"
    unit_closed = "unit closed"
    no_member = "no member"
    keeper_twice = "keeper twice"
    keeper_half = "keeper half"
    keeper_outside = "keeper outside"
    thing_unread = "thing unread"
    children_not_ruled_out = "children not ruled out"
    pictures_enough = "pictures enough"


class ApplicationState(StrEnum):
    """What became of a unit that registered itself."""

    waiting = "waiting"
    accepted = "accepted"
    refused = "refused"


class NotTaken(StrEnum):
    """Why an office does not take a unit in."""

    paper_does_not_hold = "paper does not hold"
    not_reached = "not reached"
    not_of_this_county = "not of this county"
    twice = "twice"
    does_not_fit = "does not fit"


# Who may be the agency of a social worker (政府购买服务 goes to one of these).
AGENCIES = frozenset({UnitKind.agency, UnitKind.social_organisation, UnitKind.charity})
KM_FROM_CENTRE = 60.0  # a place lies in its village: a coordinate further off is a slip


@dataclass(frozen=True)
class NewUnit:
    """What is said about a unit. `region_id` is where it has its seat."""

    kind: UnitKind
    name: str
    region_id: int
    credit_code: str | None = None
    recording: bool = False
    open: bool = True


@dataclass(frozen=True)
class Applied:
    """What somebody says of a unit that wants to take part, and who speaks for it."""

    unit: NewUnit
    contact: str
    phone: str
    wants: str = ""


# Who may register itself: a committee of a village is known.
MAY_APPLY = tuple(kind for kind in UnitKind if kind is not UnitKind.village_committee)
# A team of volunteers and a unit of the state may have no code of their own at hand.
NEED_CODE = frozenset(
    {UnitKind.company, UnitKind.charity, UnitKind.social_organisation, UnitKind.agency}
)
# Which office looks at whom (plan, part four, six 3); civil affairs looks at all others.
OFFICE_OF = {
    UnitKind.company: Office.industry_federation,
    UnitKind.volunteer_team: Office.youth_league,
}
ANSWER_WITHIN = timedelta(days=7)


def office_of(kind: UnitKind) -> Office:
    """The office in charge of units of a kind."""
    return OFFICE_OF.get(kind, Office.civil_affairs)


@dataclass(frozen=True)
class NewPlace:
    """What is said about a place. Degrees are WGS-84; without them the village's count."""

    kind: PlaceKind
    name: str
    region_id: int
    unit_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    open: bool = True


def tidy_credit_code(raw: str) -> str:
    """A unified social credit code (GB 32100) as it is kept."""
    return "".join(raw.split()).upper()


def credit_code_fault(code: str | None) -> PartnerRefusal | None:
    """Whether a code's check character fits; a unit without a code (a team) has none."""
    if not code or uscc.is_valid(code):
        return None
    return PartnerRefusal.credit_code_wrong


def point_fault(said: NewPlace, village: tuple[float, float] | None) -> PartnerRefusal | None:
    """Whether a place's coordinate can be right, given that of its village."""
    if (said.latitude is None) != (said.longitude is None):
        return PartnerRefusal.point_half
    if said.latitude is None or said.longitude is None or village is None:
        return None
    away = great_circle_km(village, (said.latitude, said.longitude))
    return PartnerRefusal.point_outside if away > KM_FROM_CENTRE else None


PICTURES_MOST = 6  # of one place
THINGS_MOST, THING_LONGEST = 40, 30
_THING = re.compile(r"^(?P<name>.*?[^\W\d_][)\uff09]?)[\W_]*(?P<count>\d{1,5})\s*\D{0,3}$")


@dataclass(frozen=True)
class Keeper:
    """Who is in charge of a place: an account, or a name with a telephone number, or nobody."""

    account_id: int | None = None
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class PlaceSaid:
    """What is told of a place: what it is for, in which of the week's 21 slots it is open, how many
    children it holds, what it has (name and number), who is in charge."""

    uses: frozenset[PlaceUse] = frozenset()
    slots: frozenset[int] = frozenset()
    capacity: int | None = None
    things: tuple[tuple[str, int], ...] = ()
    keeper: Keeper = Keeper()


def keeper_fault(keeper: Keeper, near: Iterable[int]) -> tuple[PartnerRefusal, str] | None:
    """What is wrong with who is in charge, and beside which field; `near` are the accounts of the
    place's own village, township and unit."""
    typed = bool(keeper.name or keeper.phone)
    checks = (
        (bool(keeper.account_id) and typed, PartnerRefusal.keeper_twice, "keeper_name"),
        (bool(keeper.name) != bool(keeper.phone), PartnerRefusal.keeper_half, "keeper_phone"),
        (
            bool(keeper.account_id) and keeper.account_id not in set(near),
            PartnerRefusal.keeper_outside,
            "keeper_account",
        ),
    )
    return next(((code, field) for wrong, code, field in checks if wrong), None)


def read_things(text: str) -> tuple[tuple[tuple[str, int], ...], int | None]:
    """What a place has, as typed: a line a thing, its name and then how many. Returns the things,
    each once, and the number of the first line that cannot be read (None when all can)."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _THING.match(line.strip())
        if read is None or len(read["name"]) > THING_LONGEST or not int(read["count"]):
            return (), number
        found[read["name"]] = found.get(read["name"], 0) + int(read["count"])
        if len(found) > THINGS_MOST:
            return (), number
    return tuple(found.items()), None


def written_things(things: Iterable[tuple[str, int]]) -> str:
    """The same as a person types it."""
    return "\n".join(f"{name} {count}" for name, count in things)


class PlacePart(StrEnum):
    """What of a place was changed."""

    registered = "registered"
    position = "position"
    uses = "uses"
    slots = "slots"
    capacity = "capacity"
    things = "things"
    keeper = "keeper"
    picture = "picture"
    picture_gone = "picture gone"


@dataclass(frozen=True)
class Hours:
    """Days in a row (0 is Monday) with the same part of the day (0 morning, 1 afternoon, 2
    evening)."""

    first: int
    last: int
    part: int


def opening_hours(slots: Iterable[int]) -> list[Hours]:
    """Weekly slots as people say them: Monday to Friday in the afternoon."""
    found: list[Hours] = []
    for part in range(3):
        for day in sorted({slot // 3 for slot in slots if slot % 3 == part}):
            if found and found[-1].part == part and found[-1].last == day - 1:
                found[-1] = Hours(found[-1].first, day, part)
            else:
                found.append(Hours(day, day, part))
    return found
