"""Tables: the ledger of sessions, what checks one in, issued records, purchased services."""

from __future__ import annotations

from jiedui.hours.models.checking import CodeStrip, CodeTry, PlaceStay, SessionCode
from jiedui.hours.models.contracts import ServiceContract
from jiedui.hours.models.counselling import CounsellingNote
from jiedui.hours.models.national import HoursReturn, HoursReturnRow
from jiedui.hours.models.records import Certificate, ImportedHours, SigningKey
from jiedui.hours.models.sessions import Objection, ServiceSession
from jiedui.hours.models.stars import StarAward

__all__ = [
    "Certificate",
    "CodeStrip",
    "CodeTry",
    "CounsellingNote",
    "HoursReturn",
    "HoursReturnRow",
    "ImportedHours",
    "Objection",
    "PlaceStay",
    "ServiceContract",
    "ServiceSession",
    "SessionCode",
    "SigningKey",
    "StarAward",
]
