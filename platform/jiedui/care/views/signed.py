"""An agreement that was signed: put on file, told in writing, its scan, its end."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.care import queries
from jiedui.care.actions import after_signing
from jiedui.care.actions import entrustment as actions
from jiedui.care.forms.entrustment import EndForm, ScanForm, TellForm, fields_of, sign_form
from jiedui.care.models import Entrustment, EntrustmentScan
from jiedui.care.rules.entrustment import OPEN, EndReason
from jiedui.care.views.blueprint import bp
from jiedui.care.views.entrustment import load, stale_or_refused
from jiedui.core import clock, uploads
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, Stale
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused


@bp.route("/entrustments/<int:entrustment_id>/sign", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=load)
def sign(one: Entrustment) -> Any:
    """Put a signed paper on file."""
    form = sign_form(one)
    page = {"form": form, "one": one, **fields_of(one)}
    if not form.sent():
        answer = render_template("care/sign.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    said = form.said(one.children)
    try:
        actions.sign(one, said, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        stale_or_refused(form, error)
        return refused("care/sign.html", **page)
    return done(gettext("The agreement is on file."), "care.entrustment", entrustment_id=one.id)


@bp.route("/entrustments/<int:entrustment_id>/told", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=load)
def told(one: Entrustment) -> Any:
    """School or village was told in writing."""
    form = TellForm(data={"version": str(one.version)})
    page = {"form": form, "one": one}
    if not form.sent():
        answer = render_template("care/told.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    said = (form.whom.data, form.on.data, form.name.data or "")
    try:
        after_signing.tell(one, *said, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        stale_or_refused(form, error)
        return refused("care/told.html", **page)
    return done(gettext("It is on file."), "care.entrustment", entrustment_id=one.id)


@bp.route("/entrustments/<int:entrustment_id>/end", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=load)
def end_entrustment(one: Entrustment) -> Any:
    """A page of its own asks why an agreement ends."""
    form = EndForm(data={"version": str(one.version)})
    page = {"form": form, "one": one}
    if not form.sent():
        answer = render_template("care/end.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    said = (form.reason.data, form.on.data)
    try:
        after_signing.end(one, *said, by=actor(), version=form.submitted_version)
    except (Refusal, Stale) as error:
        stale_or_refused(form, error)
        return refused("care/end.html", **page)
    return done(gettext("The agreement has ended."), "care.entrustment", entrustment_id=one.id)


@bp.post("/entrustments/<int:entrustment_id>/give-up")
@requires(Permission.guardianship_change, load=load)
def give_up(one: Entrustment) -> Any:
    """A draft that nobody needs; one that is signed ends on a page that asks why."""
    if one.state not in OPEN:
        return done(gettext("Nothing was done."), "care.entrustment", entrustment_id=one.id)
    after_signing.end(one, EndReason.not_needed, clock.today(), by=actor())
    return done(gettext("The draft is given up."), "care.entrustment", entrustment_id=one.id)


@bp.route("/entrustments/<int:entrustment_id>/scan", methods=["GET", "POST"])
@requires(Permission.guardianship_change, load=load)
def scan(one: Entrustment) -> Any:
    """Keep a photo or scan of the signed paper; never needed."""
    form = ScanForm()
    page = {"form": form, "one": one}
    if not form.sent():
        answer = render_template("care/scan.html", **page)
        return (answer, 422) if request.method == "POST" else answer
    sent = request.files.get("file")
    try:
        after_signing.keep_scan(one, sent.read() if sent else b"", by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("care/scan.html", **page)
    return done(gettext("The file is kept, sealed."), "care.entrustment", entrustment_id=one.id)


def _scan(scan_id: int) -> EntrustmentScan:
    return queries.scan(scan_id)


@bp.get("/scans/<int:scan_id>")
@requires(Permission.guardianship_change, load=_scan, logged=Act.upload_read)
def scan_file(one: EntrustmentScan) -> Response:
    """The kept file, to be saved; who opened it is on record."""
    return uploads.answer(one.content, one.kind, f"{one.entrustment.code}-{one.id}")
