"""Pages of places: the register, a place with what is told of it, its pictures; a form to add one
or to change where it lies."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access import queries as accounts
from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import SCOPE_OF, Role, ScopeKind
from jiedui.core import uploads
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.partners import actions, queries
from jiedui.partners.forms import PlaceFilter, PlaceForm, PlacePictureForm, profile_form
from jiedui.partners.models import Place, PlacePhoto
from jiedui.partners.rules import PlaceKind, PlaceUse, opening_hours
from jiedui.partners.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

AT_ONCE = 50
OF_THE_COUNTY = frozenset({Role.child_director, Role.grid_worker, Role.township_supervisor})


def _seen() -> tuple[str, int]:
    """How far the reader sees in the register, and the township it begins with (0: all): villages
    and townships look beyond their own, whose nearest place may be the neighbour's."""
    who = actor()
    county = regions.get(who.county_id).path
    if who.holding is None or SCOPE_OF[who.holding.role] is not ScopeKind.region:
        return county, 0
    if who.role not in OF_THE_COUNTY:
        return who.scope, 0
    own = regions.at(who.scope)
    return county, (own.parent_id if own.level is Level.village else own.id) or 0


def _asked(first: int) -> tuple[int, PlaceKind | None, PlaceUse | None]:
    """Township, kind and use of an address; what is none of these counts as all."""
    kind, use = request.args.get("kind", ""), request.args.get("use", "")
    return (
        request.args.get("township", first, type=int),
        PlaceKind(kind) if kind in set(PlaceKind) else None,
        PlaceUse(use) if use in set(PlaceUse) else None,
    )


@bp.get("/places")
@requires(Permission.place_read)
def places() -> str:
    """The register of places, by township, kind and what they are for."""
    path, first = _seen()
    known: list[Region] = regions.townships(path)
    township, kind, use = _asked(first)
    chosen = next((one for one in known if one.id == township), None)
    page = max(1, request.args.get("page", 1, type=int))
    rows, total = queries.listed_places(
        chosen.path if chosen else path, kind, use, page=page, most=AT_ONCE
    )
    asked = {"township": chosen.id if chosen else 0, "kind": kind or "", "use": use or ""}
    form = PlaceFilter(known, formdata=None, data=asked)
    return render_template(
        "partners/places.html", form=form, rows=rows, total=total, page=page, asked=asked,
        last=-(-total // AT_ONCE), uses=queries.uses_of(one.id for one in rows),
    )  # fmt: skip


@bp.get("/places/<int:place_id>/about")
@requires(Permission.place_read, load=queries.get_place)
def about_place(place: Place) -> str:
    """A place: what it is for, when it is open, who is in charge, pictures, what was changed."""
    profile, changes, who = queries.profile_of(place.id), queries.changes_of(place), actor()
    official = who.role is not None and SCOPE_OF[who.role] is ScopeKind.region
    slots = [one.slot for one in profile.slots] if profile else []
    return render_template(
        "partners/about.html", place=place, profile=profile, hours=opening_hours(slots),
        keeper=queries.keeper_of(place.id), photos=queries.photos_of(place.id), changes=changes,
        uses=queries.uses_of([place.id]).get(place.id, []),
        things=[(one.name, one.quantity) for one in profile.things] if profile else [],
        names=accounts.names_of({one.who for one in changes if one.who}),
        with_number=official or who.unit_id == place.unit_id is not None,
    )  # fmt: skip


@bp.route("/places/<int:place_id>/details", methods=["GET", "POST"])
@requires(Permission.place_edit, load=queries.get_place)
def place_details(place: Place) -> Any:
    """Say what a place is for, when it is open, what it has, who is in charge."""
    form = profile_form(place, queries.profile_of(place.id), queries.keeper_of(place.id))
    if not form.sent():
        page = render_template("partners/details.html", form=form, place=place)
        return (page, 422) if form.is_submitted() else page
    try:
        actions.describe(place, form.said(), by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/details.html", form=form, place=place)
    return done(gettext("The place is saved."), "partners.about_place", place_id=place.id)


@bp.route("/places/<int:place_id>/pictures", methods=["GET", "POST"])
@requires(Permission.place_edit, load=queries.get_place)
def place_pictures(place: Place) -> Any:
    """One more picture, and those there are."""
    form = PlacePictureForm()
    page = {"form": form, "place": place, "photos": queries.photos_of(place.id)}
    if not form.sent():
        shown = render_template("partners/pictures.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    sent = request.files.get("file")
    content, ticked = sent.read() if sent else b"", form.without_children.data
    try:
        actions.keep_photo(place, content, without_children=ticked, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("partners/pictures.html", **page)
    return done(gettext("The picture is kept."), "partners.place_pictures", place_id=place.id)


@bp.get("/places/pictures/<int:picture_id>")
@requires(Permission.place_read, load=queries.photo)
def place_picture(photo: PlacePhoto) -> Response:
    """The picture itself."""
    return uploads.answer(photo.content, photo.kind, f"{photo.place_id}-{photo.id}")


@bp.post("/places/pictures/<int:picture_id>/gone")
@requires(Permission.place_edit, load=queries.photo)
def picture_gone(photo: PlacePhoto) -> Any:
    """The picture is taken away."""
    number = photo.place_id
    actions.take_photo_away(photo, by=actor())
    return done(gettext("The picture is gone."), "partners.place_pictures", place_id=number)


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
