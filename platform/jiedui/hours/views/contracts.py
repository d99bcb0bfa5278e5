"""Contracts of purchased services: all of them, one more, closing one."""

from __future__ import annotations

from typing import Any

from flask import render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.hours.actions import contracts as actions
from jiedui.hours.forms import contract_form
from jiedui.hours.models import ServiceContract
from jiedui.hours.queries import contracts as queries
from jiedui.hours.views.blueprint import bp
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


def _county() -> Region:
    """The reader's county: its contracts are its own."""
    return regions.get(actor().county_id)


@bp.get("/contracts")
@requires(Permission.contract_read)
def contracts() -> str:
    """What was bought of whom, what was delivered, what is behind."""
    return render_template("hours/contracts.html", rows=queries.contracts(actor()))


@bp.route("/contracts/new", methods=["GET", "POST"])
@requires(Permission.contract_manage, load=_county)
def new_contract(county: Region) -> Any:
    """Enter a contract."""
    form = contract_form(county.id)
    if not form.sent():
        shown = render_template("hours/contract_form.html", form=form)
        return (shown, 422) if form.is_submitted() else shown
    try:
        actions.sign(county, form.said(), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/contract_form.html", form=form)
    said = gettext("The contract is entered; what is delivered is counted from the ledger.")
    return done(said, "hours.contracts")


@bp.route("/contracts/<int:contract_id>/close", methods=["GET", "POST"])
@requires(Permission.contract_manage, load=queries.contract)
def close_contract(contract: ServiceContract) -> Any:
    """It is settled."""
    form = Form(data={"version": str(contract.version)})
    page = {"form": form, "one": queries.standing(contract)}
    if not form.sent():
        return render_template("hours/contract_close.html", **page)
    try:
        actions.close(contract, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/contract_close.html", **page)
    return done(gettext("The contract is settled."), "hours.contracts")
