"""Puts the house together: one function makes the application out of the rooms."""

from __future__ import annotations

from pathlib import Path

import structlog
from flask import Flask, Response, session
from flask_login import LoginManager
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from jiedui.access import guard, passwords, queries
from jiedui.access.models import Account
from jiedui.core import (
    assets,
    carriers,
    crypto,
    db,
    happenings,
    i18n,
    jobs,
    logs,
    outbox,
    pages,
    schema,
    spool,
)
from jiedui.core.edge import Portal
from jiedui.core.errors import Missing
from jiedui.factory import context, troubles
from jiedui.factory.wiring import BLUEPRINTS, LETTER_LISTENERS, LISTENERS
from jiedui.regions import geocoding
from jiedui.settings import Settings, from_environment

UPLOAD_MOST = 20 * 1024 * 1024
FORM_MOST = 2 * 1024 * 1024
log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, *, queue: bool = True) -> Flask:
    """The portal. `queue=False` leaves jobs as rows until jobs.work_off() (tests, demo)."""
    settings = settings or from_environment()
    connect(settings, queue=queue)
    app = Portal("jiedui", template_folder=str(assets.folder("templates")), static_folder=None)
    _configure(app, settings)
    assets.init(app)
    i18n.init(app)
    troubles.init(app)
    context.init(app)
    _sign_in(app)
    guard.init(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.after_request(pages.mark_private)
    if settings.https:
        app.after_request(_strict_transport)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def up_to_date(settings: Settings) -> Path | None:
    """The folder, and the tables of this version; returns the copy that was made before."""
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    return schema.upgrade(settings.database_url)


def connect(settings: Settings, *, queue: bool = True) -> None:
    """Open keys, database and queue; the command line and the worker need no more."""
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    logs.init()
    if not settings.key_file.exists() and not settings.production:
        crypto.save(settings.key_file, crypto.new_ring())
    crypto.use(crypto.load(settings.key_file))
    passwords.configure(settings.argon2_memory_kib, settings.argon2_rounds)
    geocoding.configure(settings.geocoder, settings.geocoder_key, settings.geocoder_domain)
    db.connect(settings.database_url)
    spool.use(settings.var)
    happenings.listen(LISTENERS)
    carriers.configure(settings)
    outbox.listen(*LETTER_LISTENERS)
    if queue:
        jobs.connect(settings.queue_url, settings.var)
    else:
        jobs.disconnect()


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-jiedui" if settings.https else "jiedui",
        SESSION_COOKIE_SECURE=settings.https,
        REMEMBERED_COOKIE_NAME="__Host-jiedui-phone" if settings.https else "jiedui-phone",
        SESSION_IDLE=settings.session_idle_minutes,
        SESSION_ABSOLUTE=settings.session_absolute_minutes,
        WTF_CSRF_CHECK_DEFAULT=False,  # the guard checks, after it knows who is asking
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        MAX_CONTENT_LENGTH=UPLOAD_MOST,
        MAX_FORM_MEMORY_SIZE=FORM_MOST,
        INVENTED_IDS=settings.demo_division_code_allowed,
        DEMO=settings.mode == "demo",
        PUBLIC_URL=settings.public_url,
        TRUSTED_HOSTS=settings.names,
        SETTINGS=settings,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(pages.FILTERS)
    app.url_map.strict_slashes = False


def _sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # sessions lie on the server and end there

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(account_id: str) -> Account | None:
        try:
            account = queries.get(int(account_id))
        except (Missing, ValueError):
            return None
        lives = account.is_active and account.session_epoch == session.get(guard.EPOCH, 0)
        return account if lives else None


def _strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
