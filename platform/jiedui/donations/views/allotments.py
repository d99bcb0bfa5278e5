"""What of a gift goes to whom: decided and sent by an office, confirmed in the village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.core.words import label
from jiedui.donations.actions import allotments as actions
from jiedui.donations.actions import relations
from jiedui.donations.forms import gifts as forms
from jiedui.donations.models import Allotment, Gift
from jiedui.donations.queries import gifts as queries
from jiedui.donations.rules.books import GiftForm
from jiedui.donations.views.blueprint import bp
from jiedui.donations.views.gifts import step


@dataclass(frozen=True)
class OfGift:
    """An allotment as an office sees it: it is the whole county's, as the gift is."""

    one: Allotment

    @property
    def scope_path(self) -> str:
        """Where the gift belongs."""
        return self.one.gift.scope_path


def of_gift(allotment_id: int) -> OfGift:
    """The allotment for an office."""
    return OfGift(queries.allotment(allotment_id))


@bp.route("/gifts/<int:gift_id>/allot", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=queries.get)
def allot(gift: Gift) -> Any:
    """Choose one of the wishes that the gift's purpose allows."""
    wishes = queries.fitting(gift)
    form = forms.allot_form(wishes)
    page = {"gift": gift, "form": form, "wishes": {one.id: one for one in wishes}}
    if not form.sent():
        shown = render_template("donations/allot.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    wish = page["wishes"][form.wish.data]
    amount = 1 if gift.form is GiftForm.goods else form.amount.fen or wish.price
    if relations.look_at(gift, wish, by=actor()):
        said = gettext("Stopped: giver and household seem to be tied. Another person looks at it.")
        return done(said, "donations.gift", gift_id=gift.id)
    try:
        actions.allot(gift, wish, amount, form.evidence.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/allot.html", **page)
    return done(gettext("It is allocated."), "donations.gift", gift_id=gift.id)


@bp.post("/gifts/allotments/<int:allotment_id>/dispatch")
@requires(Permission.gift_manage, load=of_gift)
def dispatch(part: OfGift) -> Any:
    """It was sent."""
    one = part.one
    form = forms.Form()
    try:
        actions.dispatch(one, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        return done(label(refusal.code), "donations.gift", gift_id=one.gift_id)
    said = gettext("It is on its way; the village has been told.")
    return done(said, "donations.gift", gift_id=one.gift_id)


@bp.route("/gifts/allotments/<int:allotment_id>/back", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=of_gift)
def take_back(part: OfGift) -> Any:
    """It does not go there after all."""
    one = part.one
    form = forms.BackForm(data={"version": str(one.version)})
    title, go = gettext("Take this back into stock?"), gettext("Take it back")

    def act() -> None:
        evidence, version = form.evidence.data, form.submitted_version
        actions.take_back(one, evidence, by=actor(), version=version)

    return step(one.gift, form, title, go, act)


@bp.get("/gifts/arriving")
@requires(Permission.gift_deliver)
def arriving() -> str:
    """What was sent to children of these villages."""
    return render_template("donations/arriving.html", rows=queries.on_the_way(actor()))


@bp.route("/gifts/allotments/<int:allotment_id>/come", methods=["GET", "POST"])
@requires(Permission.gift_deliver, load=queries.allotment)
def come(one: Allotment) -> Any:
    """It has come to the child."""
    form = forms.DeliverForm(data={"version": str(one.version)})
    if not form.sent():
        shown = render_template("donations/come.html", form=form, one=one)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.deliver(one, form.thanks.data, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/come.html", form=form, one=one)
    return done(gettext("Thank you. The office has been told."), "donations.arriving")
