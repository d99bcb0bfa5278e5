"""What left the house: one's own, and for those who see that it works, the county's."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.letters import actions, queries
from jiedui.letters.models import Delivery
from jiedui.letters.rules import DeliveryState, masked_name
from jiedui.letters.views.blueprint import bp


@bp.get("/me/letters/sent")
@requires(Permission.account_self)
def mine() -> str:
    """What was sent to oneself."""
    return render_template("letters/mine.html", deliveries=queries.mine(actor()))


@bp.get("/letters/sent")
@requires(Permission.delivery_manage)
def sent() -> str:
    """What was sent in the county: kind, way, state; no words, and nobody by name."""
    return render_template("letters/sent.html", **_page())


def _page(fault: Refusal | None = None) -> dict[str, Any]:
    said = request.args.get("state", "")
    state = DeliveryState(said) if said in set(DeliveryState) else None
    found = queries.of_county(actor(), state, request.args.get("before", type=int))
    return {
        "deliveries": found,
        "counts": queries.counts(actor()),
        "state": state,
        "full": len(found) == queries.PAGE,
        "masked": masked_name,
        "fault": fault.code if fault is not None else None,
    }


def load(delivery_id: int) -> Delivery:
    """One; raise Missing."""
    return queries.get(delivery_id)


@bp.post("/letters/sent/<int:delivery_id>/again")
@requires(Permission.delivery_manage, load=load)
def again(delivery: Delivery) -> Any:
    """What stood in the way is put right: try once more."""
    try:
        actions.try_again(delivery, by=actor())
    except Refusal as refusal:
        return refused("letters/sent.html", **_page(refusal))
    return done(gettext("It is tried again now."), "letters.sent")
