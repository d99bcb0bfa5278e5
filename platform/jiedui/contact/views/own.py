"""What a helper has of their own: the private calendar address, the badge."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, render_template, request

from jiedui.access.guard import actor, open_door, requires
from jiedui.access.policy import Permission
from jiedui.activities.queries.meetings import of_helper as meetings_of_helper
from jiedui.contact import exchange
from jiedui.contact.actions import badges, feeds
from jiedui.contact.certificate import badge as certificate
from jiedui.contact.queries import own as queries
from jiedui.contact.queries import plan as plans
from jiedui.contact.rules.plan import AHEAD
from jiedui.contact.views.blueprint import bp
from jiedui.core import clock, db, words
from jiedui.core.errors import Missing, Refusal
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.numbers import masked, tidy_number
from jiedui.core.pages import done, in_full
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.protection.actions.asking import trying

KEPT = timedelta(days=30)


def myself() -> Helper:
    """The helper who is signed in; raise Missing when this account is none."""
    helper = helpers.by_account(actor().account_id)
    if helper is None:
        raise Missing
    return helper


@bp.post("/calendar/address")
@requires(Permission.helper_own, load=myself)
def make_feed(helper: Helper) -> str:
    """A new private address, shown once."""
    token = feeds.make(helper, by=actor())
    return render_template("contact/feed.html", link=in_full("contact.feed", token=token))


@bp.post("/calendar/address/end")
@requires(Permission.helper_own, load=myself)
def end_feed(helper: Helper) -> Any:
    """The private address works no more."""
    feeds.end(helper, by=actor())
    return done(gettext("The private address works no more."), "contact.calendar")


@bp.get("/calendar/<token>.ics")
@open_door("a calendar programme signs in nowhere; the address is its key", transaction="read")
def feed(token: str) -> Response:
    """The plan of whoever made this address, for their calendar programme; no name in it."""
    found = queries.feed_by_token(token)
    if found is None:
        raise Missing
    today = clock.today()
    sessions = plans.of_helper(found.helper_id, today - KEPT, today + AHEAD)
    mine = [one for one in sessions if one.helper_id == found.helper_id]
    with force_locale("zh_CN"):
        held = meetings_of_helper(found.helper_id, today - KEPT, today + AHEAD)
        content = exchange.calendar(mine, held, clock.now())
    return Response(content, content_type=exchange.TYPE)


@bp.route("/helpers/<int:helper_id>/badge", methods=["GET", "POST"])
@requires(Permission.certificate_issue, load=helpers.get)
def badge(helper: Helper) -> Any:
    """The badge of a helper, with its QR code; issued, or with a new number."""
    if request.method == "POST":
        return _issued(helper)
    known = queries.badge_of(helper.id)
    return render_template(
        "contact/badge.html",
        helper=helper,
        badge=known,
        lines=certificate.lines(known) if known else [],
        qr=certificate.qr(known) if known else "",
        cleared=helpers.is_cleared(helper),
    )


def _issued(helper: Helper) -> Any:
    act = badges.renew if request.form.get("act") == "renew" else badges.issue
    try:
        act(helper, by=actor())
    except Refusal as refusal:
        return done(words.label(refusal.code), "contact.badge", helper_id=helper.id)
    return done(gettext("The badge can be printed."), "contact.badge", helper_id=helper.id)


@bp.get("/helpers/<int:helper_id>/badge.pdf")
@requires(Permission.certificate_issue, load=helpers.get)
def badge_pdf(helper: Helper) -> Any:
    """The card to print; its size is that of a bank card."""
    known = queries.badge_of(helper.id)
    if known is None:
        raise Missing
    try:
        content = certificate.pdf(known)
    except Refusal as refusal:
        return render_template("contact/unprintable.html", why=words.label(refusal.code)), 422
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{helper.code}.pdf"'
    return response


@bp.get("/badge/<number>")
@open_door("a family asks whether a stranger at the door is who they say", transaction="read")
def check_badge(number: str) -> Any:
    """Cleared, valid today, of which unit; or not valid today. Nothing else, and no child."""
    kept = tidy_number(number) or ""
    try:
        with db.note():
            found = trying(number, request.remote_addr or "", lambda: queries.badge_by_number(kept))
    except Refusal as refusal:
        return render_template("contact/checked.html", why=words.label(refusal.code)), 429
    helper = helpers.get(found.helper_id) if found else None
    holds = helper is not None and helpers.is_cleared(helper)
    return render_template(
        "contact/checked.html",
        holds=holds,
        unit=helper.unit.name if helper and holds and helper.unit else "",
        name=masked(helper.name) if helper and holds else "",
        today=clock.today(),
    )
