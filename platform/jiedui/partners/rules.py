"""Kinds of units and places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc

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
