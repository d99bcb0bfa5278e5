"""Paper for those who have no telephone in hand: ten lines for the volunteer, three faces for the
child, the day's sheet of a place. What is written there is typed in by whom it is brought to."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.contact.queries import plan as plans
from jiedui.core import clock
from jiedui.hours import queries
from jiedui.hours.views.blueprint import bp
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.partners.models import Place

LINES, BLANKS = 10, 6


@bp.get("/hours/pairings/<int:pairing_id>/papers")
@requires(Permission.strip_print, load=life.get)
def papers(pairing: Pairing) -> str:
    """Ten lines that the carer signs, and three faces that the child marks alone. No child's name:
    the number says whose they are."""
    return render_template("hours/papers.html", pairing=pairing, lines=LINES)


@bp.get("/places/<int:place_id>/day")
@requires(Permission.place_sign, load=queries.get_place)
def day_sheet(place: Place) -> str:
    """Who is expected at a place today, and empty rows for who comes besides."""
    found = [one for one in plans.at_place(place.id, clock.today()) if _mine(one.pairing)]
    return render_template(
        "hours/day_sheet.html", place=place, found=found, blanks=BLANKS, today=clock.today()
    )


def _mine(pairing: Pairing) -> bool:
    wanted = (Permission.strip_print, Permission.pairing_read)
    return any(may(actor(), permission, pairing) for permission in wanted)
