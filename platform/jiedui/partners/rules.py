"""Kinds of units and places, and how a unit that registers itself is taken in."""

from __future__ import annotations

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
