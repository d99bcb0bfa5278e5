"""Lists of suggestions: start one, watch it being made, look at it, hand it in, give it up."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core import words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE, done, refused
from jiedui.pairings.actions import publishing
from jiedui.pairings.actions import rounds as actions
from jiedui.pairings.forms.rounds import StartForm, start_form
from jiedui.pairings.models import Round, Suggestion
from jiedui.pairings.queries import missing, scoring, sketches
from jiedui.pairings.queries import rounds as queries
from jiedui.pairings.rules import PairingRefusal
from jiedui.pairings.rules.rounds import RemoveReason, RoundState, SuggestionState
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.outlook import around
from jiedui.pairings.views.wording import spoken
from jiedui.regions import queries as regions

AT_WORK = {RoundState.queued, RoundState.solving, RoundState.publishing, RoundState.failed}
SHELVES = {
    "pairs": (SuggestionState.kept, SuggestionState.pinned),
    "pinned": (SuggestionState.pinned,),
    "removed": (SuggestionState.removed,),
    "handed-in": (SuggestionState.published,),
}


@bp.route("/matching", methods=["GET", "POST"])
@requires(Permission.round_run)
def rounds() -> Any:
    """Every list of the reader's area; start one more."""
    who = actor()
    form = start_form(regions.get(who.holding.region_id))  # type: ignore[union-attr]
    if not form.sent():
        return _lists(form), 422 if form.is_submitted() else 200
    try:
        round_ = actions.start(regions.get(form.region.data), by=who)
    except Refusal as refusal:
        form.refuse(refusal)
        return _lists(form), 422
    return redirect(url_for("pairings.round", round_id=round_.id), 303)


def _lists(form: StartForm) -> str:
    open_now, past = queries.open_rounds(actor()), queries.past_rounds(actor())
    county = regions.get(actor().county_id)
    weights = may(actor(), Permission.scoring_read, county)
    return render_template(
        "pairings/round_list.html", form=form, open=open_now, past=past, weights=weights,
        weighed=scoring.active(county.id) if weights else None,
    )  # fmt: skip


@bp.get("/matching/<int:round_id>", endpoint="round")
@requires(Permission.round_read, load=queries.get)
def one_round(round_: Round) -> str:
    """One list: how far it is, or its pairs to look at."""
    if round_.state in AT_WORK:
        return render_template("pairings/round.html", round=round_, stuck=actions.stuck(round_))
    return render_template("pairings/draft.html", **seen(round_))


def seen(round_: Round) -> dict[str, Any]:
    """What the page of a draft shows: one shelf of it, page by page."""
    first = "pairs" if round_.state is RoundState.draft else "handed-in"
    shelf, number = request.args.get("show", first), request.args.get("page", 1, type=int)
    number = max(1, number)
    unmet, unmet_total = queries.unmet_page(round_, number)
    rows, total = queries.page(round_, SHELVES.get(shelf, ()), number)
    total = unmet_total if shelf == "unmet" else total
    return {
        "round": round_,
        "shelf": shelf,
        "rows": unmet if shelf == "unmet" else rows,
        "tabs_of": shelves(round_) | {"unmet": unmet_total},
        "number": number,
        "last": max(1, -(-total // PAGE)),
        "names": alternatives(rows, unmet),
        "sketch_of": sketch_of(round_),
        "remove_reasons": words.choices(RemoveReason),
        "left_out": left_out(round_),
        "to_fill_in": missing.count(actor()),
        **around(unmet, round_),
    }


def shelves(round_: Round) -> dict[str, int]:
    """How many pairs lie on each shelf."""
    counts = queries.counts(round_)
    return {name: sum(counts[state] for state in states) for name, states in SHELVES.items()}


def alternatives(rows: list[Any], unmet: list[Any]) -> dict[str, Any]:
    """The helpers and needs that the reasons of these pairs and changes speak of, by id."""
    helpers = {row[0] for one in rows for row in one.reasons["other_helpers"]}
    helpers |= {one.change["helper_id"] for one in unmet if one.change}
    needs = {row[0] for one in rows for row in one.reasons["other_needs"]}
    return {"helpers": queries.helpers_of(helpers), "needs": queries.needs_of(needs)}


def sketch_of(round_: Round) -> dict[str, Any]:
    """The draft on the county's sketch."""
    pairs = queries.standing(round_)
    return {"towns": sketches.towns(round_, pairs), "lines": sketches.lines(pairs)}


def left_out(round_: Round) -> list[dict[str, Any]]:
    """The pairs that could not be handed in, each with what stood against it."""
    stored = {row[0]: row for row in (round_.figures or {}).get("left_out", [])}
    rows = [one for one in queries.standing(round_) if one.id in stored]
    return [named(one, stored[one.id]) for one in rows]


def named(one: Suggestion, stored: list[Any]) -> dict[str, Any]:
    """One pair that is left out, with its reason as a page says it."""
    refusal = PairingRefusal(stored[2]) if stored[2] else None
    return {"pair": one, "barriers": stored[1], "refusal": refusal}


@bp.route("/matching/<int:round_id>/again", methods=["GET", "POST"])
@requires(Permission.round_run, load=queries.get)
def round_again(round_: Round) -> Any:
    """Make the list once more; asks first, since it makes this person its starter."""
    form = Form(version=round_.version)
    if not form.sent():
        return render_template("pairings/round_again.html", round=round_, form=form)
    try:
        actions.again(round_.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/round_again.html", round=round_, form=form)
    return redirect(url_for("pairings.round", round_id=round_.id), 303)


@bp.route("/matching/<int:round_id>/drop", methods=["GET", "POST"])
@requires(Permission.round_run, load=queries.get)
def round_drop(round_: Round) -> Any:
    """Give the list up; asks first."""
    form = Form(version=round_.version)
    if not form.sent():
        return render_template("pairings/round_drop.html", round=round_, form=form)
    try:
        actions.drop(round_.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/round_drop.html", round=round_, form=form)
    return done(gettext("The list was given up."), "pairings.rounds")


@bp.route("/matching/<int:round_id>/publish", methods=["GET", "POST"])
@requires(Permission.round_run, load=queries.get)
def round_publish(round_: Round) -> Any:
    """Hand the list in; counts it by office and checks it again before asking."""
    form = Form(version=round_.version)
    if not form.sent():
        return render_template("pairings/round_publish.html", form=form, **ready(round_))
    try:
        publishing.hand_in(round_.id, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/round_publish.html", form=form, **ready(round_))
    return redirect(url_for("pairings.round", round_id=round_.id), 303)


def ready(round_: Round) -> dict[str, Any]:
    """What would be handed in now, by office, and what would be left out."""
    pairs = queries.standing(round_)
    out = publishing.checked(round_, pairs)
    good = [one for one in pairs if one.id not in out]
    return {
        "round": round_,
        "good": good,
        "offices": queries.by_office(good).most_common(),
        "left_out": [named(one, out[one.id].stored()) for one in pairs if one.id in out],
    }
