"""The record for whoever audits it: who did what to what and when, without values."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.acts import Act
from jiedui.desk import queries
from jiedui.desk.forms import RecordForm
from jiedui.desk.views.blueprint import bp
from jiedui.desk.words import ACTS, OBJECTS, WAYS


@bp.get("/record")
@requires(Permission.audit_read)
def record() -> str:
    """One page of the record, newest first."""
    form = RecordForm(data=request.args.to_dict())
    wanted = form.wanted(request.args.get("before", type=int))
    found = queries.entries(actor(), wanted)
    return render_template(
        "desk/record.html",
        form=form,
        wanted=wanted,
        entries=found,
        names=queries.names_in(found),
        acts=ACTS,
        objects=OBJECTS,
        ways=WAYS,
        act_of=Act,
        details=details,
    )


def details(text: str) -> list[tuple[str, Any]]:
    """The details of an entry: names of fields, codes, numbers."""
    found: dict[str, Any] = json.loads(text)
    return sorted(found.items())
