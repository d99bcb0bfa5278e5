"""The doors of the house: where people can go, each in its room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jiedui.access.policy import Permission
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l


class Room(StrEnum):
    """What doors belong together; of many doors the bar shows these."""

    mine = "mine"
    children = "children"
    pairing = "pairing"
    activities = "activities"
    protection = "protection"
    gifts = "gifts"
    county = "county"


words.say(
    Room,
    {
        Room.mine: _l("My own"),
        Room.children: _l("Families"),
        Room.pairing: _l("Helping"),
        Room.activities: _l("Activities and places"),
        Room.protection: _l("Protection"),
        Room.gifts: _l("Giving"),
        Room.county: _l("Records and rights"),
    },
)


@dataclass(frozen=True)
class Door:
    """One way to go, in its room: shown to those the policy lets in."""

    room: Room
    endpoint: str
    words: Any
    icon: str
    permission: Permission
    unless: Permission | None = None


# In order: on the phone the first four and "more"; at a desk rooms come in the order of Room.
DOORS = (
    Door(Room.mine, "desk.home", _l("My to-do list"), "inbox", Permission.desk_see),
    Door(Room.mine, "helpers.mine", _l("My details"), "person-vcard", Permission.helper_own),
    Door(Room.mine, "pairings.mine", _l("My pairings"), "people", Permission.pairing_accept),
    Door(Room.mine, "hours.mine", _l("My hours"), "clock", Permission.hours_log),
    Door(
        Room.mine, "pairings.cards", _l("Who needs help"), "hand-thumbs-up", Permission.helper_own
    ),
    Door(Room.children, "children.index", _l("Children"), "person-vcard", Permission.child_read),
    Door(Room.children, "care.visits", _l("Home visits"), "house-door", Permission.visit_make),
    Door(
        Room.children,
        "care.screening",
        _l("Screening"),
        "clipboard-check",
        Permission.screening_mark,
    ),
    Door(
        Room.children,
        "needs.visit",
        _l("Put a child on file"),
        "person-plus",
        Permission.child_register,
        unless=Permission.child_read,
    ),
    Door(Room.children, "needs.index", _l("Needs"), "list-check", Permission.need_read),
    Door(Room.pairing, "pairings.rounds", _l("Matching"), "puzzle", Permission.round_read),
    Door(Room.pairing, "pairings.index", _l("Pairings"), "people", Permission.pairing_consent),
    Door(Room.pairing, "pairings.index", _l("Pairings"), "people", Permission.pairing_approve),
    Door(
        Room.pairing,
        "followup.index",
        _l("How pairings do"),
        "heart-pulse-fill",
        Permission.follow_up_read,
    ),
    Door(
        Room.children,
        "care.entrustments",
        _l("Care agreements"),
        "house-heart",
        Permission.guardianship_read,
    ),
    Door(Room.pairing, "helpers.index", _l("Volunteers"), "person-heart", Permission.helper_vet),
    Door(
        Room.pairing, "helpers.entered", _l("Volunteers"), "person-heart", Permission.helper_enter
    ),
    Door(Room.pairing, "hours.weekly", _l("Hours to verify"), "clock", Permission.hours_verify),
    Door(Room.pairing, "hours.units", _l("Hours"), "clock", Permission.hours_units),
    Door(
        Room.activities,
        "activities.index",
        _l("Classes and groups"),
        "mortarboard",
        Permission.season_read,
    ),
    Door(
        Room.activities,
        "activities.events",
        _l("Themed events"),
        "megaphone",
        Permission.event_read,
    ),
    Door(
        Room.activities,
        "activities.coverage",
        _l("Prevention"),
        "shield-check",
        Permission.prevention_read,
    ),
    Door(
        Room.activities,
        "activities.new_injury",
        _l("Injuries"),
        "clipboard-check",
        Permission.injury_record,
        unless=Permission.prevention_read,
    ),
    Door(
        Room.activities,
        "activities.hazards",
        _l("Water hazards"),
        "exclamation-triangle",
        Permission.hazard_read,
        unless=Permission.prevention_read,
    ),
    Door(
        Room.activities,
        "activities.safety",
        _l("School safety"),
        "shield-check",
        Permission.safety_read,
    ),
    Door(
        Room.activities, "activities.courses", _l("Courses"), "journal-text", Permission.course_read
    ),
    Door(Room.gifts, "donations.gifts", _l("Gifts"), "box-seam", Permission.gift_manage),
    Door(Room.gifts, "donations.budget", _l("Budget"), "wallet2", Permission.budget_read),
    Door(
        Room.gifts, "partners.members", _l("People of our unit"), "people", Permission.unit_members
    ),
    Door(Room.gifts, "donations.ours", _l("What we gave"), "gift", Permission.gift_own),
    Door(Room.gifts, "donations.wishes", _l("Material wishes"), "gift", Permission.wish_read),
    Door(
        Room.protection,
        "files.watch",
        _l("Signs of risk"),
        "exclamation-triangle",
        Permission.visit_settle,
    ),
    Door(
        Room.protection,
        "files.watch_figures",
        _l("Signs of risk"),
        "exclamation-triangle",
        Permission.risk_figures,
    ),
    Door(
        Room.children,
        "care.reviews",
        _l("Quarterly review"),
        "clipboard-check",
        Permission.review_read,
    ),
    Door(
        Room.children,
        "care.statement",
        _l("Quarterly statement"),
        "bar-chart",
        Permission.figures_read,
    ),
    Door(
        Room.pairing,
        "oversight.progress",
        _l("How pairing comes along"),
        "graph-up",
        Permission.figures_read,
    ),
    Door(Room.children, "care.support", _l("Support"), "cash-coin", Permission.support_read),
    Door(
        Room.children,
        "care.absences",
        _l("Absent pupils"),
        "mortarboard",
        Permission.absence_handle,
    ),
    Door(
        Room.children,
        "care.school_absences",
        _l("Absent pupils"),
        "mortarboard",
        Permission.absence_report,
    ),
    Door(
        Room.protection,
        "counselling.index",
        _l("Counselling"),
        "heart-pulse-fill",
        Permission.counselling_desk,
    ),
    Door(
        Room.protection,
        "counselling.sent",
        _l("Referrals"),
        "heart-pulse-fill",
        Permission.pupil_refer,
    ),
    Door(
        Room.protection,
        "counselling.schools",
        _l("Psychology teachers"),
        "mortarboard",
        Permission.psychology_read,
    ),
    Door(
        Room.protection,
        "protection.clocks",
        _l("Times run out"),
        "alarm-fill",
        Permission.clocks_see,
    ),
    Door(
        Room.protection,
        "protection.reports",
        _l("Reports"),
        "shield-exclamation",
        Permission.report_handle,
    ),
    Door(Room.activities, "partners.places", _l("Places"), "house-heart", Permission.place_read),
    Door(
        Room.activities,
        "oversight.coverage",
        _l("Villages without a place"),
        "map",
        Permission.figures_read,
    ),
    Door(Room.gifts, "partners.units", _l("Units"), "building", Permission.unit_manage),
    Door(Room.county, "intake.index", _l("Sheets"), "table", Permission.sheet_import),
    Door(Room.county, "access.accounts", _l("Accounts"), "people", Permission.account_manage),
    Door(Room.children, "files.accesses", _l("Files beyond my area"), "eye", Permission.access_ask),
    Door(Room.county, "access.deputies", _l("Deputy"), "person-check", Permission.account_deputise),
    Door(
        Room.county,
        "oversight.retention",
        _l("Times of keeping"),
        "hourglass-split",
        Permission.retention_read,
    ),
    Door(
        Room.county, "oversight.pack", _l("Yearly audit"), "shield-check", Permission.retention_read
    ),
    Door(Room.county, "desk.record", _l("The record"), "journal-text", Permission.audit_read),
)
