"""Which files a case concerns: named and taken off on the case's own page."""

from __future__ import annotations

from typing import Any

from flask import request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.protection.actions import concerned as actions
from jiedui.protection.forms.cases import FileForm
from jiedui.protection.models import ProtectionCase
from jiedui.protection.views.blueprint import bp
from jiedui.protection.views.cases import case_page, loaded_case
from jiedui.protection.views.sealing import unsealing


@bp.post("/cases/<int:casework_id>/files")
@requires(Permission.report_handle, load=loaded_case)
def case_file(case: ProtectionCase) -> Any:
    """Name a file by its number, or take one off."""
    if (away := unsealing(case)) is not None:
        return away
    form, off = FileForm(), request.form.get("off", type=int)
    if off is None and not form.sent():
        return case_page(case, file=form), 422
    try:
        if off is None:
            actions.name_file(case.id, form.number.data or "", by=actor())
        else:
            actions.take_file_off(case.id, off, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return case_page(case, file=form), 422
    said = gettext("The file is named.") if off is None else gettext("The file is taken off.")
    return done(said, "protection.case", casework_id=case.id)
