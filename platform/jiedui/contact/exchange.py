"""A helper's plan as a calendar that other programmes read (RFC 5545): when, and of which pairing,
class or group by its number; no child's name, no village, no school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from jiedui.activities.models import ActivityMeeting
from jiedui.contact.models import PlannedSession
from jiedui.contact.rules.plan import SessionState
from jiedui.core.i18n import gettext
from jiedui.partners.models import Place
from jiedui.partners.rules import PlaceKind

TYPE = "text/calendar; charset=utf-8"
LINE_MOST = 75  # octets of a line without its end (RFC 5545 3.1)
STATUS = {SessionState.cancelled: "CANCELLED"}


def calendar(
    sessions: Iterable[PlannedSession], meetings: Iterable[ActivityMeeting], now: datetime
) -> bytes:
    """These sessions and meetings of classes and groups as one calendar; times in UTC, so that no
    time zone has to be described."""
    title = gettext("Sessions of my pairings")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jiedui//Plan of sessions//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for one in sessions:
        lines += _event(one, now)
    for meeting in meetings:
        lines += _meeting(meeting, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(one: PlannedSession, now: datetime) -> list[str]:
    called = gettext("Session of pairing %(code)s", code=one.pairing.code)
    status = STATUS.get(one.state, "CONFIRMED")
    return _lines(one, "planned-session", called, status, one.pairing.need.place, now)


def _meeting(one: ActivityMeeting, now: datetime) -> list[str]:
    called = f"{one.activity.title} {one.activity.code}"
    status = "CANCELLED" if one.called_off else "CONFIRMED"
    return _lines(one, "meeting", called, status, one.activity.place, now)


def _lines(
    one: PlannedSession | ActivityMeeting, kind: str, called: str, status: str,
    place: Place | None, now: datetime,
) -> list[str]:  # fmt: skip
    lines = [
        "BEGIN:VEVENT",
        f"UID:{kind}-{one.id}-county-{one.county_id}@jiedui",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(one.start_at)}",
        f"DTEND:{_moment(one.end_at)}",
        f"SEQUENCE:{one.version}",
        f"SUMMARY:{_text(called)}",
        f"STATUS:{status}",
        "CLASS:PRIVATE",
    ]
    # The name of a school would tell which school a child goes to.
    if place is not None and place.kind is not PlaceKind.school:
        lines.append(f"LOCATION:{_text(place.name)}")
    return [*lines, "END:VEVENT"]


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT (RFC 5545 3.3.11): what would end or part it is escaped."""
    plain = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """A line of the file, with its end; a longer one goes on after a blank, and no character is
    cut in two."""
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > LINE_MOST - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
