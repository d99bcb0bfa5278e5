"""What guardian and child say after the visit: consent, the child's view, taking consent back."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.children import actions, queries
from jiedui.children.forms import ConsentForm, HeardForm, WithdrawForm
from jiedui.children.models import Child
from jiedui.children.rules import Purpose
from jiedui.children.views.blueprint import bp, load
from jiedui.core.errors import Refusal
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/children/<int:child_id>/consent", methods=["GET", "POST"])
@requires(Permission.child_consent, load=load)
def consent(child: Child) -> Any:
    """Record a guardian's answer on help at all."""
    form = ConsentForm()
    form.offer(child.guardians)
    page = {"form": form, "child": child}
    if not form.sent():
        answer = render_template("children/consent.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    number = next(g.phone for g in child.guardians if g.id == form.guardian_id)
    try:
        actions.record_consent(child, form.guardian_id, form.consent_said(number), by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("children/consent.html", **page)
    return done(gettext("The answer is kept."), "files.child", child_id=child.id)


@bp.route("/children/<int:child_id>/view", methods=["GET", "POST"])
@requires(Permission.child_consent, load=load)
def heard(child: Child) -> Any:
    """Record what the child says."""
    form = HeardForm()
    if not form.sent():
        page = render_template("children/view.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    actions.record_view(child, form.heard(), by=actor())
    return done(gettext("The answer is kept."), "files.child", child_id=child.id)


@bp.route("/children/<int:child_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.child_consent, load=load)
def withdraw(child: Child) -> Any:
    """A guardian takes consent back: one step, no reason."""
    form = WithdrawForm()
    if not form.sent():
        page = render_template("children/withdraw.html", form=form, child=child)
        return (page, 422) if request.method == "POST" else page
    living = queries.latest_consent(child, Purpose.matching)
    if living is not None:
        actions.withdraw_consent(living, form.means.data, by=actor())
    return done(gettext("Consent is taken back."), "files.child", child_id=child.id)
