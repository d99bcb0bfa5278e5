"""The first page after signing in: what waits for me, calls to make, letters."""

from __future__ import annotations

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.core import clock
from jiedui.desk import queries
from jiedui.desk.rules import SHOWN, Group, Kind, by_kind, ordered, total
from jiedui.desk.views.blueprint import bp
from jiedui.desk.views.letters import shown
from jiedui.desk.words import VERBS
from jiedui.oversight.queries import pilot
from jiedui.pairings.queries import calls
from jiedui.regions import queries as regions

FOLDED = 60


@bp.get("/desk")
@requires(Permission.desk_see)
def home() -> str:
    """What waits for whoever is signed in: seven lines, the rest folded; how pairing comes along,
    for whoever reads figures and has nothing to do."""
    who, today = actor(), clock.today()
    lines = ordered(queries.lines_for(who), today)
    quiet = not lines and may(who, Permission.figures_read)
    groups = {g: [line for line in lines if line.group(today) is g] for g in Group}
    return render_template(
        "desk/home.html",
        today=today,
        shown=lines[:SHOWN],
        folded=lines[SHOWN : SHOWN + FOLDED],
        counts={g: total(found) for g, found in groups.items()},
        total=total(lines),
        kinds=by_kind(lines),
        oldest=min((line.since for line in lines if line.since), default=None),
        pressing={k: [one for one in lines if one.kind is k and one.pressing] for k in Kind},
        calls=calls.calls_for(who) if may(who, Permission.call_make) else [],
        letters=[shown(letter) for letter in queries.unread_letters(who)],
        verbs=VERBS,
        pilot=pilot.of_region(regions.get(_region(who))) if quiet else None,
    )


def _region(who: Actor) -> int:
    """The part of the county that somebody answers for, else all of it."""
    return (who.holding.region_id if who.holding else None) or who.county_id
