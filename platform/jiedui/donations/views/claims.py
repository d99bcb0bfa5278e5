"""Wishes by the dozen: a unit claims them, the office gives each its piece with one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext, ngettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import claims as actions
from jiedui.donations.forms.claims import ClaimForm, GiveClaimedForm, claim_form, wanted_kind
from jiedui.donations.models import Gift
from jiedui.donations.queries import claims as queries
from jiedui.donations.queries import gifts
from jiedui.donations.rules.claims import alike
from jiedui.donations.rules.deciding import DecisionState
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.views.blueprint import bp

SHOWN = 15  # lines, each of wishes that look the same


def _open(form: ClaimForm, kind: GoodsKind | None, counts: Mapping[GoodsKind, int]) -> Any:
    rows = queries.seen(actor().county_id, kind) if kind else []
    return {
        "form": form, "counts": counts, "kind": kind, "rows": alike(rows)[:SHOWN],
        "total": len(rows),
    }  # fmt: skip


@bp.route("/gifts/ours/claim", methods=["GET", "POST"])
@requires(Permission.gift_offer)
def claim() -> Any:
    """Open wishes of a kind as whoever gives may see them, and how many of them the unit takes."""
    counts = queries.counts(actor().county_id)
    kind = wanted_kind(request.values.get("kind", ""), counts)
    form = claim_form(kind)
    if not form.sent():
        shown = render_template("donations/claim.html", **_open(form, kind, counts))
        return (shown, 422) if form.is_submitted() else shown
    try:
        gift = actions.claim(form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/claim.html", **_open(form, kind, counts))
    return done(_kept(gift.amount), "donations.our_gift", gift_id=gift.id)


def _kept(number: int) -> str:
    return ngettext(
        "%(num)d wish is kept for your unit for thirty days. An office rings about the handing "
        "over.",
        "%(num)d wishes are kept for your unit for thirty days. An office rings about the handing "
        "over.",
        number,
    )


@bp.route("/gifts/<int:gift_id>/claimed", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=gifts.get)
def give_claimed(gift: Gift) -> Any:
    """Each wish that this gift claims gets its piece, as one decision."""
    form = GiveClaimedForm()
    page = {"gift": gift, "form": form, "rows": queries.outstanding(gift.id)}
    if not form.sent():
        shown = render_template("donations/claimed.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        found = actions.give_claimed(gift, form.evidence.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/claimed.html", **page)
    return done(_said(found), "donations.gift", gift_id=gift.id)


def _said(found: actions.Given) -> str:
    """What became of the claimed wishes."""
    said = [ngettext("%(num)d line is allocated.", "%(num)d lines are allocated.", found.taken)]
    if found.gone:
        said.append(
            ngettext(
                "%(num)d was gone and is left out.", "%(num)d were gone and are left out.",
                found.gone,
            )
        )  # fmt: skip
    if found.tied:
        said.append(gettext("%(num)d wait for another person to look at a tie.", num=found.tied))
    if found.decision is not None and found.decision.state is DecisionState.waiting:
        said.append(gettext("A second person decides too before anything is sent."))
    return " ".join(said)
