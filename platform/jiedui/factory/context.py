"""What every page knows: the county, who is signed in, what lies on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from flask_wtf.csrf import generate_csrf

from jiedui.access.guard import actor_or_none
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.core import phone, words
from jiedui.core.i18n import chosen, gettext
from jiedui.core.once import once_field
from jiedui.core.pages import english
from jiedui.factory import ways
from jiedui.intake.exchange import shelf_of
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


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


OF_EVERY_PAGE = (
    Setting.duty_phone,
    Setting.duty_hours,
    Setting.portal_name,
    Setting.filing_number,
)


def _county(number: int) -> County:
    lines = regions.hotlines(number)
    name = regions.get(number).name
    said = regions.settings(number, OF_EVERY_PAGE)
    return County(
        id=number,
        name=name,
        hotlines=[(h.number, h.name_en if english() else h.name_zh) for h in lines],
        duty_phone=said[Setting.duty_phone],
        duty_hours=said[Setting.duty_hours],
        portal_name=said[Setting.portal_name],
        filing=said[Setting.filing_number],
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


def init(app: Flask) -> None:
    """Give templates what they know."""

    @app.context_processor
    def known() -> dict[str, Any]:
        who, mine = actor_or_none(), ways.ways()
        return {
            "actor": Reader(who) if who else None,
            "county": county(),
            "keep": keep(),
            "demo": app.config["DEMO"],
            "locale": chosen(),
            "nav": mine,
            "rooms": ways.rooms(mine),
        }

    app.jinja_env.globals.update(
        has_endpoint=ways.stands, once_field=once_field, csrf_token=generate_csrf
    )
