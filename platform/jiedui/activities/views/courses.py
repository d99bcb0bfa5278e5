"""Courses: all of them, planning one, signing up, the list and its confirming, the certificate."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.activities import actions
from jiedui.activities.forms.courses import course_form, course_list_form, sign_form
from jiedui.activities.models import Course, CourseMember
from jiedui.activities.queries import courses as queries
from jiedui.activities.views.blueprint import bp
from jiedui.core import clock
from jiedui.core.errors import Missing, Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, in_full, refused
from jiedui.core.qr import qr


@bp.get("/courses")
@requires(Permission.course_read)
def courses() -> str:
    """Courses to come and of the last year, my own places, lists that wait."""
    who = actor()
    return render_template(
        "activities/courses.html",
        rows=queries.courses_for(who),
        mine=queries.own_places(who),
        to_tell=queries.to_be_told(who) if may(who, Permission.course_tell) else [],
        to_confirm=queries.to_be_confirmed(who) if may(who, Permission.course_confirm) else [],
        now=clock.now(),
        today=clock.today(),
    )


@bp.route("/courses/new", methods=["GET", "POST"])
@requires(Permission.course_plan)
def new_course() -> Any:
    """Plan a course."""
    form = course_form()
    if not form.sent():
        page = render_template("activities/course_form.html", form=form)
        return (page, 422) if form.is_submitted() else page
    try:
        made = actions.plan_course(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/course_form.html", form=form)
    return done(gettext("The course is planned."), "activities.course", course_id=made.id)


@bp.get("/courses/<int:course_id>")
@requires(Permission.course_read, load=queries.get_course)
def course(course: Course) -> str:
    """One course: what, when, where, how many are on it. No names."""
    return _shown(course, Form(data={"version": str(course.version)}))


def _shown(course: Course, form: Form) -> str:
    return render_template(
        "activities/course.html",
        course=course,
        form=form,
        mine=queries.place_of(course, actor()),
        for_me=queries.own_number(course, actor()) is not None,
        came=sum(bool(one.came) for one in course.members_on),
        now=clock.now(),
    )


@bp.post("/courses/<int:course_id>/join")
@requires(Permission.course_join, load=queries.get_course)
def join_course(course: Course) -> Any:
    """Sign myself up."""
    form = Form()
    try:
        actions.join_course(course, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return _shown(course, form), 422
    return done(gettext("You are signed up."), "activities.course", course_id=course.id)


@bp.route("/courses/<int:course_id>/members", methods=["GET", "POST"])
@requires(Permission.course_sign, load=queries.get_course)
def course_members(course: Course) -> Any:
    """Who of those I know is on it, and one more."""
    who = actor()
    could = queries.could_be_signed(course, who)
    form = sign_form(could)
    mine = [one for one in course.members_on if may(who, Permission.course_own, one)]
    page = {
        "form": form, "course": course, "free": course.seats - len(course.members_on),
        "rows": [(one, queries.named(one, who)) for one in mine],
    }  # fmt: skip
    if not form.sent():
        shown = render_template("activities/course_members.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.sign_up_for_course(course, form.who.data, by=who)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/course_members.html", **page)
    return done(gettext("They are signed up."), "activities.course_members", course_id=course.id)


@bp.post("/courses/members/<int:course_member_id>/leave")
@requires(Permission.course_own, load=queries.get_course_member)
def leave_course(one: CourseMember) -> Response:
    """Somebody does not come."""
    try:
        actions.leave_course(one, by=actor())
        said = gettext("The place is free again.")
    except Refusal:
        said = gettext("The course has begun or this place was given up already.")
    return done(said, "activities.course", course_id=one.course_id)


@bp.route("/courses/<int:course_id>/list", methods=["GET", "POST"])
@requires(Permission.course_tell, load=queries.get_course)
def tell_course(course: Course) -> Any:
    """Who came."""
    form = course_list_form(course)
    page = {"form": form, "course": course, "now": clock.now()}
    if not form.sent():
        shown = render_template("activities/course_list.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        came, version = [one.data or [] for one in form.lists()], form.submitted_version
        actions.tell_course(course, came, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/course_list.html", **page)
    said = gettext("Thank you. The course counts once somebody else has confirmed the list.")
    return done(said, "activities.course", course_id=course.id)


@bp.route("/courses/<int:course_id>/confirm", methods=["GET", "POST"])
@requires(Permission.course_confirm, load=queries.get_course)
def confirm_course(course: Course) -> Any:
    """Confirm who came."""
    form = Form(data={"version": str(course.version)})
    came = [(one, queries.named(one, actor())) for one in course.members_on if one.presences]
    page = {"form": form, "course": course, "came": came}
    if not form.sent():
        return render_template("activities/course_confirm.html", **page)
    try:
        count = actions.confirm_course(course, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("activities/course_confirm.html", **page)
    said = ngettext("The course counts for %(num)d person.",
                    "The course counts for %(num)d people.", count)  # fmt: skip
    return done(said, "activities.course", course_id=course.id)


@bp.post("/courses/<int:course_id>/off")
@requires(Permission.course_plan, load=queries.get_course)
def course_off(course: Course) -> Any:
    """It is not held, or was not."""
    form = Form()
    try:
        actions.call_course_off(course, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return _shown(course, form), 422
    return done(gettext("The course is called off."), "activities.course", course_id=course.id)


@bp.get("/courses/members/<int:course_member_id>/certificate")
@requires(Permission.course_own, load=queries.get_course_member)
def course_certificate(one: CourseMember) -> str:
    """What somebody has learned, to print, with the number by which anybody checks it."""
    if not one.passed:
        raise Missing
    there = in_full("disclosure.check", number=one.number)
    return render_template(
        "activities/course_certificate.html",
        one=one,
        name=queries.named(one, actor()),
        today=clock.today(),
        code=qr(there, gettext("QR code to check this certificate")),
        address=in_full("disclosure.check"),
    )
