"""The child's file: one page, with everything that rooms know, and who has looked."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.care import queries as care
from jiedui.care.queries import absences, support
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import CALLS_BY_NAME, Purpose, reads_beyond
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.resident_id import masked
from jiedui.files import queries
from jiedui.files.queries import watching
from jiedui.files.rules.watching import POINTS
from jiedui.files.views.blueprint import bp

# Whose work needs to know that counselling has a child in hand.
COUNSELLED = (Permission.counselling_refer, Permission.counselling_desk)


def _child(child_id: int) -> Child:
    return children.get(child_id)


@bp.get("/children/<int:child_id>")
@requires(Permission.child_read, load=_child, logged=Act.child_read)
def child(one: Child) -> str:
    """One child, one page."""
    consent, view = children.stands(one, Purpose.matching)
    return render_template(
        "files/child.html",
        child=one,
        id_masked=masked(one.id_number) if one.id_number else None,
        consent=consent,
        view=view,
        guarded=care.guardianship_of(one.id),
        entrusted=care.entrustment_of(one.id, clock.today()),
        charge=queries.in_charge(one),
        merges=children.merges_of(one),
        visit_due=queries.visit_due(one),
        supports=support.entitled(one),
        away=absences.open_of(one.id),
        requests=queries.requests_of(one.id),
        hold=children.hold_of(one.id),
        **_reader_of(one),
        **_happened(one),
    )


def _reader_of(one: Child) -> dict[str, Any]:
    """Whether the child is the reader's daily work, or the file was opened to them beyond it."""
    beyond = reads_beyond(actor(), one.id, one.scope_path)
    return {
        "watched": watching.of_child(one.id),
        "points": POINTS,
        "local": actor().role in CALLS_BY_NAME and not beyond,
        "opened": queries.opened_file(actor(), one.id) if beyond else None,
    }


def _happened(one: Child) -> dict[str, Any]:
    wishes = queries.wishes_of(one)
    pairs = queries.pairs_of(wishes)
    counselled = any(may(actor(), right, one) for right in COUNSELLED)
    pairings = [pair.pairing for pair in pairs]
    steps = queries.timeline(one, wishes, pairings, counselled=counselled)
    looks = queries.looks(one)
    names = queries.names_in(steps, looks)
    return {"needs": wishes, "pairs": pairs, "timeline": steps, "looks": looks, "names": names}
