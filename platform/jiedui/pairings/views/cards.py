"""A cleared helper looks at cards of children who need help, and marks up to three (愿意)."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import redirect, render_template, request, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import rankings as actions
from jiedui.pairings.forms.rounds import CardChoice
from jiedui.pairings.queries import rankings as queries
from jiedui.pairings.rules.rounds import WILLING_MOST, RoundRefusal
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.wording import spoken


def own() -> Helper:
    """The reader's own registration."""
    found = helpers.by_account(actor().account_id)
    if found is None:
        raise Missing
    return found


@bp.route("/cards", methods=["GET", "POST"])
@requires(Permission.helper_own, load=own)
def cards(helper: Helper) -> Any:
    """Cards of open needs in reach that fit; no name, no village."""
    form = CardChoice()
    if request.form.get("act") == "ask":
        actions.ask(helper=helper, by=actor())
        return redirect(url_for("pairings.cards"), 303)
    if not form.sent():
        return render_template("pairings/cards.html", **seen(helper, form))
    try:
        return _mark(helper, form)
    except Refusal as refusal:
        form.refuse(spoken(refusal))
        return refused("pairings/cards.html", **seen(helper, form))


def _mark(helper: Helper, form: CardChoice) -> Any:
    if form.mark.data == "no":
        actions.take_back(helper, form.need.data or 0, by=actor())
        return done(gettext("Your mark is taken back."), "pairings.cards")
    if form.need.data not in {row["need_id"] for row in _rows(helper)}:
        raise Refusal(RoundRefusal.does_not_fit)
    actions.mark_willing(helper, needs.get(form.need.data), by=actor())
    return done(gettext("Marked. The next list will know."), "pairings.cards")


def _rows(helper: Helper) -> list[dict[str, Any]]:
    ranking = queries.of_today(helper_id=helper.id)
    return list(ranking.answer["good"]) if ranking and ranking.answer else []


def seen(helper: Helper, form: CardChoice) -> dict[str, Any]:
    """The cards of today's answer that are still open, marked ones first."""
    ranking = queries.of_today(helper_id=helper.id)
    marked = {one.need_id for one in queries.marked_by(helper.id)}
    rows = {row["need_id"]: row for row in _rows(helper)}
    cards = [_card(i, rows.get(i), i in marked) for i in dict.fromkeys([*sorted(marked), *rows])]
    return {
        "form": form,
        "cleared": helpers.is_cleared(helper),
        "ranking": ranking,
        "runs": queries.runs(ranking),
        "cards": [card for card in cards if card is not None],
        "marks": sum(card["marked"] for card in cards if card is not None),
        "most": WILLING_MOST,
    }


def _card(need_id: int, row: dict[str, Any] | None, marked: bool) -> dict[str, Any] | None:
    """What may be shown of one need; the way is rounded up to five kilometres."""
    need = needs.get(need_id)
    if need.state is not NeedState.open:
        return None
    km = row["km"] if row else None
    return {
        **needs.card(need),
        "id": need_id,
        "marked": marked,
        "within_km": ceil(max(km, 0.1) / 5) * 5 if km is not None else None,
        "common_slots": row["common_slots"] if row else [],
    }
