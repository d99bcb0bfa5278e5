"""School safety: schools with the overdue first, a school, an inspection, a finding, patrols,
equipment, what the county looks at."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access import queries as accounts
from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.activities.actions import safety as actions
from jiedui.activities.forms.safety import (
    FixForm,
    FixPictureForm,
    GearForm,
    ItemsForm,
    LookForm,
    PatrolForm,
    inspection_form,
)
from jiedui.activities.models import SafetyFinding, SafetyInspection, SafetyPhoto
from jiedui.activities.queries import safety as queries
from jiedui.activities.rules.safety import Item
from jiedui.activities.views.blueprint import bp
from jiedui.core import clock, uploads
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.partners.models import Unit
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


@bp.get("/safety")
@requires(Permission.safety_read)
def safety() -> str:
    """A school's own page; for offices all schools, and what is not settled with the overdue
    first."""
    who = actor()
    if who.unit_id is not None:
        return _school(queries.school(who.unit_id))
    return render_template(
        "activities/safety.html", schools=queries.schools(who.scope, who.county_id),
        rows=queries.unsettled(who.scope), today=clock.today(),
    )  # fmt: skip


@bp.get("/safety/schools/<int:unit_id>")
@requires(Permission.safety_read, load=queries.school)
def safe_school(school: Unit) -> str:
    """One school."""
    return _school(school)


def _school(school: Unit) -> str:
    patrols = queries.patrols_of(school.id)
    return render_template(
        "activities/safe_school.html", school=school, today=clock.today(), patrols=patrols,
        rows=queries.unsettled_at(school.id), inspections=queries.inspections_of(school.id),
        gear=queries.gear_of(school.id),
        names=accounts.names_of({one.by_account for one in patrols}),
    )  # fmt: skip


@bp.route("/safety/schools/<int:unit_id>/inspect", methods=["GET", "POST"])
@requires(Permission.safety_inspect, load=queries.school)
def inspect_school(school: Unit) -> Any:
    """Walk through a school with the county's list in hand."""
    form = inspection_form(queries.looked_at(school.county_id))
    page = {"form": form, "school": school}
    if not form.sent():
        shown = render_template("activities/inspect.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        one = actions.inspect(school, form.on_day.data, form.seen(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/inspect.html", **page)
    said = gettext("The inspection is entered; the school reads what is to be put right.")
    return done(said, "activities.inspection", inspection_id=one.id)


@bp.get("/safety/inspections/<int:inspection_id>")
@requires(Permission.safety_read, load=queries.inspection)
def inspection(one: SafetyInspection) -> str:
    """One inspection, as a paper to be printed and signed."""
    marks = {row.item: row.mark for row in one.marks}
    return render_template(
        "activities/inspection.html", one=one, marks=marks,
        areas=queries.looked_at(one.county_id), found={row.item: row for row in one.findings},
        names=accounts.names_of({one.by_account}),
    )  # fmt: skip


def _finding(one: SafetyFinding, fix: FixForm, look: LookForm) -> dict[str, Any]:
    people = {step.by_account for step in one.steps}
    return {
        "one": one, "fix": fix, "look": look, "names": accounts.names_of(people),
        "today": clock.today(), "photos": queries.photos_of(one.id),
        "own": one.fixed_by == actor().account_id,
    }  # fmt: skip


@bp.get("/safety/findings/<int:finding_id>")
@requires(Permission.safety_read, load=queries.finding)
def finding(one: SafetyFinding) -> str:
    """A fault: what, until when, what was done, who looked."""
    version = {"version": str(one.version)}
    page = _finding(one, FixForm(data=version), LookForm(data=version))
    return render_template("activities/finding.html", **page)


@bp.post("/safety/findings/<int:finding_id>/fix")
@requires(Permission.safety_fix, load=queries.finding)
def put_right(one: SafetyFinding) -> Any:
    """The school says what it did."""
    form = FixForm()
    page = _finding(one, form, LookForm(formdata=None))
    if not form.sent():
        return refused("activities/finding.html", **page)
    said, on = form.words.data, form.on_day.data
    try:
        actions.put_right(one.id, said, on, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/finding.html", **page)
    told = gettext("It is written down; somebody else looks again.")
    return done(told, "activities.finding", finding_id=one.id)


@bp.route("/safety/findings/<int:finding_id>/pictures", methods=["GET", "POST"])
@requires(Permission.safety_fix, load=queries.finding)
def finding_picture(one: SafetyFinding) -> Any:
    """The school adds a picture of what is put right; it never has to."""
    form = FixPictureForm()
    page = {"form": form, "one": one}
    if not form.sent():
        shown = render_template("activities/finding_picture.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    sent = request.files.get("file")
    content, ticked = sent.read() if sent else b"", form.without_children.data
    try:
        actions.picture(one, content, without_children=ticked, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/finding_picture.html", **page)
    return done(gettext("The picture is kept."), "activities.finding", finding_id=one.id)


@bp.get("/safety/pictures/<int:safety_photo_id>")
@requires(Permission.safety_read, load=queries.photo)
def safety_picture(photo: SafetyPhoto) -> Response:
    """The picture itself."""
    return uploads.answer(photo.content, photo.kind, f"{photo.finding_id}-{photo.id}")


@bp.post("/safety/findings/<int:finding_id>/look")
@requires(Permission.safety_check, load=queries.finding)
def look_again(one: SafetyFinding) -> Any:
    """Somebody else looks again."""
    form = LookForm()
    page = _finding(one, FixForm(formdata=None), form)
    if not form.sent():
        return refused("activities/finding.html", **page)
    well, said = form.well.data == "yes", form.words.data or ""
    try:
        actions.look_again(
            one.id, well=well, words=said, by=actor(), version=form.submitted_version
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/finding.html", **page)
    told = gettext("It is settled.") if well else gettext("The school has it again.")
    return done(told, "activities.finding", finding_id=one.id)


@bp.route("/safety/schools/<int:unit_id>/patrols", methods=["GET", "POST"])
@requires(Permission.safety_fix, load=queries.school)
def patrol(school: Unit) -> Any:
    """Write a patrol into the log."""
    form = PatrolForm()
    page = {"form": form, "school": school}
    if not form.sent():
        shown = render_template("activities/patrol.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.patrolled(school, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/patrol.html", **page)
    return done(gettext("The patrol is written down."), "activities.safety")


@bp.route("/safety/schools/<int:unit_id>/equipment", methods=["GET", "POST"])
@requires(Permission.safety_fix, load=queries.school)
def equipment(school: Unit) -> Any:
    """Say how many of a kind there are, and until when they are checked."""
    form = GearForm()
    page = {"form": form, "school": school}
    if not form.sent():
        shown = render_template("activities/equipment.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    kind, many, until = form.kind.data, form.quantity.data, form.checked_until.data
    actions.set_gear(school, kind, many, until, by=actor())
    return done(gettext("The equipment is written down."), "activities.safety")


def _county() -> Region:
    """The reader's county, for those who act for all of it; raise Missing for a township's."""
    county = regions.get(actor().county_id)
    if actor().scope != county.path:
        raise Missing
    return county


@bp.route("/safety/list", methods=["GET", "POST"])
@requires(Permission.safety_list, load=_county)
def safety_list(county: Region) -> Any:
    """What the county's inspections look at."""
    off = queries.off_in(county.id)
    form = ItemsForm(data={"items": [one for one in Item if one not in off]})
    if not form.sent():
        shown = render_template("activities/safety_list.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.set_items(county, form.items.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/safety_list.html", form=form)
    return done(gettext("The list is set."), "activities.safety")
