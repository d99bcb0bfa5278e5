"""What a record of service may be called, and how it stands."""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    """What a record of service may be called (民政部令第67号 arts. 2, 14, 26)."""

    certificate = "certificate"
    platform_record = "platform_record"


class RecordState(StrEnum):
    """What becomes of an issued record."""

    valid = "valid"
    revoked = "revoked"
    replaced = "replaced"


def title_for(recording_unit: bool) -> Title:
    """Only a unit that records voluntary service may certify it; else it is the portal's record."""
    return Title.certificate if recording_unit else Title.platform_record
