"""The child's file: one page, with everything that rooms know, and who has looked."""

from __future__ import annotations

from flask import Blueprint, render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.rules import Role
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import Purpose, masked_name
from jiedui.core import clock
from jiedui.core.acts import Act
from jiedui.core.resident_id import age_on, masked
from jiedui.files import queries
from jiedui.needs import queries as needs

bp = Blueprint("files", __name__)


def _child(child_id: int) -> Child:
    return children.get(child_id)


@bp.get("/children/<int:child_id>")
@requires(Permission.child_read, load=_child, logged=Act.child_read)
def child(one: Child) -> str:
    """One child, one page."""
    local = actor().role in (Role.child_director, Role.township_supervisor)
    consent, view = children.stands(one, Purpose.matching)
    return render_template(
        "files/child.html",
        child=one,
        local=local,
        shown_name=one.name if local else masked_name(one.name),
        age=age_on(one.birth_date, clock.today()),
        id_masked=masked(one.id_number) if one.id_number else None,
        consent=consent,
        view=view,
        needs=needs.of_child(one.id),
        pairings=queries.pairings_of(one),
        timeline=queries.timeline(one),
        looks=queries.looks(one),
    )
