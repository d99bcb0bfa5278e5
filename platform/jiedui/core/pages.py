"""How a page is answered: rendered, or sent on after an act; and how its figures are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiedui.core import clock, words
from jiedui.core.i18n import get_locale, gettext, ngettext

PAGE = 20


def refused(template: str, **context: Any) -> tuple[str, int]:
    """The page again, with its faults: 422, so that nothing is committed."""
    return render_template(template, **context), 422


def done(message: str, endpoint: str, **values: Any) -> AnyResponse:
    """An act has succeeded: say so on the next page."""
    flash(message, "ok")
    return redirect(url_for(endpoint, **values), 303)


def back_or(endpoint: str, **values: Any) -> str:
    """Where the person came from, if it is a path of ours, else a page of ours."""
    wanted = request.values.get("next", "")
    # Browsers drop tabs and line ends within an address: "/", tab, "/evil.example" is another's.
    plain = wanted.isprintable() and "\\" not in wanted
    ours = wanted.startswith("/") and not wanted.startswith("//")
    return wanted if plain and ours else url_for(endpoint, **values)


def done_and_back(message: str, endpoint: str, **values: Any) -> AnyResponse:
    """The same, but on to where the person came from, if their page said so (`next`)."""
    flash(message, "ok")
    return redirect(back_or(endpoint, **values), 303)


def in_full(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for paper, letters and messages: under the address by which
    people reach the portal, whatever name this request asked for."""
    base = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    return (
        base + url_for(endpoint, **values) if base else url_for(endpoint, _external=True, **values)
    )


def english() -> bool:
    """Whether the reader reads English."""
    return str(get_locale()) == "en"


def day(value: date | datetime | None) -> str:
    """2026年11月23日 周一, or Mon 23 Nov 2026."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if english():
        return format_date(value, "EEE d MMM y", locale="en")
    return format_date(value, "y年M月d日 EEE", locale="zh_CN")


def written(value: date) -> str:
    """2026年11月23日, or 23 November 2026: as a letter or an official paper has it."""
    if english():
        return format_date(value, "d MMMM y", locale="en")
    return format_date(value, "y年M月d日", locale="zh_CN")


def moment(value: datetime | None) -> str:
    """The day and the time in China."""
    return "–" if value is None else f"{day(value)} {clock.local(value):%H:%M}"


def since(value: datetime | date | None) -> str:
    """How long ago, in whole days."""
    if value is None:
        return "–"
    start = clock.local(value).date() if isinstance(value, datetime) else value
    days = (clock.today() - start).days
    if days <= 0:
        return gettext("today")
    return ngettext("%(num)d day", "%(num)d days", days)


def duration(minutes: int) -> str:
    """62 小时 30 分: hours and minutes, never a decimal."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return gettext("%(m)d min", m=rest)
    if not rest:
        return gettext("%(h)d h", h=hours)
    return gettext("%(h)d h %(m)d min", h=hours, m=rest)


def km(value: float | None) -> str:
    """3.9 公里."""
    return "–" if value is None else gettext("%(km).1f km", km=value)


def count(value: int) -> str:
    """11,482."""
    return f"{value:,}"


def yuan(fen: int | None) -> str:
    """1,240 元, from fen."""
    if fen is None:
        return "–"
    whole, rest = divmod(fen, 100)
    return gettext("%(n)s yuan", n=f"{whole:,}.{rest:02d}" if rest else f"{whole:,}")


def clock_time(value: datetime) -> str:
    """16:30 as a clock in China shows it."""
    return f"{clock.local(value):%H:%M}"


def mark_private(response: Response) -> Response:
    """The headers of every page: nothing kept, nothing framed, nothing from elsewhere."""
    policy = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault(
        "Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)"
    )
    return response


FILTERS = {
    "label": words.label,
    "day": day,
    "moment": moment,
    "since": since,
    "duration": duration,
    "km": km,
    "count": count,
    "clock_time": clock_time,
    "yuan": yuan,
}
