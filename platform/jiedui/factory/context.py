"""What every page knows: the county, who is signed in, where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf

from jiedui.access.guard import actor_or_none
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.core import phone, words
from jiedui.core.i18n import chosen, gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.once import once_field
from jiedui.core.pages import english
from jiedui.intake.exchange import shelf_of
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


@dataclass(frozen=True)
class Door:
    """One room in the navigation: shown to those the policy lets in."""

    endpoint: str
    words: Any
    icon: str
    permission: Permission
    unless: Permission | None = None


# In the order of the bar; on the phone the first four and "more".
DOORS = (
    Door("desk.home", _l("My to-do list"), "inbox", Permission.desk_see),
    Door("helpers.mine", _l("My details"), "person-vcard", Permission.helper_own),
    Door("pairings.mine", _l("My pairings"), "people", Permission.pairing_accept),
    Door("hours.mine", _l("My hours"), "clock", Permission.hours_log),
    Door("pairings.cards", _l("Who needs help"), "hand-thumbs-up", Permission.helper_own),
    Door("children.index", _l("Children"), "person-vcard", Permission.child_read),
    Door("care.visits", _l("Home visits"), "house-door", Permission.visit_make),
    Door("care.screening", _l("Screening"), "clipboard-check", Permission.screening_mark),
    Door(
        "needs.visit",
        _l("Put a child on file"),
        "person-plus",
        Permission.child_register,
        unless=Permission.child_read,
    ),
    Door("needs.index", _l("Needs"), "list-check", Permission.need_read),
    Door("pairings.rounds", _l("Matching"), "puzzle", Permission.round_read),
    Door("pairings.index", _l("Pairings"), "people", Permission.pairing_consent),
    Door("pairings.index", _l("Pairings"), "people", Permission.pairing_approve),
    Door("followup.index", _l("How pairings do"), "heart-pulse-fill", Permission.follow_up_read),
    Door("care.entrustments", _l("Care agreements"), "house-heart", Permission.guardianship_read),
    Door("helpers.index", _l("Volunteers"), "person-heart", Permission.helper_vet),
    Door("helpers.entered", _l("Volunteers"), "person-heart", Permission.helper_enter),
    Door("hours.weekly", _l("Hours to verify"), "clock", Permission.hours_verify),
    Door("hours.units", _l("Hours"), "clock", Permission.hours_units),
    Door("activities.index", _l("Holiday classes"), "mortarboard", Permission.season_read),
    Door("donations.gifts", _l("Gifts"), "box-seam", Permission.gift_manage),
    Door("donations.wishes", _l("Material wishes"), "gift", Permission.wish_read),
    Door("care.reviews", _l("Quarterly review"), "clipboard-check", Permission.review_read),
    Door("care.statement", _l("Quarterly statement"), "bar-chart", Permission.figures_read),
    Door("oversight.progress", _l("How pairing comes along"), "graph-up", Permission.figures_read),
    Door("care.support", _l("Support"), "cash-coin", Permission.support_read),
    Door("care.absences", _l("Absent pupils"), "mortarboard", Permission.absence_handle),
    Door("care.school_absences", _l("Absent pupils"), "mortarboard", Permission.absence_report),
    Door("counselling.index", _l("Counselling"), "heart-pulse-fill", Permission.counselling_desk),
    Door("counselling.sent", _l("Referrals"), "heart-pulse-fill", Permission.pupil_refer),
    Door(
        "counselling.schools",
        _l("Psychology teachers"),
        "mortarboard",
        Permission.psychology_read,
    ),
    Door("protection.reports", _l("Reports"), "shield-exclamation", Permission.report_handle),
    Door("partners.places", _l("Places"), "house-heart", Permission.place_manage),
    Door("partners.units", _l("Units"), "building", Permission.unit_manage),
    Door("intake.index", _l("Sheets"), "table", Permission.sheet_import),
    Door("access.accounts", _l("Accounts"), "people", Permission.account_manage),
    Door("files.accesses", _l("Files beyond my area"), "eye", Permission.access_ask),
    Door("access.deputies", _l("Deputy"), "person-check", Permission.account_deputise),
    Door(
        "oversight.retention", _l("Times of keeping"), "hourglass-split", Permission.retention_read
    ),
    Door("oversight.pack", _l("Yearly audit"), "shield-check", Permission.retention_read),
    Door("desk.record", _l("The record"), "journal-text", Permission.audit_read),
)


class Reader:
    """The signed-in person as templates see them."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.name = actor.name
        self.account_id = actor.account_id
        self.has_choice = len(actor.holdings) > 1

    @property
    def office_words(self) -> str:
        """Office or role, and for whom a deputy acts."""
        holding = self.actor.holding
        if holding is None:
            return ""
        text = words.label(holding.office or holding.role)
        if holding.principal:
            return gettext("%(office)s, for %(name)s", office=text, name=holding.principal)
        return text

    @property
    def region_words(self) -> str:
        """Unit or region of the chosen role."""
        holding = self.actor.holding
        return (holding.unit_name or holding.region_name) if holding else ""

    def may(self, permission: str, thing: Any = None) -> bool:
        """Whether a page may offer this; the route asks again."""
        return may(self.actor, Permission(permission), thing)

    def brings(self, kind: str) -> bool:
        """Whether a page may lead to the sheets of a kind."""
        return may(self.actor, Permission.sheet_import, shelf_of(self.actor, kind))


@dataclass(frozen=True)
class County:
    """The county a page speaks of."""

    id: int
    name: str
    hotlines: list[tuple[str, str]]
    duty_phone: str
    duty_hours: str
    portal_name: str
    filing: str  # numbers under which the site is filed (ICP, public security), as they stand


def county_id() -> int | None:
    """The county of a request: the signed-in person's, else the installation's first."""
    who = actor_or_none()
    if who is not None:
        return who.county_id
    first = regions.counties()
    return first[0].id if first else None


def county() -> County:
    """What a page needs of its county, asked once a request."""
    if "county" not in g:
        number = county_id()
        g.county = County(0, "", [], "", "", "", "") if number is None else _county(number)
    found: County = g.county
    return found


def _county(number: int) -> County:
    lines = regions.hotlines(number)
    name = regions.get(number).name
    return County(
        id=number,
        name=name,
        hotlines=[(h.number, h.name_en if english() else h.name_zh) for h in lines],
        duty_phone=regions.setting(number, Setting.duty_phone),
        duty_hours=regions.setting(number, Setting.duty_hours),
        portal_name=regions.setting(number, Setting.portal_name),
        filing=regions.setting(number, Setting.filing_number),
    )


@dataclass(frozen=True)
class Keep:
    """What a page tells the script that keeps forms on the phone; `who` is empty when nobody is
    signed in."""

    key: str
    who: str
    pages: list[str]
    days: int = phone.DAYS


def keep() -> Keep:
    """The key, the account's handle, and the pages that may lie empty on this person's phone."""
    who = actor_or_none()
    if who is None:
        return Keep("", "", [])
    views = current_app.view_functions
    mine = [
        name
        for name in phone.empty_pages(current_app)
        if may(who, views[name].guard.permission)  # type: ignore[union-attr]
    ]
    pages = [current_app.url_for(name) for name in mine]
    return Keep(phone.public_key(), phone.handle(who.account_id), pages)


def nav() -> list[dict[str, Any]]:
    """Where the signed-in person can go, each room once."""
    who = actor_or_none()
    if who is None:
        return []
    seen: set[str] = set()
    found = []
    for door in DOORS:
        said = str(door.words)
        if said in seen or not _stands(door.endpoint) or not _opens(door, who):
            continue
        seen.add(said)
        found.append(
            {
                "url": current_app.url_for(door.endpoint),
                "words": door.words,
                "icon": door.icon,
                "current": _here(door.endpoint, who),
                "count": None,
            }
        )
    return found


def _opens(door: Door, who: Actor) -> bool:
    """Whether somebody has this door, and no wider one that leads there too."""
    wider = door.unless is not None and may(who, door.unless)
    return may(who, door.permission) and not wider


def _here(endpoint: str, who: Actor) -> bool:
    """Whether the page is this door's, or one behind it that no other of their doors leads to."""
    now = request.endpoint or ""
    if now == endpoint or now in {door.endpoint for door in DOORS}:
        return now == endpoint
    room = now.split(".")[0]
    behind = (d.endpoint for d in DOORS if d.endpoint.split(".")[0] == room and _opens(d, who))
    return next(behind, "") == endpoint


def _stands(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def init(app: Flask) -> None:
    """Give templates what they know."""

    @app.context_processor
    def known() -> dict[str, Any]:
        who = actor_or_none()
        return {
            "actor": Reader(who) if who else None,
            "county": county(),
            "keep": keep(),
            "demo": app.config["DEMO"],
            "locale": chosen(),
            "nav": nav(),
        }

    app.jinja_env.globals.update(
        has_endpoint=_stands, once_field=once_field, csrf_token=generate_csrf
    )
