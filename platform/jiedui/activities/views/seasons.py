"""Campaigns: all of them, one, its team, and who was left out."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import Role
from jiedui.activities import actions
from jiedui.activities.forms.seasons import OnlineForm, members_form, season_form
from jiedui.activities.models import Season, SeasonMember
from jiedui.activities.queries import classes, meetings
from jiedui.activities.queries import seasons as queries
from jiedui.activities.rules import ActivityKind
from jiedui.activities.views.blueprint import bp
from jiedui.children.rules import Answer
from jiedui.core import clock
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _county() -> Region:
    """The reader's county: a campaign holds for all of it."""
    return regions.get(actor().county_id)


@bp.get("/classes")
@requires(Permission.season_read)
def index() -> str:
    """Campaigns and the classes this person has to do with, with whatever waits."""
    who = actor()
    to_tell = meetings.to_tell(who) if who.role in TELLERS else []
    to_confirm = meetings.to_confirm(who) if who.role in classes.COUNTY_WIDE else []
    return render_template(
        "activities/index.html",
        seasons=queries.seasons(who.county_id),
        rows=[one for one in classes.classes_for(who) if one.kind is not EVENT],
        to_tell=[one for one in to_tell if one.kind is not EVENT],
        to_confirm=[one for one in to_confirm if one.kind is not EVENT],
        today=clock.today(),
    )


EVENT = ActivityKind.themed_event  # they have a page of their own
TELLERS = frozenset({Role.unit_manager, Role.volunteer, Role.social_worker})


@bp.route("/seasons/new", methods=["GET", "POST"])
@requires(Permission.season_open, load=_county)
def new_season(county: Region) -> Any:
    """Open a campaign."""
    form = season_form(None)
    if not form.sent():
        page = render_template("activities/season_form.html", form=form, season=None)
        return (page, 422) if form.is_submitted() else page
    try:
        opened = actions.open_season(county, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/season_form.html", form=form, season=None)
    return done(
        gettext("The campaign is open; teams have been told."), "activities.season",
        season_id=opened.id,
    )  # fmt: skip


@bp.route("/seasons/<int:season_id>/change", methods=["GET", "POST"])
@requires(Permission.season_open, load=queries.get_season)
def change_season(season: Season) -> Any:
    """Set other days."""
    form = season_form(season)
    if not form.sent():
        page = render_template("activities/season_form.html", form=form, season=season)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_season(season, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/season_form.html", form=form, season=season)
    return done(gettext("The days are changed."), "activities.season", season_id=season.id)


@bp.get("/seasons/<int:season_id>")
@requires(Permission.season_read, load=queries.get_season)
def season(season: Season) -> str:
    """One campaign: its days, who has signed up and how the checks stand, its classes."""
    who = actor()
    rows: list[SeasonMember] = []
    if who.role is Role.coordinator:
        rows = queries.members(season.id)
    elif who.role is Role.unit_manager:
        rows = queries.members(season.id, who.unit_id)
    return render_template(
        "activities/season.html",
        season=season,
        members=rows,
        standing=queries.standing_of(rows),
        to_check=queries.to_check(rows),
        offered=queries.offered(season.id),
        classes=classes.classes_for(who, season.id),
        is_team=queries.is_team(who.unit_id),
        today=clock.today(),
    )


@bp.route("/seasons/<int:season_id>/members", methods=["GET", "POST"])
@requires(Permission.season_join, load=queries.get_season)
def members(season: Season) -> Any:
    """Tick who of one's team comes."""
    unit_id = actor().unit_id
    if unit_id is None or not queries.is_team(unit_id):
        raise Missing
    signed = [one.helper_id for one in queries.members(season.id, unit_id)]
    form = members_form(queries.may_join(unit_id), signed)
    if not form.sent():
        return render_template("activities/members.html", form=form, season=season)
    try:
        count = actions.sign_up(season, form.members.data or [], by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/members.html", form=form, season=season)
    said = ngettext("%(num)d person is signed up.", "%(num)d people are signed up.", count)
    return done(said, "activities.season", season_id=season.id)


@bp.route("/seasons/members/<int:member_id>/online", methods=["GET", "POST"])
@requires(Permission.season_own, load=queries.get_member)
def online(member: SeasonMember) -> Any:
    """Left out this time: would you help a child online in term?"""
    form = OnlineForm()
    if not form.sent():
        page = render_template("activities/online.html", form=form, member=member)
        return (page, 422) if form.is_submitted() else page
    yes = form.answer.data is Answer.yes
    try:
        actions.answer_online(member, yes=yes, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/online.html", form=form, member=member)
    if yes:
        said = gettext("Thank you. Say here that you help online, and when you have time.")
        return done(said, "helpers.change")
    return done(gettext("Thank you for the answer."), "desk.home")
