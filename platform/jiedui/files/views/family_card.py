"""The family card: asked for once, answered with the PDF; its codes are shown nowhere else."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.pages import in_full, refused
from jiedui.files import certificate
from jiedui.files.views.blueprint import bp
from jiedui.followup.actions import make_key
from jiedui.hours.actions import print_strip
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import ACQUAINTED, PairingState

LASTING = ACQUAINTED | {PairingState.legacy}


@bp.route("/pairings/<int:pairing_id>/family-card", methods=["GET", "POST"])
@requires(Permission.strip_print, load=life.get)
def family_card(pairing: Pairing) -> Any:
    """The card with a fresh strip of codes, or without codes."""
    form = Form()
    page = {"form": form, "pairing": pairing, "lasts": pairing.state in LASTING}
    if not form.sent() or not page["lasts"]:
        return render_template("files/family_card.html", **page)
    try:
        content = certificate.pdf(pairing, *_fresh(pairing))
    except Refusal as refusal:
        form.form_errors.append(words.label(refusal.code))
        return refused("files/family_card.html", **page)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pairing.code}.pdf"'
    return response


def _fresh(pairing: Pairing) -> tuple[list[str], str]:
    """New codes and a new address to stop it, which void those of an older card; or neither."""
    if request.form.get("act") != "codes":
        return [], ""
    token = make_key(pairing, by=actor())
    return print_strip(pairing, by=actor()), in_full("followup.stop_here", token=token)
