"""Agreements that wait, the page of a pairing's agreement, making a version, its paper."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, url_for

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.access.queries import names_of
from jiedui.access.rules import Role
from jiedui.children.rules import CALLS_BY_NAME
from jiedui.contact.actions import agreements as actions
from jiedui.contact.certificate import agreement as certificate
from jiedui.contact.models import Agreement
from jiedui.contact.queries import agreements as queries
from jiedui.contact.rules.agreements import AgreementState
from jiedui.contact.views.blueprint import bp
from jiedui.core import words
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules.decisions import knows

HELPERS = (Role.volunteer, Role.social_worker)


@bp.app_template_global()
def agreement_stands(pairing: Pairing) -> queries.Stands:
    """How a pairing stands with its agreement, for the pages of pairings."""
    return queries.stands(pairing)


@bp.get("/agreements")
@requires(Permission.contact_arrange)
def agreements() -> str:
    """What is to be signed in one's area, the next deadline first."""
    return render_template("contact/agreements.html", waiting=queries.waiting(actor()))


@bp.get("/pairings/<int:pairing_id>/agreement")
@requires(Permission.pairing_read, load=life.get, logged=Act.agreement_read)
def agreement(pairing: Pairing) -> str:
    """How a pairing stands with its agreement, what comes next, and every version."""
    may_see_paper(pairing)
    versions = queries.of_pairing(pairing.id)
    stands = queries.stands(pairing)
    shown = stands.one or next(iter(versions), None)
    by_name = actor().role in (*CALLS_BY_NAME, *HELPERS)
    whom = {one.by_account for v in versions for one in v.yeses if one.by_account}
    return render_template(
        "contact/agreement.html",
        pairing=pairing,
        stands=stands,
        one=shown,
        versions=versions,
        paper=certificate.in_full(shown) if shown and by_name else None,
        names=names_of(whom),
        helper_here=actor().role in HELPERS,
        drafted=bool(shown and shown.state is AgreementState.drafted),
    )


def may_see_paper(pairing: Pairing) -> None:
    """A helper reads it while they may know who the child is; raise Missing."""
    agreed = pairing.ready_at is not None
    if actor().role in HELPERS and not knows(pairing.state, pairing.pause_reason, agreed):
        raise Missing


@bp.post("/pairings/<int:pairing_id>/agreement/new")
@requires(Permission.contact_arrange, load=life.get)
def draft(pairing: Pairing) -> Any:
    """Make a version with the terms of today."""
    try:
        made = actions.draft(pairing.id, by=actor())
    except Refusal as refusal:
        return done(words.label(refusal.code), "contact.agreement", pairing_id=pairing.id)
    said = gettext("The agreement %(code)s is ready to be signed.", code=made.code)
    return done(said, "contact.agreement", pairing_id=pairing.id)


@bp.get("/agreements/<int:agreement_id>/agreement.pdf")
@requires(Permission.pairing_read, load=queries.get, logged=Act.agreement_read)
def agreement_pdf(one: Agreement) -> Any:
    """The paper as a PDF in Chinese, for those who call the child by name."""
    may_see_paper(one.pairing)
    if actor().role not in (*CALLS_BY_NAME, *HELPERS):
        return redirect(url_for("contact.agreement", pairing_id=one.pairing_id), 303)
    try:
        content = certificate.pdf([one])
    except Refusal as refusal:
        return render_template("contact/unprintable.html", why=words.label(refusal.code)), 422
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{one.code}.pdf"'
    return response
