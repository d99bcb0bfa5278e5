"""The carer's code: made in the village, said at the door to whoever brings the parcel."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import in_full, refused
from jiedui.core.qr import qr
from jiedui.donations.actions import parcels as actions
from jiedui.donations.forms.gifts import CodeForm, Form
from jiedui.donations.models import Allotment
from jiedui.donations.queries import gifts as queries
from jiedui.donations.queries import parcels as find
from jiedui.donations.views.blueprint import bp


@bp.route("/gifts/allotments/<int:allotment_id>/code", methods=["GET", "POST"])
@requires(Permission.gift_deliver, load=queries.allotment)
def parcel_code(one: Allotment) -> Any:
    """A link for the parcel and a code for home: made when asked, shown once."""
    form, page = Form(), dict[str, Any](one=one)
    if request.method == "POST":
        try:
            token, code = actions.make_link(one, by=actor())
        except Refusal as refusal:
            form.refuse(refusal)
            return refused("donations/parcel.html", form=form, **page)
        address = in_full("donations.handed_over", token=token)
        page |= {"code": code, "address": address}
        page["picture"] = qr(address, gettext("QR code for whoever brings the parcel"))
    return render_template("donations/parcel.html", form=form, **page)


@bp.route("/came/<token>", methods=["GET", "POST"])
@open_door("whoever brings a parcel has no account", transaction="read")
def handed_over(token: str) -> Any:
    """One field for the code that is said at the door; nobody's name stands here."""
    link = find.link(token)
    if link is None:
        return render_template("donations/parcel_gone.html"), 410
    form, page = CodeForm(), {"wish": link.allotment.wish}
    if not form.sent():
        shown = render_template("donations/handed_over.html", form=form, **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.handed_over(token, form.code.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("donations/handed_over.html", form=form, **page)
    return render_template("donations/parcel_came.html")
