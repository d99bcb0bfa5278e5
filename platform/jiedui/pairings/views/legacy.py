"""Pairs from before the portal: what each lacks until when, and taking one on for good."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.pairings.actions import legacy as actions
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import legacy
from jiedui.pairings.rules.legacy import OF_VILLAGE
from jiedui.pairings.views.blueprint import bp
from jiedui.pairings.views.shared import load


@bp.get("/pairings/from-before")
@requires(Permission.pairing_legacy)
def from_before() -> str:
    """The work list: the next deadline first."""
    return render_template(
        "pairings/legacy.html", gaps=legacy.gaps(actor()), today=clock.today(), village=OF_VILLAGE
    )


@bp.post("/pairings/<int:pairing_id>/complete")
@requires(Permission.pairing_approve, load=load)
def complete(pairing: Pairing) -> Any:
    """Nothing is missing: a pairing like any other from now on."""
    version = request.form.get("version", type=int)
    actions.complete(pairing.id, by=actor(), version=version)
    text = gettext("The papers are complete: this is a pairing like any other now.")
    return done(text, "pairings.show", pairing_id=pairing.id)
