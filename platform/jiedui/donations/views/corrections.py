"""Corrections: an entry's mirror, another wish for what was allotted, another purpose with the
giver's yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.donations.actions import allotments, corrections
from jiedui.donations.forms.deciding import correct_form, move_form, purpose_form
from jiedui.donations.models import Gift, GiftEntry
from jiedui.donations.queries import deciding, gifts
from jiedui.donations.rules.deciding import GiverAnswer
from jiedui.donations.views.allotments import OfGift, of_gift
from jiedui.donations.views.blueprint import bp
from jiedui.donations.views.gifts import step


@dataclass(frozen=True)
class OfBooks:
    """An entry with its gift, whose county's it is."""

    entry: GiftEntry
    gift: Gift

    @property
    def scope_path(self) -> str:
        """Where the gift belongs."""
        return self.gift.scope_path


def _entry(line_id: int) -> OfBooks:
    entry = deciding.entry(line_id)
    return OfBooks(entry, gifts.get(entry.gift_id))


@bp.route("/gifts/entries/<int:line_id>/correct", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=_entry)
def correct(part: OfBooks) -> Any:
    """A wrong receipt, return or write-off gets its mirror, and the right amount."""
    form = correct_form(part.gift, part.entry)
    title, go = gettext("Correct this entry"), gettext("Correct it")

    def act() -> None:
        evidence = form.evidence.data
        corrections.correct(part.gift, part.entry, form.value(), evidence, by=actor())

    return step(part.gift, form, title, go, act)


@bp.route("/gifts/<int:gift_id>/purpose", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=gifts.get)
def purpose(gift: Gift) -> Any:
    """What the giver said when asked for another purpose or term."""
    form = purpose_form(gift)
    page = {"gift": gift, "form": form, "asked": deciding.consents(gift.id)}
    if not form.sent():
        shown = render_template("donations/purpose.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        said, version = form.said(), form.submitted_version
        corrections.giver_asked(gift, said, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/purpose.html", **page)
    words = gettext("The answer is on record; the purpose stays as it is.")
    if said.answer is GiverAnswer.yes:
        words = gettext("The answer is on record; the purpose is changed.")
    return done(words, "donations.gift", gift_id=gift.id)


@bp.route("/gifts/allotments/<int:allotment_id>/move", methods=["GET", "POST"])
@requires(Permission.gift_manage, load=of_gift)
def move(part: OfGift) -> Any:
    """What was allotted goes to another wish that the gift's purpose allows."""
    one, gift = part.one, part.one.gift
    wishes = gifts.fitting(gift)
    form = move_form(one, wishes)
    page = {"gift": gift, "form": form, "wishes": {w.id: w for w in wishes}, "moved": one}
    if not form.sent():
        shown = render_template("donations/allot.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    wish, version = page["wishes"][form.wish.data], form.submitted_version
    try:
        allotments.move(one, wish, form.evidence.data, by=actor(), version=version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/allot.html", **page)
    return done(gettext("It goes to the other wish."), "donations.gift", gift_id=gift.id)
