"""What a helper has of their own: a private calendar address that tells no name, and a badge that
answers one question.

Seen to fail: a line folded after characters instead of octets, a summary with a comma not escaped
(exchange.py), a school as the place of an event, a badge that outlived the clearance (end_of)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.contact import exchange
from jiedui.contact.actions import badges, plan
from jiedui.contact.models import CalendarFeed
from jiedui.contact.queries import own
from jiedui.contact.queries import plan as queries
from jiedui.contact.rules.plan import LeftOut, SessionState
from jiedui.core import clock, db
from jiedui.core.happenings import HelperLostClearance, happen
from jiedui.helpers import queries as helpers
from jiedui.partners.rules import PlaceKind
from tests.builders import contact
from tests.builders import pairings as build
from tests.builders.contact import planned
from tests.builders.helpers import cleared_volunteer
from tests.client import Browser
from tests.people import Person

MOMENT = re.compile(r"\d{8}T\d{6}Z")
NAME = re.compile(r"[A-Z][A-Z0-9-]*")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "CLASS"}


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar, read as strictly as RFC 5545 writes it: each line ends with CRLF,
    has 75 octets at most, begins with a name; what is opened is closed; nothing stands twice."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    raw = content[:-2].split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in raw)
    [line.decode() for line in raw]  # no character is cut in two
    lines = content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for line in lines[1:-1]:
        head, _, value = line.partition(":")
        assert NAME.fullmatch(head.partition(";")[0]), line
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            assert inside.keys() >= ONCE
            events.append(inside)
            inside = None
        elif inside is not None:
            assert head not in inside
            inside[head] = unescaped(value) if head in ("SUMMARY", "LOCATION") else value
    assert inside is None
    return events


def unescaped(value: str) -> str:
    """A TEXT value as it was meant; a bare separator in it is a fault."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def at(text: str) -> datetime:
    """A moment in UTC."""
    assert MOMENT.fullmatch(text)
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_any_text_is_folded_and_read_again(value: str) -> None:
    """No line too long, no character cut, nothing lost."""
    line = f"SUMMARY:{exchange._text(value)}"
    folded = exchange._folded(line)
    assert all(len(part) <= 75 for part in folded[:-2].split(b"\r\n"))
    assert folded[:-2].replace(b"\r\n ", b"").decode() == line
    assert unescaped(line.partition(":")[2]) == value


def address_of(app: Flask, person: Person) -> str:
    """A helper makes the private address on the own page."""
    browser = Browser(app)
    browser.sign_in(person.phone)
    browser.send("/calendar/address")
    found = re.search(r"/calendar/([\w-]+)\.ics", browser.text)
    assert found is not None
    return found.group(0)


def test_the_feed_says_when_and_names_nobody(app: Flask) -> None:
    """Every session to come, with its times; no child, no helper, no village, no school."""
    pair = build.trial()
    planned(pair)
    with db.write():
        first = next(s for s in queries.future(pair.id) if s.state is SessionState.planned)
        plan.cancel(first, LeftOut.family_cannot, by=pair.director.actor())
        cancelled = first.id
    path = address_of(app, pair.helper)
    got = Browser(app).http.get(path)
    assert got.content_type == "text/calendar; charset=utf-8"
    events = read(got.data)
    with db.read():
        need = pair.read().need
        rows = {s.id: s for s in queries.future(pair.id)}
        hidden = [
            *(child.name for child in need.children), pair.read().helper.name,
            need.household.village.name, *(g.name for g in need.household.guardians),
        ]  # fmt: skip
        place = need.place.name if need.place else ""
        times = {(s.start_at, s.end_at) for s in rows.values()}
    text = got.data.replace(b"\r\n ", b"").decode()
    assert [name for name in hidden if name in text.replace(place, "")] == []
    assert {(at(e["DTSTART"]), at(e["DTEND"])) for e in events} == times
    assert {e["SUMMARY"] for e in events} == {f"结对活动 P-{pair.id:04d}"}
    assert len({e["UID"] for e in events}) == len(events)
    by_id = {int(e["UID"].split("-")[2]): e for e in events}
    assert by_id[cancelled]["STATUS"] == "CANCELLED"
    assert {e["LOCATION"] for e in events} == {place}
    with db.write():
        pair.read().need.place.kind = PlaceKind.school
    assert all("LOCATION" not in e for e in read(Browser(app).http.get(path).data))


def test_the_address_is_a_secret_that_can_be_made_anew(app: Flask) -> None:
    """Kept as a fingerprint only; the older one works no more, nor an ended one."""
    pair = build.trial()
    planned(pair)
    old = address_of(app, pair.helper)
    new = address_of(app, pair.helper)
    http = Browser(app).http
    assert (http.get(old).status_code, http.get(new).status_code) == (404, 200)
    with db.read():
        kept = {f.fingerprint for f in db.session.query(CalendarFeed)}
    assert not [one for one in kept if one in old + new]
    browser = Browser(app)
    browser.sign_in(pair.helper.phone)
    browser.send("/calendar/address/end")
    assert http.get(new).status_code == 404


def test_who_stands_in_has_the_session_in_the_calendar(app: Flask) -> None:
    """And whose place they take has not."""
    pair, session, number = contact.stood_in()
    with db.read():
        other = helpers.get(number)
        start = queries.get(session).start_at
        mine = queries.of_helper(other.id, clock.today(), clock.today() + timedelta(days=60))
        assert [one.id for one in mine] == [session]
    events = read(Browser(app).http.get(address_of(app, pair.helper)).data)
    assert start not in {at(e["DTSTART"]) for e in events}


def badge_number(helper_id: int) -> str:
    """The number on a helper's badge."""
    with db.read():
        known = own.badge_of(helper_id)
        assert known is not None
        return known.number


def test_a_badge_says_cleared_today_and_of_which_unit(app: Flask) -> None:
    """To anybody with the card in hand; the name stands there with stars, and no telephone."""
    person, number = cleared_volunteer(name="贾明亮")
    browser = Browser(app)
    browser.sign_in(person.phone)
    browser.send(f"/helpers/{number}/badge", act="issue")
    assert "志愿者证可以打印了" in browser.words
    got = browser.http.get(f"/helpers/{number}/badge.pdf")
    assert got.data.startswith(b"%PDF-")
    anybody = Browser(app)
    anybody.get(f"/badge/{badge_number(number)}")
    assert "审核合格，今天有效" in anybody.words
    assert "贾＊＊" in anybody.words
    assert "贾明亮" not in anybody.text
    assert person.phone not in anybody.text


def test_a_badge_ends_with_the_clearance(app: Flask) -> None:
    """In the same act; what comes later is a new number."""
    person, number = cleared_volunteer()
    with db.write():
        badges.issue(helpers.get(number), by=person.actor())
    shown = badge_number(number)
    with db.write():
        happen(HelperLostClearance(number, bad=True))
    anybody = Browser(app)
    anybody.get(f"/badge/{shown}")
    assert "今天无效" in anybody.words
    with db.write():
        again = badges.issue(helpers.get(number), by=person.actor())
        assert again.number != shown


def test_a_check_that_runs_out_shows_without_anybody_doing_anything(app: Flask) -> None:
    """The page looks at today, not at the day of issue."""
    person, number = cleared_volunteer()
    with db.write():
        badges.issue(helpers.get(number), by=person.actor())
    shown = badge_number(number)
    with clock.moved_to(clock.now() + timedelta(days=800)):
        anybody = Browser(app)
        anybody.get(f"/badge/{shown}")
        assert "今天无效" in anybody.words


def test_numbers_are_not_tried_out(app: Flask) -> None:
    """From one address only so many wrong ones are looked at."""
    anybody = Browser(app)
    answers = [anybody.http.get(f"/badge/{n:016d}").status_code for n in range(60)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_who_is_not_cleared_gets_no_badge(app: Flask) -> None:
    """A proposal to help is no clearance."""
    person, number = cleared_volunteer()
    with clock.moved_to(clock.now() + timedelta(days=800)):
        browser = Browser(app)
        browser.sign_in(person.phone)
        browser.send(f"/helpers/{number}/badge", act="issue")
        assert "资格审核完成的人才能领志愿者证" in browser.words
