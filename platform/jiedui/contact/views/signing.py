"""Saying yes to an agreement: signed in, on paper, by a link; and the photo of the paper."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.contact.actions import agreements as actions
from jiedui.contact.forms.agreements import ScanForm, link_form, sign_form
from jiedui.contact.models import Agreement, AgreementScan
from jiedui.contact.queries import agreements as queries
from jiedui.contact.views.agreements import may_see_paper
from jiedui.contact.views.blueprint import bp
from jiedui.core import uploads, words
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, in_full, refused


def _version() -> int | None:
    return request.form.get("version", type=int)


def _back(one: Agreement, said: str) -> Any:
    return done(said, "contact.agreement", pairing_id=one.pairing_id)


@bp.post("/agreements/<int:agreement_id>/accept")
@requires(Permission.pairing_accept, load=queries.get)
def accept_agreement(one: Agreement) -> Any:
    """The helper's yes."""
    may_see_paper(one.pairing)
    try:
        actions.accept(one, by=actor(), version=_version())
    except Refusal as refusal:
        return _back(one, words.label(refusal.code))
    return _back(one, gettext("Your yes is on file."))


@bp.post("/agreements/<int:agreement_id>/confirm")
@requires(Permission.pairing_approve, load=queries.get)
def confirm_agreement(one: Agreement) -> Any:
    """The office's yes."""
    try:
        actions.confirm(one, by=actor(), version=_version())
    except Refusal as refusal:
        return _back(one, words.label(refusal.code))
    return _back(one, gettext("The office's yes is on file."))


@bp.route("/agreements/<int:agreement_id>/sign", methods=["GET", "POST"])
@requires(Permission.contact_arrange, load=queries.get)
def sign_agreement(one: Agreement) -> Any:
    """Put on file who has signed the paper."""
    form = sign_form(one)
    page = {"form": form, "one": one}
    if not form.sent():
        answer = render_template("contact/sign.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        actions.sign(one, form.said(), by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        _say(form, error)
        return refused("contact/sign.html", **page)
    return _back(one, gettext("The signatures are on file."))


def _say(form: Any, error: Refusal | Stale) -> None:
    if isinstance(error, Refusal):
        form.refuse(error)
        return
    form.version.data = str(error.now)
    form.form_errors.append(gettext("Somebody has changed this since you opened it"))


@bp.route("/agreements/<int:agreement_id>/scan", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=queries.get)
def scan_agreement(one: Agreement) -> Any:
    """Keep a photo or scan of the signed paper; never needed."""
    form = ScanForm()
    page = {"form": form, "one": one}
    if not form.sent():
        answer = render_template("contact/scan.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    sent = request.files.get("file")
    try:
        actions.keep_scan(one, sent.read() if sent else b"", by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("contact/scan.html", **page)
    return _back(one, gettext("The file is kept, sealed."))


@bp.get("/agreement-scans/<int:agreement_scan_id>")
@requires(
    Permission.pairing_consent,
    load=lambda agreement_scan_id: queries.scan(agreement_scan_id),
    logged=Act.upload_read,
)
def agreement_scan(one: AgreementScan) -> Response:
    """The kept file, to be saved; who opened it is on record."""
    return uploads.answer(one.content, one.kind, f"{one.agreement.code}-{one.id}")


@bp.route("/agreements/<int:agreement_id>/ask", methods=["GET", "POST"])
@requires(Permission.pairing_consent, load=queries.get)
def ask_agreement(one: Agreement) -> Any:
    """A link for a guardian far away, and the code to tell by voice; shown once."""
    form = link_form(one)
    page: dict[str, Any] = {"form": form, "one": one, "link": None, "code": None}
    if not form.sent():
        answer = render_template("contact/ask.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    try:
        token, page["code"] = actions.make_link(one, form.guardian_id, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("contact/ask.html", **page)
    page["link"] = in_full("contact.read_agreement", token=token)
    home = one.pairing.need.household.guardians
    page["guardian"] = next(g for g in home if g.id == form.guardian_id)
    return render_template("contact/ask.html", **page)
