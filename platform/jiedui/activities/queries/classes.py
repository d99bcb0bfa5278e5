"""Classes, who is on them, and what guardian and child have said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor, Role
from jiedui.activities.models import (
    Activity,
    ActivityChild,
    ActivityHelper,
    ActivitySeat,
    ActivityWait,
    SeasonMember,
)
from jiedui.activities.queries.seasons import may_join
from jiedui.activities.rules import ActivityKind, MemberState
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, Purpose
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.partners.models import Place
from jiedui.regions.models import Region
from jiedui.regions.queries import ids_within

COUNTY_WIDE = frozenset({Role.child_director, Role.township_supervisor})


def _whole() -> Select[Any]:
    place = joinedload(Activity.place).joinedload(Place.region).joinedload(Region.parent)
    return select(Activity).options(place, joinedload(Activity.unit), joinedload(Activity.season))


def get_class(activity_id: int) -> Activity:
    """The class with this id; raise Missing."""
    found: Activity | None = db.session.scalar(_whole().where(Activity.id == activity_id))
    if found is None:
        raise Missing
    return found


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that somebody may see a class: one's own, one's team's, one in one's region;
    who knows a village's children sees every class of the county."""
    mine = select(ActivityHelper.activity_id).join(Helper, Helper.id == ActivityHelper.helper_id)
    own = mine.where(
        Helper.account_id == actor.account_id,
        ActivityHelper.left_at.is_(None),
        ActivityHelper.answered_at.is_not(None),
    )
    ways: list[ColumnElement[bool]] = [Activity.id.in_(own)]
    if actor.role in COUNTY_WIDE:
        ways.append(Activity.county_id == actor.county_id)
    elif actor.role is Role.coordinator:
        places = select(Place.id).where(Place.region_id.in_(ids_within(actor.scope)))
        ways.append(Activity.place_id.in_(places))
    elif actor.role is Role.unit_manager:
        ways.append(Activity.unit_id == actor.unit_id)
    elif actor.role is Role.school_worker:
        events = Activity.kind == ActivityKind.themed_event
        ways.append(events & (Activity.county_id == actor.county_id))
    return or_(*ways)


def classes_for(actor: Actor, season_id: int | None = None) -> list[Activity]:
    """The classes, groups and events somebody may see, by their first day."""
    found = _whole().where(visible_to(actor), Activity.county_id == actor.county_id)
    if season_id is not None:
        found = found.where(Activity.season_id == season_id)
    both = selectinload(Activity.helpers), selectinload(Activity.children)
    return list(db.session.scalars(found.options(*both).order_by(Activity.starts, Activity.id)))


def free_seat(activity: Activity) -> int | None:
    """The lowest seat nobody holds."""
    held = {one.seat for one in activity.children_on}
    every = select(ActivitySeat.seat).where(ActivitySeat.activity_id == activity.id)
    return next((n for n in db.session.scalars(every.order_by(ActivitySeat.seat)) if n not in held),
                None)  # fmt: skip


@dataclass(frozen=True)
class OfUnit:
    """Somebody of the unit that holds an event."""

    helper_id: int
    helper: Helper


def team_of(activity: Activity) -> Sequence[SeasonMember | OfUnit]:
    """Who may be put on it: of a class the members of its team but those who were left out, of an
    event the people of the unit that holds it."""
    if activity.kind is ActivityKind.themed_event:
        people = may_join(activity.unit_id) if activity.unit_id is not None else []
        return [OfUnit(one.id, one) for one in people]
    found = (
        select(SeasonMember)
        .where(
            SeasonMember.season_id == activity.season_id,
            SeasonMember.unit_id == activity.unit_id,
            SeasonMember.state != MemberState.left_out,
        )
        .options(joinedload(SeasonMember.helper))
    )
    return list(db.session.scalars(found.order_by(SeasonMember.id)))


def get_entry(entry_id: int) -> ActivityChild:
    """A child's seat by id; raise Missing."""
    found = db.session.get(ActivityChild, entry_id)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Seated:
    """A child on a seat, and what guardian and child have said of this class."""

    entry: ActivityChild
    guardian: bool | None
    view: bool | None

    @property
    def comes(self) -> bool:
        """Whether the child may come: both have said yes."""
        return self.guardian is True and self.view is True

    @property
    def waits(self) -> bool:
        """Whether somebody has to be asked still."""
        return self.guardian is None or self.view is None


def _mine(one: ActivityChild | ActivityWait, actor: Actor) -> bool:
    """Whether a child is of the actor's region; a school sees whom it signed up itself."""
    if actor.role is Role.school_worker:
        return one.signed_by == actor.account_id
    return one.scope_path.startswith(actor.scope)


def seated(activity: Activity, actor: Actor | None = None) -> list[Seated]:
    """Who holds a seat, with the answers; for `actor` those of their own region alone."""
    rows = activity.children_on
    if actor is not None:
        rows = [one for one in rows if _mine(one, actor)]
    said = children.answers(Purpose.activity, {r.child_id for r in rows}, {activity.id})
    empty = (None, None)
    return [Seated(r, *said.get((r.child_id, activity.id), empty)) for r in rows]


def could_come(activity: Activity, actor: Actor) -> list[Child]:
    """Open files of the actor's villages without a seat on this class or a place in its line, by
    village and name."""
    on = {one.child_id for one in activity.children_on}
    on |= {one.child_id for one in activity.in_line}
    found = (
        select(Child)
        .where(children.visible_to(actor), Child.state == ChildState.open)
        .options(joinedload(Child.village))
    )
    rows = [one for one in db.session.scalars(found) if one.id not in on]
    return sorted(rows, key=lambda one: (one.village.code, one.household_id, one.id))


def helping_now(helper_id: int) -> list[ActivityHelper]:
    """A helper's places on classes that are not over."""
    found = (
        select(ActivityHelper)
        .join(Activity, Activity.id == ActivityHelper.activity_id)
        .where(ActivityHelper.helper_id == helper_id, ActivityHelper.left_at.is_(None))
        .where(Activity.ends >= clock.today())
    )
    return list(db.session.scalars(found.order_by(ActivityHelper.id)))


def get_wait(wait_id: int) -> ActivityWait:
    """A child's place in line by id; raise Missing."""
    found = db.session.get(ActivityWait, wait_id)
    if found is None:
        raise Missing
    return found


def lines_of(child_id: int) -> list[ActivityWait]:
    """Where a child waits for a seat."""
    found = select(ActivityWait).where(ActivityWait.child_id == child_id)
    return list(db.session.scalars(found.where(ActivityWait.left_at.is_(None))))


def in_line(activity: Activity, actor: Actor) -> list[ActivityWait]:
    """Which of the actor's own children wait, who came first first."""
    return [one for one in activity.in_line if _mine(one, actor)]


def seats_of(child_id: int, *, living: bool = True) -> list[ActivityChild]:
    """A child's seats, the living ones or all."""
    found = select(ActivityChild).where(ActivityChild.child_id == child_id)
    if living:
        found = found.where(ActivityChild.left_at.is_(None))
    found = found.options(joinedload(ActivityChild.activity).joinedload(Activity.place))
    return list(db.session.scalars(found.order_by(ActivityChild.id)))
