"""Pages of units and places: lists, and a form to add or change one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.partners import actions, queries
from jiedui.partners.forms import PlaceForm, UnitForm
from jiedui.partners.models import Place, Unit

bp = Blueprint("partners", __name__)
AT_ONCE = 50


@bp.get("/units")
@requires(Permission.unit_manage)
def units() -> str:
    """Units in the region."""
    after = request.args.get("after", 0, type=int)
    rows = queries.units_within(actor().scope, after, AT_ONCE + 1)
    return render_template("partners/units.html", rows=rows[:AT_ONCE], more=len(rows) > AT_ONCE)


@bp.route("/units/new", methods=["GET", "POST"])
@requires(Permission.unit_manage)
def new_unit() -> Any:
    """Add a unit."""
    form = UnitForm()
    if not form.sent():
        page = render_template("partners/unit.html", form=form, unit=None)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.register_unit(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/unit.html", form=form, unit=None)
    return done(gettext("The unit is registered."), "partners.units")


@bp.route("/units/<int:unit_id>", methods=["GET", "POST"])
@requires(Permission.unit_manage, load=queries.get_unit)
def unit(unit: Unit) -> Any:
    """Change a unit."""
    form = UnitForm(obj=unit)
    if not form.sent():
        page = render_template("partners/unit.html", form=form, unit=unit)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_unit(unit, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/unit.html", form=form, unit=unit)
    return done(gettext("The unit is saved."), "partners.units")


@bp.get("/places")
@requires(Permission.place_manage)
def places() -> str:
    """Places in the region."""
    after = request.args.get("after", 0, type=int)
    rows = queries.places_within(actor().scope, after, AT_ONCE + 1)
    return render_template("partners/places.html", rows=rows[:AT_ONCE], more=len(rows) > AT_ONCE)


@bp.route("/places/new", methods=["GET", "POST"])
@requires(Permission.place_manage)
def new_place() -> Any:
    """Add a place."""
    form = PlaceForm()
    if not form.sent():
        page = render_template("partners/place.html", form=form, place=None)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.register_place(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/place.html", form=form, place=None)
    return done(gettext("The place is registered."), "partners.places")


@bp.route("/places/<int:place_id>", methods=["GET", "POST"])
@requires(Permission.place_manage, load=queries.get_place)
def place(place: Place) -> Any:
    """Change a place."""
    form = PlaceForm(obj=place)
    if not form.sent():
        page = render_template("partners/place.html", form=form, place=place)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.change_place(place, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/place.html", form=form, place=place)
    return done(gettext("The place is saved."), "partners.places")


@bp.route("/places/new/position", methods=["GET", "POST"])
@requires(Permission.place_manage, transaction="read")
def find_new_position() -> str:
    """Look for the position of a place before it is added. It only reads: nothing waits for a map
    service with a write open. Who comes back here (the language, a new session) has the form."""
    form = PlaceForm()
    found = form.find_position() if form.is_submitted() else None
    return render_template("partners/place.html", form=form, place=None, found=found)


@bp.route("/places/<int:place_id>/position", methods=["GET", "POST"])
@requires(Permission.place_manage, load=queries.get_place, transaction="read")
def find_position(place: Place) -> str:
    """Look for the position of a place that is known; as above."""
    form = PlaceForm(obj=place)
    found = form.find_position() if form.is_submitted() else None
    return render_template("partners/place.html", form=form, place=place, found=found)
