"""One pair of a draft: settle it, take it out, replace it; and a pair somebody knows, put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.core import words
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.pairings.actions import drafts
from jiedui.pairings.forms.rounds import NominateForm, PairForm
from jiedui.pairings.models import Round, Suggestion
from jiedui.pairings.queries import rounds as queries
from jiedui.pairings.rules.rounds import PairChange, RemoveReason, RoundRefusal, number_in
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.wording import spoken

C = PairChange


def load(suggestion_id: int) -> Suggestion:
    """A pair of a draft by its id."""
    return queries.suggestion(suggestion_id)


@bp.route("/matching/pairs/<int:suggestion_id>", methods=["GET", "POST"])
@requires(Permission.round_run, load=load)
def draft_pair(one: Suggestion) -> Any:
    """Everything about one suggested pair, and what can be done to it."""
    form = PairForm()
    if not form.sent():
        page = render_template("pairings/draft_pair.html", form=form, **about(one))
        return page, 422 if form.is_submitted() else 200
    try:
        change(one, form)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/draft_pair.html", form=form, **about(one))
    return done(said(form.change.data, one), "pairings.round", round_id=one.round_id)


def about(one: Suggestion) -> dict[str, Any]:
    """The pair, and the alternatives on both sides."""
    others = one.reasons.get("other_helpers", [])
    needed = one.reasons.get("other_needs", [])
    known = queries.helpers_of({row[0] for row in others})
    wanted = queries.needs_of({row[0] for row in needed})
    return {
        "one": one,
        "remove_reasons": words.choices(RemoveReason),
        "others": [(known[i], score) for i, score in others if i in known],
        "needed": [(wanted[i], score) for i, score in needed if i in wanted],
    }


def change(one: Suggestion, form: PairForm) -> None:
    """Do the one thing that was chosen."""
    by = actor()
    plain: dict[PairChange, Callable[..., Any]] = {
        C.pin: drafts.pin,
        C.unpin: drafts.unpin,
        C.put_back: drafts.put_back,
    }
    if form.change.data is C.remove:
        drafts.remove(one, form.reason.data, by=by)
    elif form.change.data is C.instead:
        drafts.replace(one, _within(form.helper.data), form.reason.data, by=by)
    else:
        plain[form.change.data](one, by=by)


def said(what: PairChange, one: Suggestion) -> str:
    """What the next page says of it."""
    code = one.need.code
    return {
        C.pin: gettext("The pair for %(need)s is settled.", need=code),
        C.unpin: gettext("The pair for %(need)s is open again.", need=code),
        C.remove: gettext("The pair for %(need)s was taken out.", need=code),
        C.put_back: gettext("The pair for %(need)s is back.", need=code),
        C.instead: gettext("Somebody else stands for %(need)s now.", need=code),
    }[what]


@bp.route("/matching/<int:round_id>/nominate", methods=["GET", "POST"])
@requires(Permission.round_run, load=queries.get)
def draft_nominate(round_: Round) -> Any:
    """Put a pair that somebody knows into the list, by the two numbers."""
    form = NominateForm()
    if not form.sent():
        page = render_template("pairings/draft_nominate.html", round=round_, form=form)
        return page, 422 if form.is_submitted() else 200
    try:
        need, helper = named_need(form.need.data), named_helper(form.helper.data)
        drafts.put_in(round_.id, need, helper, by=actor())
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/draft_nominate.html", round=round_, form=form)
    message = gettext("The pair for %(need)s is settled.", need=need.code)
    return done(message, "pairings.round", round_id=round_.id)


def named_need(code: str) -> Need:
    """A need by its number, within the reader's area."""
    number = number_in(code)
    try:
        need = needs.get(number or 0)
    except Missing:
        need = None
    if need is None or not may(actor(), Permission.need_read, need):
        raise Refusal(RoundRefusal.no_such_need, "need")
    return need


def named_helper(code: str) -> Helper:
    """A helper by their number, within the reader's area."""
    return _within(number_in(code))


def _within(number: int | None) -> Helper:
    try:
        helper = helpers.get(number or 0)
    except Missing:
        helper = None
    if helper is None or not may(actor(), Permission.helper_vet, helper):
        raise Refusal(RoundRefusal.no_such_helper, "helper")
    return helper
