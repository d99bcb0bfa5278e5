"""Who could help here, and whom could this helper help: asked, worked out, looked at, proposed."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.pairings.actions import publishing
from jiedui.pairings.actions import rankings as actions
from jiedui.pairings.forms.rounds import NameForm
from jiedui.pairings.models import Ranking, Suggestion
from jiedui.pairings.queries import rankings as queries
from jiedui.pairings.queries import rounds
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.wording import spoken


@bp.route("/matching/needs/<int:need_id>", methods=["GET", "POST"])
@requires(Permission.round_run, load=needs.get)
def need_ranking(need: Need) -> Any:
    """Ranked helpers for one need."""
    return _answer(need=need)


@bp.route("/matching/helpers/<int:helper_id>", methods=["GET", "POST"])
@requires(Permission.round_run, load=helpers.get)
def helper_ranking(helper: Helper) -> Any:
    """Ranked needs for one helper."""
    return _answer(helper=helper)


def _answer(**about: Any) -> Any:
    """The page of one question: a button first, then progress, then the list. A form names one of
    the list."""
    form = NameForm()
    if request.form.get("act") == "ask":
        actions.ask(**about, by=actor())
        return redirect(request.path, 303)
    if not form.sent():
        return _page(form, **about), 422 if form.is_submitted() else 200
    try:
        return _propose(form.other.data, **about)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/ranking.html", **_context(form, **about))


def _propose(other: int | None, need: Need | None = None, helper: Helper | None = None) -> Any:
    need, helper = need or needs.get(other or 0), helper or helpers.get(other or 0)
    made = publishing.nominate(need, helper, by=actor())
    if isinstance(made, Suggestion):
        words = gettext("The pair for %(need)s is settled.", need=need.code)
        return done(words, "pairings.round", round_id=made.round_id)
    words = gettext("The pair for %(need)s was handed in for approval.", need=need.code)
    return done(words, "pairings.rounds")


def _page(form: NameForm, **about: Any) -> str:
    return render_template("pairings/ranking.html", **_context(form, **about))


def _context(
    form: NameForm, need: Need | None = None, helper: Helper | None = None
) -> dict[str, Any]:
    named = {"need_id": need.id if need else None, "helper_id": helper.id if helper else None}
    ranking = queries.of_today(**named)
    return {
        "form": form,
        "need": need,
        "helper": helper,
        "ranking": ranking,
        "runs": queries.runs(ranking),
        "others": _others(ranking, bool(need)),
    }


def _others(ranking: Ranking | None, of_need: bool) -> dict[int, Any]:
    """The other side of each row of the answer, by id."""
    if ranking is None or ranking.answer is None:
        return {}
    rows = [*ranking.answer["good"], *ranking.answer["barred"]]
    if of_need:
        return rounds.helpers_of({row["helper_id"] for row in rows})
    return rounds.needs_of({row["need_id"] for row in rows})
