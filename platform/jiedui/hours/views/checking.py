"""Checking in: the carer's strip of codes, the sign of a place, arriving and leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import make_response, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core import clock, words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, duration, in_full, refused
from jiedui.core.qr import qr
from jiedui.hours import actions, queries
from jiedui.hours.forms import HereForm, here_form
from jiedui.hours.models import PlaceStay
from jiedui.hours.rules import HoursRefusal
from jiedui.hours.rules.codes import STEP, step_at
from jiedui.hours.views.blueprint import bp
from jiedui.hours.views.own import myself
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.partners.models import Place

SCREEN_FOR = timedelta(days=180)  # a term; then the keeper opens a new address


@bp.route("/hours/pairings/<int:pairing_id>/strip", methods=["GET", "POST"])
@requires(Permission.strip_print, load=life.get)
def strip(pairing: Pairing) -> Any:
    """Fresh codes for the carer, shown once, to print; older ones are void from then on."""
    form = Form()
    if not form.sent():
        return render_template("hours/strip.html", form=form, pairing=pairing)
    try:
        codes = actions.print_strip(pairing, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/strip.html", form=form, pairing=pairing)
    return render_template("hours/strip_paper.html", pairing=pairing, codes=codes, made=clock.now())


@bp.get("/places/<int:place_id>/sign")
@requires(Permission.place_sign, load=queries.get_place)
def place_sign(place: Place) -> str:
    """What stands on the keeper's screen: another sign every minute; and an address for a screen
    at the door, at which nobody signs in."""
    code, again = _sign(place)
    until = clock.today() + SCREEN_FOR
    key = queries.screen_key(place.id, until)
    screen = in_full("hours.place_screen", place_id=place.id, until=until.isoformat(), key=key)
    page = {"place": place, "code": code, "again": again, "screen": screen, "until": until}
    return render_template("hours/place_sign.html", **page)


@bp.get("/screen/<int:place_id>/<until>/<key>")
@open_door("a screen at the door of a place, at which nobody signs in", transaction="read")
def place_screen(place_id: int, until: str, key: str) -> Response:
    """The sign of a place and nothing else; it draws itself anew."""
    place = queries.screen_at(place_id, until, key)
    code, again = _sign(place)
    response = make_response(render_template("hours/place_screen.html", place=place, code=code))
    response.headers["Refresh"] = str(again)
    return response


def _sign(place: Place) -> tuple[Markup, int]:
    """The code of this minute, and after how many seconds there is another."""
    now = clock.now()
    step = step_at(now)
    address = in_full(
        "hours.at_place", place_id=place.id, step=step, mark=queries.sign_of(place.id, step)
    )
    left = STEP - int(now.timestamp()) % STEP
    return qr(address, gettext("QR code of this place"), scale=8), left + 1


@bp.route("/at/<int:place_id>/<int:step>/<mark>", methods=["GET", "POST"])
@requires(Permission.helper_own)
def at_place(place_id: int, step: int, mark: str) -> Any:
    """Who has scanned the sign says that they arrive, or that they leave."""
    place, helper = queries.get_place(place_id), myself()
    stay, mine = queries.staying(helper.id), queries.at_place(helper.id, place_id)
    form = Form() if stay else here_form(mine, [_whom(p) for p in mine])
    page = {"form": form, "place": place, "stay": stay, "mine": mine}
    if not form.sent():
        shown = render_template("hours/at_place.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        return _scanned(form, mine, stay, place, (step, mark))
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/at_place.html", **page)


def _whom(pairing: Pairing) -> str:
    return str(words.label(pairing.need.kind)) + " · " + pairing.code


def _scanned(
    form: Form, mine: list[Pairing], stay: PlaceStay | None, place: Place, sign: tuple[int, str]
) -> Response:
    if stay is not None:
        session = actions.leave(stay, place, sign, by=actor())
        time = duration(session.minutes)
        return done(gettext("%(time)s are checked in.", time=time), "hours.mine")
    said = form.pairing.data if isinstance(form, HereForm) else None
    chosen = next((p for p in mine if p.id == said), None)
    if chosen is None:
        raise Refusal(HoursRefusal.other_place, "pairing")
    actions.arrive(chosen, myself(), place, sign, by=actor())
    return done(gettext("You have arrived. Scan the sign once more when you leave."), "hours.mine")


@bp.post("/hours/stays/<int:stay_id>/drop")
@requires(Permission.helper_own, load=queries.get_stay)
def drop_stay(stay: PlaceStay) -> Response:
    """The end was not scanned: this stay makes no session."""
    try:
        actions.drop_stay(stay, by=actor())
    except Refusal:
        return done(gettext("You have left already"), "hours.mine")
    return done(gettext("This stay makes no session. Log it by hand."), "hours.mine")
