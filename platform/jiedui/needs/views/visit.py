"""One visit, one page: a child, the guardian's consent, the child's view and a wish."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission, may
from jiedui.children import queries as children
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildRefusal, ConsentWay
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.pages import done, refused
from jiedui.core.phone import may_be_kept
from jiedui.needs import actions, queries
from jiedui.needs.forms import EntryForm, PupilForm, SiblingForm, VisitForm
from jiedui.needs.models import Need
from jiedui.needs.views.blueprint import bp
from jiedui.partners import queries as places
from jiedui.regions import queries as regions

PAGE = "needs/visit.html"


@bp.route("/visit", methods=["GET", "POST"])
@may_be_kept(_l("Put a child on file"), opens_empty=True)
@requires(Permission.child_register)
def visit() -> Any:
    """A child of a house that is not known yet."""
    own = regions.villages(places.reach(actor()))
    village = own[0] if len(own) == 1 else None
    if not may(actor(), Permission.need_raise):
        entry = EntryForm()
        if village is not None:
            entry.village.start_with(village)
        return _answer(entry, None)
    form = VisitForm()
    form.start_near(village, queries.nearest_place(village) if village else None)
    return _answer(form, None)


def _home(home_id: int) -> Household:
    home = children.household(home_id)
    if not home.village.path.startswith(places.reach(actor())):
        raise Missing
    return home


@bp.route("/visit/home/<int:home_id>", methods=["GET", "POST"])
@may_be_kept(_l("Another child of this house"))
@requires(Permission.child_register, load=_home)
def sibling(home: Household) -> Any:
    """Another child of the same house."""
    if not may(actor(), Permission.need_raise):
        return _answer(PupilForm().of(home), home)
    form = SiblingForm().of(home, queries.sharable(home.id))
    form.start_near(None, queries.nearest_place(home.village))
    return _answer(form, home)


def _answer(form: Any, home: Household | None) -> Any:
    if not form.sent():
        page = render_template(PAGE, form=form, home=home, twins=_twins(form), known=None)
        return (page, 422) if request.method == "POST" else page
    try:
        child, need = actions.keep_visit(form.visit(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        known = _known(form, refusal)
        return refused(PAGE, form=form, home=home, twins=_twins(form), known=known)
    return _on(child, need, form.data.get("consent"))


def _known(form: Any, refusal: Refusal) -> Child | None:
    """The file that has this ID number already, if the reader may see it."""
    if refusal.code is not ChildRefusal.known_already:
        return None
    found = children.known_to(actor(), form.id_number.data)
    return found if found is not None and may(actor(), Permission.child_read, found) else None


def _twins(form: Any) -> list[Child]:
    """Files that may be this child's already: shown before anything is saved twice."""
    asked = bool(form.another.errors) or form.another.data
    if not asked or not form.name.data or not form.birth_date.data:
        return []
    return children.lookalikes(form.name.data, form.birth_date.data, places.reach(actor()))


def _on(child: Child, need: Need | None, way: ConsentWay | None) -> Response:
    if way is ConsentWay.link:
        return redirect(url_for("children.ask", child_id=child.id), 303)
    if not may(actor(), Permission.child_read, child):
        return done(gettext("The child is on file. Thank you."), "needs.visit")
    if need is None:
        text = gettext("The child is on file.")
    elif queries.missing_for(need):
        text = gettext("Kept. The wish waits until guardian and child have said yes.")
    else:
        text = gettext("The child is on file, and somebody suitable is looked for.")
    return done(text, "files.child", child_id=child.id)
