"""Records of service: ask for one, read it, take it away as PDF, revoke it."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from jiedui.access.guard import actor, requires
from jiedui.access.policy import Permission
from jiedui.core.errors import Missing, Refusal
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.pages import done, refused
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.hours import actions, certificate, queries
from jiedui.hours.forms import CertifyForm
from jiedui.hours.models import Certificate
from jiedui.hours.rules.document import parcel
from jiedui.hours.views.blueprint import bp


@bp.route("/helpers/<int:helper_id>/records", methods=["GET", "POST"])
@requires(Permission.certificate_issue, load=helpers.get)
def records(helper: Helper) -> Any:
    """Issued records, and a form for a new one over any period."""
    form = CertifyForm(data={"starts": queries.first_day(helper.id)})
    page = {"form": form, "helper": helper, "issued": queries.certificates_of(helper.id)}
    page |= {"sums": queries.sums(helper.id), "question": queries.in_question(helper.id)}
    page |= {"imported": queries.imported_of(helper.id)}
    if not form.sent():
        shown = render_template("hours/records.html", **page)
        return (shown, 422) if form.is_submitted() else shown
    try:
        new = actions.issue_certificate(helper, form.starts.data, form.ends.data, by=actor())
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/records.html", **page)
    return done(gettext("The record is issued."), "hours.record", certificate_id=new.id)


@bp.get("/hours/records/<int:certificate_id>")
@requires(Permission.certificate_issue, load=queries.get_certificate)
def record(issued: Certificate) -> str:
    """The record as it looks on paper."""
    return render_template("hours/record.html", form=Form(), **_shown(issued))


def _shown(issued: Certificate) -> dict[str, Any]:
    return {"c": issued, "paper": certificate.paper(issued), "qr": certificate.qr(issued)}


@bp.get("/hours/records/<int:certificate_id>/record.pdf")
@requires(Permission.certificate_issue, load=queries.get_certificate)
def record_pdf(issued: Certificate) -> Response:
    """The record as a PDF in Chinese, with its fonts in it."""
    response = Response(certificate.pdf(issued), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{issued.number}.pdf"'
    return response


@bp.get("/hours/records/<int:certificate_id>/record.png")
@requires(Permission.certificate_issue, load=queries.get_certificate)
def record_picture(issued: Certificate) -> Response:
    """The record as a picture, to press and save on a phone."""
    return Response(certificate.png(issued), mimetype="image/png")


@bp.get("/hours/records/<int:certificate_id>/record.json")
@requires(Permission.certificate_issue, load=queries.get_certificate)
def record_signed(issued: Certificate) -> Response:
    """The signed text with its signature, which is checked without the portal."""
    if issued.document is None or issued.signature is None or issued.key is None:
        raise Missing
    text = parcel(issued.document, issued.key.name, issued.signature)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{issued.number}.json"'
    return response


@bp.post("/hours/records/<int:certificate_id>/reissue")
@requires(Permission.certificate_issue, load=queries.get_certificate)
def reissue(issued: Certificate) -> Any:
    """The same period with the sums of today; the old number then says so."""
    form = Form()
    try:
        new = actions.reissue_certificate(issued, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/record.html", form=form, **_shown(issued))
    return done(gettext("The record is issued."), "hours.record", certificate_id=new.id)


@bp.route("/hours/records/<int:certificate_id>/revoke", methods=["GET", "POST"])
@requires(Permission.certificate_revoke, load=queries.get_certificate)
def revoke(issued: Certificate) -> Any:
    """A page of its own asks before a record is revoked for good."""
    form = Form()
    form.version.data = form.version.data or issued.version
    if not form.sent():
        return render_template("hours/revoke.html", form=form, c=issued)
    try:
        actions.revoke_certificate(issued, by=actor(), version=form.submitted_version)
    except Refusal as refusal:
        form.refuse(refusal)
        return refused("hours/revoke.html", form=form, c=issued)
    return done(gettext("The record is revoked."), "hours.records", helper_id=issued.helper_id)
