"""Kinds of units and places."""

from __future__ import annotations

from enum import StrEnum


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


def tidy_credit_code(raw: str) -> str:
    """A unified social credit code (GB 32100) as it is kept."""
    return "".join(raw.split()).upper()
