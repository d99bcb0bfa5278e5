"""Letters about a leak: a form that makes a paper. Nothing that is written here is stored."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core import clock
from jiedui.core.documents import DOCX
from jiedui.core.errors import Refusal
from jiedui.core.pages import refused
from jiedui.oversight.actions import make_breach_letters
from jiedui.oversight.exchange import breach as papers
from jiedui.oversight.forms import BreachForm
from jiedui.oversight.views.blueprint import as_file, bp, own_county
from jiedui.regions.models import Region

PAGE = "oversight/breach.html"


@bp.route("/breach", methods=["GET", "POST"])
@requires(Permission.breach_tell, load=own_county)
def breach(county: Region) -> Any:
    """What happened, in words: the letters come back as a file, and the form stays."""
    form = BreachForm()
    if not form.sent():
        page = render_template(PAGE, form=form)
        return (page, 422) if request.method == "POST" else page
    try:
        make_breach_letters(county, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused(PAGE, form=form)
    data = papers.docx(form.said(), county.name)
    return as_file(data, DOCX, f"{county.code}-{clock.today()}-breach.docx")
