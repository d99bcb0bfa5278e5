"""Psychology teachers and visits of experts, school by school, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.counselling.actions import schools as actions
from jiedui.counselling.forms.schools import LeaveForm, RollForm, TeacherForm, VisitForm
from jiedui.counselling.models import PsychologyTeacher
from jiedui.counselling.queries import schools as queries
from jiedui.counselling.rules.schools import Gap, term_of
from jiedui.counselling.views.blueprint import bp
from jiedui.partners.models import Unit


@bp.get("/counselling/schools")
@requires(Permission.psychology_read)
def schools() -> str:
    """The gaps: schools without a teacher, without a visit this term, pupils for each teacher."""
    rows = queries.standing(actor())
    sums = {gap: sum(gap in one.gaps for one in rows) for gap in Gap}
    term = term_of(clock.today())
    return render_template("counselling/schools.html", rows=rows, sums=sums, term=term)


@bp.get("/counselling/schools/<int:unit_id>")
@requires(Permission.psychology_read, load=queries.school)
def school(unit: Unit) -> str:
    """One school: its teachers, visits and pupils."""
    return render_template(
        "counselling/school.html",
        unit=unit,
        teachers=queries.teachers_of(unit.id),
        visits=queries.visits_of(unit.id),
        roll=queries.roll_of(unit.id),
    )


@bp.route("/counselling/schools/<int:unit_id>/teacher", methods=["GET", "POST"])
@requires(Permission.psychology_register, load=queries.school)
def new_teacher(unit: Unit) -> Any:
    """A psychology teacher."""
    form = TeacherForm()
    title = gettext("Enter a psychology teacher")
    return _entered(unit, form, title, lambda: actions.enter_teacher(unit, form.said(), by=actor()))


@bp.route("/counselling/schools/<int:unit_id>/visit", methods=["GET", "POST"])
@requires(Permission.psychology_register, load=queries.school)
def new_visit(unit: Unit) -> Any:
    """A visit of an expert."""
    form = VisitForm()
    title = gettext("Enter a visit of an expert")
    return _entered(unit, form, title, lambda: actions.enter_visit(unit, form.said(), by=actor()))


@bp.route("/counselling/schools/<int:unit_id>/pupils", methods=["GET", "POST"])
@requires(Permission.psychology_register, load=queries.school)
def pupils(unit: Unit) -> Any:
    """How many pupils the school has."""
    roll = queries.roll_of(unit.id)
    form = RollForm(data={"pupils": roll.pupils if roll else None})
    title = gettext("Say how many pupils there are")
    return _entered(
        unit, form, title, lambda: actions.say_pupils(unit, form.pupils.data, by=actor())
    )


@bp.route("/counselling/teachers/<int:teacher_id>/left", methods=["GET", "POST"])
@requires(Permission.psychology_register, load=queries.teacher)
def teacher_left(one: PsychologyTeacher) -> Any:
    """A psychology teacher has left."""
    form = LeaveForm()
    title = gettext("A psychology teacher has left")
    unit = queries.school(one.unit_id)
    return _entered(unit, form, title, lambda: actions.end_teacher(one, form.on.data, by=actor()))


def _entered(unit: Unit, form: Any, title: str, act: Callable[[], object]) -> Any:
    page = {"unit": unit, "form": form, "title": title}
    if not form.sent():
        shown = render_template("counselling/enter.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("counselling/enter.html", **page)
    return done(gettext("Kept."), "counselling.school", unit_id=unit.id)
