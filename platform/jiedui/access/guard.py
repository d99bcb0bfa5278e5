"""The guard at every route: who is asking, may they, and is the thing there for them.

A route without a mark is refused at run time. What lies outside a reader's rights does not exist
for them: 404, whether or not it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response

from jiedui.access import queries
from jiedui.access.models import Account
from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor, is_recent, needs_second_factor
from jiedui.core import audit, clock, db, device, kept, phone
from jiedui.core.acts import Act
from jiedui.core.edge import when_undone
from jiedui.core.errors import Missing
from jiedui.core.i18n import gettext
from jiedui.core.phone import Stay

F = TypeVar("F", bound=Callable[..., Any])
csrf = CSRFProtect()
HOLDING = "holding"
EPOCH = "epoch"  # of the account, when its session was opened
PASSWORD_AT = "password_at"  # noqa: S105 - when the password was typed last, in a session


class Unguarded(Exception):
    """A route says neither who may use it nor that it is open."""


@dataclass(frozen=True)
class Mark:
    """What a route says of itself. `permission` None is an open door."""

    permission: Permission | None
    why_open: str = ""
    forgeable: bool = False
    recent: bool = False


def open_door(
    why: str, *, transaction: str | None = "default", forgeable: bool = False
) -> Callable[[F], F]:
    """This route is for everybody, signed in or not; the list of these is short and tested.

    `forgeable`: a form is taken even when it does not prove where it comes from; the view must
    then ask `unforged()` before it lays anything to whoever is signed in."""

    def mark(view: F) -> F:
        view.guard = Mark(None, why, forgeable)  # type: ignore[attr-defined]
        if transaction != "default":
            view.transaction = transaction  # type: ignore[attr-defined]
        return view

    return mark


def requires(
    permission: Permission,
    *,
    load: Callable[..., Any] | None = None,
    logged: Act | None = None,
    transaction: str | None = "default",
    recent: bool = False,
) -> Callable[[F], F]:
    """This route is for those the policy names.

    `load` turns the URL's values into the thing the page is about (raising Missing), which the
    view gets as its only argument. `logged` is the act of looking at it, noted before the page
    is made. `recent`: whoever has not typed their password lately is asked for it first; for what
    is sealed, for files with names, and for what opens the account.
    """

    def mark(view: F) -> F:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            thing = load(**values) if load else None
            if not may(actor(), permission, thing):
                _note_refusal(permission)
                raise Missing
            if recent and not password_is_recent():
                return _to_confirm()
            if logged is not None and request.method == "GET" and thing is not None:
                with db.note():
                    audit.record(logged, thing, by=actor())
            return view(thing) if load else view(**values)

        guarded.guard = Mark(permission, recent=recent)  # type: ignore[attr-defined]
        if transaction != "default":
            guarded.transaction = transaction  # type: ignore[attr-defined]
        return cast(F, guarded)

    return mark


def actor() -> Actor:
    """Whoever is signed in; raise Missing when nobody is."""
    found = actor_or_none()
    if found is None:
        raise Missing
    return found


def actor_or_none() -> Actor | None:
    """Whoever is signed in, or None."""
    if "actor" not in g:
        who = current_user
        signed_in = bool(who.is_authenticated)
        g.actor = _of(who._get_current_object()) if signed_in else None
    return cast("Actor | None", g.actor)


def _of(account: Account) -> Actor:
    found = queries.actor_for(account, session.get(HOLDING))
    return replace(found, device=device.mark())


def before_request() -> Response | None:
    """Ask the route's mark before anything else happens."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "transaction", "default") is None:
        return None  # no such page, or a file that needs no database
    mark: Mark | None = getattr(view, "guard", None)
    if mark is None:
        raise Unguarded(request.endpoint)
    if phone.entry() is not None:
        return _from_a_phone(mark)
    if mark.permission is not None and actor_or_none() is None:
        return _to_sign_in()
    if request.method == "POST" and not mark.forgeable:
        turned_back = _check_form()
        if turned_back is not None:
            return turned_back
    return _to_choice(mark)


def _from_a_phone(mark: Mark) -> Response | None:
    """An entry out of a phone's keep is led nowhere: it stays there until the account that typed
    it is signed in, in a role, and it is sent by a page of ours."""
    who, came = actor_or_none(), phone.entry()
    if who is None:
        return phone.stays(Stay.signed_out)
    if came is None or came.who != phone.handle(who.account_id):
        return phone.stays(Stay.another)
    if not unforged():
        return phone.stays(Stay.again)
    if mark.permission is None or not phone.keepable():
        return phone.stays(Stay.not_now)
    return phone.stays(Stay.choose) if _to_choice(mark) is not None else None


def let_in(account: Account, *, password: bool) -> None:
    """The one way in: another number and other proofs of origin for the session, which belongs to
    the account as it is now, in no role yet. `password`: it was typed or chosen just now."""
    session.renew()  # type: ignore[attr-defined]
    for name in ("csrf_token", HOLDING, PASSWORD_AT):
        session.pop(name, None)
    login_user(account)
    session[EPOCH] = account.session_epoch
    if password:
        session[PASSWORD_AT] = int(clock.now().timestamp())


def stay(account: Account) -> None:
    """Somebody who is signed in has typed or chosen their password: the same session, under
    another number; its day ends when it would have ended."""
    session.renew(goes_on=True)  # type: ignore[attr-defined]
    session.pop("csrf_token", None)
    session[EPOCH] = account.session_epoch
    session[PASSWORD_AT] = int(clock.now().timestamp())


def password_is_recent() -> bool:
    """Whether the password was typed in this session within the last minutes; a PIN is none."""
    said = session.get(PASSWORD_AT)
    asked_at = None if said is None else datetime.fromtimestamp(said, UTC)
    return is_recent(asked_at, clock.now())


def _to_confirm() -> Response:
    if request.method == "GET":
        return redirect(url_for("access.confirm", next=request.full_path.rstrip("?")), 303)
    if _has_page():
        kept.keep(actor().account_id)
    flash(gettext("Nothing has been done yet: type your password, then press once more."), "warn")
    return redirect(url_for("access.confirm", next=_sent_from()), 303)


def phone_token() -> str | None:
    """What a remembered phone is known by; None on every other."""
    return request.cookies.get(current_app.config["REMEMBERED_COOKIE_NAME"])


def _door() -> str:
    """Where somebody who is not signed in goes: their own phone asks for its PIN."""
    known = queries.remembered(phone_token()) is not None
    return "access.open_phone" if known else "access.sign_in"


def _to_sign_in() -> Response:
    if request.method == "GET":
        return redirect(url_for(_door(), next=request.full_path.rstrip("?")), 303)
    if _has_page():
        kept.keep(getattr(session, "former", None))
        flash(gettext("Please sign in again. What you typed is kept."), "warn")
    else:
        flash(gettext("Nothing has been done yet: please sign in and press once more."), "warn")
    return redirect(url_for(_door(), next=_sent_from()), 303)


def _has_page() -> bool:
    """Whether the form stands at the address it was sent to; a mere button stands elsewhere."""
    rule = request.url_rule
    return rule is not None and "GET" in (rule.methods or ())


def _sent_from() -> str:
    """The page of ours that the form or the button stood on."""
    came = urlsplit(request.referrer or "")
    if _has_page():
        return request.path
    ours = came.netloc == request.host and came.path.startswith("/")
    return came.path if ours and not came.path.startswith("//") else url_for("desk.home")


def unforged() -> bool:
    """Whether the form of this request came from a page of ours in this session."""
    try:
        csrf.protect()
    except CSRFError:
        return False
    return True


def _check_form() -> Response | None:
    try:
        csrf.protect()
    except CSRFError:
        who = actor_or_none()
        message = gettext("This page was open for long. Nothing has been done: press once more.")
        if _has_page():
            kept.keep(who.account_id if who else None)
            message = gettext(
                "This page was open for long. Your input is kept: please send it again."
            )
        flash(message, "warn")
        return redirect(_sent_from(), 303)
    return None


def must_enrol(who: Actor) -> bool:
    """Whether somebody must set up a second factor before anything else: roles of the county and
    of townships, who see what one person's word should not open."""
    needed = current_app.config["SETTINGS"].second_factor_needed
    if not needed or not needs_second_factor([held.role for held in who.holdings]):
        return False
    return not queries.has_second_factor(current_user._get_current_object())


def _to_choice(mark: Mark) -> Response | None:
    who = actor_or_none()
    if mark.permission in (None, Permission.account_self) or who is None:
        return None
    if must_enrol(who):
        return redirect(url_for("access.second_factor_setup"), 303)
    if who.holding is None and len(who.holdings) > 1:
        return redirect(url_for("access.choose_role", next=request.path), 303)
    return None


def _note_refusal(permission: Permission) -> None:
    """Refusals are on record; inside a write they are noted after the roll-back (the request
    ends in 404)."""
    who = actor()

    def note() -> None:
        with db.note():
            account = queries.get(who.account_id)
            audit.record(Act.act_refused, account, by=who, permission=permission.value)

    if db.open_kind() == "read":
        note()
    else:
        when_undone(note)


def init(app: Flask) -> None:
    """Put the guard before every request."""
    csrf.init_app(app)
    app.before_request(before_request)
    app.after_request(device.give)
