"""Campaigns, the members of teams, and how these stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as access
from jiedui.access.models import RoleHolding
from jiedui.access.rules import Actor, Role
from jiedui.activities.models import Season, SeasonMember
from jiedui.activities.rules import MemberState
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.queries import Standing
from jiedui.helpers.rules import HelperState
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind

TEAMS = (UnitKind.volunteer_team, UnitKind.school)


def get_season(season_id: int) -> Season:
    """The campaign with this id; raise Missing."""
    found = db.session.get(Season, season_id)
    if found is None:
        raise Missing
    return found


def get_member(member_id: int) -> SeasonMember:
    """The member with this id; raise Missing."""
    found = db.session.get(SeasonMember, member_id)
    if found is None:
        raise Missing
    return found


def seasons(county_id: int) -> list[Season]:
    """A county's campaigns, newest first."""
    found = select(Season).where(Season.county_id == county_id).order_by(Season.starts.desc())
    return list(db.session.scalars(found))


def open_seasons(county_id: int) -> list[Season]:
    """Campaigns for which teams still sign up, the soonest first."""
    found = select(Season).where(
        Season.county_id == county_id,
        Season.settled_on.is_(None),
        Season.checks_until >= clock.today(),
    )
    return list(db.session.scalars(found.order_by(Season.starts)))


def unsettled(county_id: int) -> list[int]:
    """Campaigns whose closing day is over and which nobody has settled."""
    found = select(Season.id).where(
        Season.county_id == county_id,
        Season.settled_on.is_(None),
        Season.checks_until < clock.today(),
    )
    return list(db.session.scalars(found.order_by(Season.id)))


def covers(county_id: int, first: date, last: date) -> bool:
    """Whether a campaign has a day in common with these days."""
    found = select(Season.id).where(
        Season.county_id == county_id, Season.starts <= last, Season.ends >= first
    )
    return db.session.scalar(found.limit(1)) is not None


def members(season_id: int, unit_id: int | None = None) -> list[SeasonMember]:
    """Who has signed up, by team; of one team only when it is named."""
    found = select(SeasonMember).where(SeasonMember.season_id == season_id)
    if unit_id is not None:
        found = found.where(SeasonMember.unit_id == unit_id)
    found = found.options(joinedload(SeasonMember.helper), joinedload(SeasonMember.unit))
    return list(db.session.scalars(found.order_by(SeasonMember.unit_id, SeasonMember.id)))


class OfTeam(Protocol):
    """Somebody who belongs to a team, by the number of the helper."""

    @property
    def helper_id(self) -> int: ...


def standing_of(rows: Iterable[OfTeam]) -> dict[int, Standing]:
    """How the vetting of members stands today, by helper."""
    ids = [row.helper_id for row in rows]
    return {one.id: one for one in helpers.standings(Helper.id.in_(ids))}


def to_check(rows: Iterable[SeasonMember]) -> list[int]:
    """Helpers among members for whom no list is with the police and no good check is there."""
    from_list = standing_of(row for row in rows if row.state is MemberState.signed)
    return [one.id for one in from_list.values() if not one.cleared and not one.on_list]


def may_join(unit_id: int) -> list[Helper]:
    """A unit's people who could be on a class."""
    found = select(Helper).where(Helper.unit_id == unit_id, Helper.state == HelperState.registered)
    return list(db.session.scalars(found.order_by(Helper.id)))


def teams_of(season_id: int) -> list[tuple[int, str]]:
    """The teams that have signed up, with their names."""
    rows = {row.unit_id: row.unit.name for row in members(season_id)}
    return sorted(rows.items(), key=lambda one: one[1])


def is_team(unit_id: int | None) -> bool:
    """Whether a unit is one whose people hold classes: a volunteer team or a school."""
    return unit_id is not None and partners.get_unit(unit_id).kind in TEAMS


def managers(county_id: int, unit_id: int | None = None) -> list[RoleHolding]:
    """Who manages a team; of one unit, or of all."""
    held = access.holders(county_id, Role.unit_manager)
    mine = [one for one in held if unit_id is None or one.unit_id == unit_id]
    return [one for one in mine if is_team(one.unit_id)]


@dataclass(frozen=True)
class Offered:
    """Who was left out and has said yes or nothing yet to helping a child online."""

    yes: int
    silent: int


def left_out_of(actor: Actor) -> list[SeasonMember]:
    """Where somebody was left out and is asked to help online, of their own."""
    found = (
        select(SeasonMember)
        .join(Helper, Helper.id == SeasonMember.helper_id)
        .where(Helper.account_id == actor.account_id)
        .where(SeasonMember.state == MemberState.left_out, SeasonMember.online.is_(None))
    )
    return list(db.session.scalars(found.order_by(SeasonMember.id)))


def offered(season_id: int) -> Offered:
    """How many of those left out would help online, and how many have not said."""
    rows = [one for one in members(season_id) if one.state is MemberState.left_out]
    return Offered(sum(r.online is True for r in rows), sum(r.online is None for r in rows))
