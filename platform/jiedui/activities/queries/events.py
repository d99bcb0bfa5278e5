"""Themed events: which somebody sees, the register of approved material, a school's own pupil."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.activities.models import Activity, ActivityTheme, TeachingMaterial
from jiedui.activities.queries.classes import get_class, visible_to
from jiedui.activities.rules import ActivityKind
from jiedui.activities.rules.events import EventLook, EventRefusal, Theme
from jiedui.care.queries.absences import pupils_called
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.core.errors import Missing, Refusal
from jiedui.partners.models import Place
from jiedui.regions.models import Region

SHOWN_FOR = timedelta(days=400)


def get_event(event_id: int) -> Activity:
    """The themed event with this id; raise Missing."""
    found = get_class(event_id)
    if found.kind is not ActivityKind.themed_event:
        raise Missing
    return found


def events_for(actor: Actor, theme: Theme | None = None) -> list[Activity]:
    """Events somebody sees, of a theme or of all: those to come by their first day, then those of
    the last year, newest first."""
    place = joinedload(Activity.place).joinedload(Place.region).joinedload(Region.parent)
    found = (
        select(Activity)
        .where(visible_to(actor), Activity.county_id == actor.county_id)
        .where(Activity.kind == ActivityKind.themed_event)
        .where(Activity.ends > clock.today() - SHOWN_FOR)
        .options(place, joinedload(Activity.theme), joinedload(Activity.unit))
        .options(selectinload(Activity.children), selectinload(Activity.waiting))
    )
    rows = list(db.session.scalars(found.order_by(Activity.starts, Activity.id)))
    rows = [one for one in rows if theme is None or (one.theme and one.theme.theme is theme)]
    coming = [one for one in rows if one.ends >= clock.today()]
    return coming + [one for one in reversed(rows) if one.ends < clock.today()]


def to_look_at(actor: Actor) -> list[Activity]:
    """Events of units and schools in the actor's region that wait for an office's look, the one
    that begins next first."""
    found = (
        select(Activity)
        .join(ActivityTheme, ActivityTheme.activity_id == Activity.id)
        .where(visible_to(actor), ActivityTheme.look == EventLook.planned)
        .options(joinedload(Activity.place), joinedload(Activity.unit))
    )
    rows = db.session.scalars(found.order_by(Activity.starts, Activity.id))
    return [one for one in rows if may(actor, Permission.event_look, one)]


def get_material(material_id: int) -> TeachingMaterial:
    """Material of the register by id; raise Missing."""
    found = db.session.get(TeachingMaterial, material_id)
    if found is None:
        raise Missing
    return found


def materials(
    county_id: int, theme: Theme | None = None, *, withdrawn: bool = False
) -> list[TeachingMaterial]:
    """A county's approved material, of one theme or of all, the latest first."""
    found = select(TeachingMaterial).where(TeachingMaterial.county_id == county_id)
    if theme is not None:
        found = found.where(TeachingMaterial.theme == theme)
    if not withdrawn:
        found = found.where(TeachingMaterial.withdrawn_at.is_(None))
    order = TeachingMaterial.approved_on.desc(), TeachingMaterial.id.desc()
    return list(db.session.scalars(found.order_by(*order)))


def pupil(name: str, birth: date | None, actor: Actor) -> Child:
    """A pupil of the actor's own school by name, and by birth date where two have it; refuses a
    name that is not there. No list is shown: it would say whose families are on file."""
    found = pupils_called(name, actor.unit_id, birth) if actor.unit_id is not None else []
    if not found:
        raise Refusal(EventRefusal.unknown_pupil, "pupil")
    if len(found) > 1:
        raise Refusal(EventRefusal.several_pupils, "birth_date")
    return found[0]
