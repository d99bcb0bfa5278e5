"""The blueprint that the pages of children's files hang on, how they load a file, and how
templates write a child's name and age."""

from __future__ import annotations

from flask import Blueprint

from jiedui.access.guard import actor_or_none
from jiedui.children import queries
from jiedui.children.models import Child
from jiedui.children.rules import masked_name, reads_beyond, shown_name
from jiedui.core import clock
from jiedui.core.i18n import gettext
from jiedui.core.resident_id import age_on, masked

bp = Blueprint("children", __name__)


def load(child_id: int) -> Child:
    """The file of the URL; whether the reader may see it is the guard's question."""
    return queries.get(child_id)


@bp.app_template_filter("child_name")
def child_name(child: Child) -> str:
    """A child's name as the reader may read it: in full for those who work with the child day by
    day, its first character for others."""
    if child.deidentified_at is not None:
        return gettext("Identity cleared")
    if reads_beyond(actor_or_none(), child.id, child.scope_path):
        return masked_name(child.name)
    return shown_name(child.name, actor_or_none())


@bp.app_template_filter("age")
def age(child: Child) -> int:
    """A child's age today, in full years."""
    return age_on(child.birth_date, clock.today())


bp.add_app_template_filter(masked, "masked_id")
bp.add_app_template_filter(masked_name, "masked_name")
