"""Themed events: planned by an office, a school or a unit; the register of approved material."""

from __future__ import annotations

from datetime import date

from jiedui.access.rules import Actor, Role
from jiedui.activities.actions.classes import with_meetings
from jiedui.activities.actions.meetings import drop_coming
from jiedui.activities.models import Activity, ActivityTheme, TeachingMaterial
from jiedui.activities.queries import events as queries
from jiedui.activities.rules import ActivityKind
from jiedui.activities.rules.events import EventLook, EventRefusal, EventSaid, Theme, event_fault
from jiedui.core import audit, clock, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.partners import queries as partners
from jiedui.partners.models import Place


def plan_event(said: EventSaid, *, by: Actor) -> Activity:
    """Plan an event with every meeting and, where children come by name, every seat. One that a
    unit or school plans waits for the look of an office. Refuses days
    that are past or too far, neither seats nor a count, a risky one without insurance or by count,
    self-protection without approved material, a place outside the actor's region (of a school
    worker: another than the school)."""
    fault = event_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    place = _place(said, by)
    if said.material_id is not None:
        _approved(said, by)
    activity = Activity(
        county_id=place.county_id, kind=ActivityKind.themed_event, unit_id=by.unit_id,
        place_id=place.id, title=said.title, seats=said.seats, starts=said.starts, ends=said.ends,
        planned_by=by.account_id, planned_at=clock.now(),
    )  # fmt: skip
    with_meetings(activity, said)
    activity.theme = ActivityTheme(
        county_id=place.county_id, theme=said.theme, form=said.form, co_host=said.co_host,
        audience=said.audience, expected=said.expected, risky=said.risky,
        insurance=said.insurance or None, material_id=said.material_id, office=by.office,
    )  # fmt: skip
    if by.office is None:
        activity.theme.look = EventLook.planned
    db.session.flush()
    audit.record(Act.event_planned, activity, by=by, theme=said.theme)
    return activity


def _place(said: EventSaid, by: Actor) -> Place:
    place = partners.place(said.place_id, partners.reach(by))
    own = by.role is not Role.school_worker or (place is not None and place.unit_id == by.unit_id)
    if place is None or not own:
        raise Refusal(EventRefusal.not_your_place, "place")
    return place


def _approved(said: EventSaid, by: Actor) -> None:
    known = {one.id for one in queries.materials(by.county_id, said.theme)}
    if said.material_id not in known:
        raise Refusal(EventRefusal.material_other, "material")


def look_at_event(
    event: Activity, *, agreed: bool, reason: str = "", by: Actor, version: int | None = None
) -> None:
    """An office agrees to an event of a unit or school, or says why not: then every meeting to come
    is called off. Who planned it hears. Refuses a second look, and a no without a reason."""
    fresh(event.version, version)
    db.lock(Activity, event.id)
    theme = event.theme
    if theme is None or theme.look is not EventLook.planned:
        raise Refusal(EventRefusal.looked_already)
    if not agreed and not reason:
        raise Refusal(EventRefusal.look_reason, "reason")
    theme.look = EventLook.agreed if agreed else EventLook.refused
    theme.looked_by, theme.looked_at = by.account_id, clock.now()
    theme.look_reason = None if agreed else reason
    audit.record(Act.event_looked, event, by=by, agreed=agreed)
    if not agreed:
        drop_coming(event, by=by)
    about = (Activity.__tablename__, event.id)
    outbox.post(
        LetterKind.event_looked, to=event.planned_by, county_id=event.county_id, about=about
    )


def approve_material(
    theme: Theme, title: str, publisher: str, on: date, *, by: Actor
) -> TeachingMaterial:
    """Put material on the register that the actor's office has approved on a day."""
    if by.office is None:
        raise Refusal(EventRefusal.material_other)
    one = TeachingMaterial(
        county_id=by.county_id, theme=theme, title=title, publisher=publisher, office=by.office,
        approved_on=on, entered_by=by.account_id, entered_at=clock.now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    audit.record(Act.material_approved, one, by=by)
    return one


def withdraw_material(one: TeachingMaterial, *, by: Actor, version: int | None = None) -> None:
    """Material is approved no longer; events planned with it stay. Refuses a second time."""
    fresh(one.version, version)
    if one.withdrawn_at is not None:
        raise Refusal(EventRefusal.withdrawn_already)
    one.withdrawn_by, one.withdrawn_at = by.account_id, clock.now()
    audit.record(Act.material_withdrawn, one, by=by)
