"""Lines of the holidays: a campaign to open, a team to sign up, checks that are not complete, and
the lists of classes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.activities.queries import classes, events, groups, meetings
from jiedui.activities.queries import seasons as campaigns
from jiedui.activities.rules import LEAD, ActivityKind
from jiedui.contact.queries import plan
from jiedui.contact.rules.plan import DatesKind
from jiedui.core import clock
from jiedui.desk.rules import Kind, Line

EVENT = ActivityKind.themed_event
LONG, WEEK = timedelta(days=14), timedelta(days=7)


def to_open(actor: Actor) -> Iterator[Line]:
    """Long holidays of the school calendar that begin within six weeks and have no campaign."""
    today = clock.today()
    for dates in plan.dates(actor.county_id):
        long = dates.kind is DatesKind.school_holiday and dates.ends - dates.starts >= LONG
        near = long and today < dates.starts <= today + LEAD
        if near and not campaigns.covers(actor.county_id, dates.starts, dates.ends):
            since = dates.starts - LEAD
            yield Line(Kind.season_open, "activities.new_season", since=since, due=since + WEEK)


def team(actor: Actor) -> Iterator[Line]:
    """A campaign for which the manager's team has signed nobody up."""
    if not campaigns.is_team(actor.unit_id):
        return
    for season in campaigns.open_seasons(actor.county_id):
        if not campaigns.members(season.id, actor.unit_id):
            yield Line(
                Kind.season_team,
                "activities.members",
                {"season_id": season.id},
                about=(season.kind,),
                since=clock.day(season.opened_at),
                due=season.checks_until,
            )


def checks(actor: Actor) -> Iterator[Line]:
    """Who has signed up and is on no list for the police yet, until the closing day."""
    for season in campaigns.open_seasons(actor.county_id):
        waiting = campaigns.to_check(campaigns.members(season.id))
        if waiting:
            yield Line(
                Kind.season_checks,
                "activities.season",
                {"season_id": season.id},
                about=(season.kind,),
                count=len(waiting),
                due=season.checks_until,
            )


def online(actor: Actor) -> Iterator[Line]:
    """Somebody was left out and is asked about helping online."""
    for member in campaigns.left_out_of(actor):
        values = {"member_id": member.id}
        since = member.season.settled_on
        yield Line(Kind.season_online, "activities.online", values, since=since)


def asked(actor: Actor) -> Iterator[Line]:
    """A small group somebody is asked to hold, an event somebody is asked to help at."""
    for one in groups.asked_of(actor):
        yield Line(
            Kind.event_asked if one.activity.kind is EVENT else Kind.group_asked,
            "activities.asked",
            {"asked_id": one.id},
            code=one.activity.code,
            about=(one.activity.title,),
            since=clock.day(one.put_at),
            due=one.activity.starts,
        )


def unheld(actor: Actor) -> Iterator[Line]:
    """Small groups that nobody holds and nobody is asked for."""
    for one in groups.unheld(actor):
        yield Line(
            Kind.group_unheld,
            "activities.ask",
            {"group_id": one.id},
            code=one.code,
            about=(one.title,),
            since=clock.day(one.planned_at),
            due=one.starts,
        )


def to_look_at(actor: Actor) -> Iterator[Line]:
    """Events of units and schools that wait for the look of an office."""
    for one in events.to_look_at(actor):
        yield Line(
            Kind.event_look,
            "activities.look",
            {"event_id": one.id},
            code=one.code,
            about=(one.title,),
            since=clock.day(one.planned_at),
            due=one.starts,
        )


def lists(actor: Actor) -> Iterator[Line]:
    """Meetings that are over and of which nobody has said who came."""
    for meeting in meetings.to_tell(actor):
        yield Line(
            Kind.event_list if meeting.kind is EVENT else Kind.class_list,
            "activities.tell",
            {"meeting_id": meeting.id},
            code=meeting.activity.code,
            about=(meeting.activity.title,),
            since=meeting.on,
        )


def answers(actor: Actor) -> Iterator[Line]:
    """Children of the actor's villages with a seat of whom guardian or child has not said yes."""
    for activity in classes.classes_for(actor):
        if activity.ends < clock.today():
            continue
        waiting = [one for one in classes.seated(activity, actor) if one.waits]
        if waiting:
            yield Line(
                Kind.event_answers if activity.kind is EVENT else Kind.class_answers,
                "activities.seats",
                {"activity_id": activity.id},
                code=activity.code,
                about=(activity.kind, activity.title),
                count=len(waiting),
                due=activity.starts,
            )


def to_confirm(actor: Actor) -> Iterator[Line]:
    """Lists that the team has told and that wait where the class is held."""
    for meeting in meetings.to_confirm(actor):
        yield Line(
            Kind.event_confirm if meeting.kind is EVENT else Kind.class_confirm,
            "activities.confirm",
            {"meeting_id": meeting.id},
            code=meeting.activity.code,
            about=(meeting.activity.title,),
            since=meeting.on,
        )
