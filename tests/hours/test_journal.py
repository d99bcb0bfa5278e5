"""What is written beside the hours: how tutoring goes, a counsellor's note for few eyes, a worry
that is a report at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from jiedui.access import actions as access
from jiedui.access.rules import GrantLevel
from jiedui.core import db
from jiedui.core.errors import Refusal
from jiedui.helpers.models import Credential
from jiedui.helpers.rules import CredentialKind, HelpKind, Paper, Subject
from jiedui.hours.models import CounsellingNote, ServiceSession
from jiedui.hours.queries.journal import notes_for
from jiedui.hours.rules import HoursRefusal, Progress
from jiedui.needs.models import NeedSubject
from jiedui.pairings.models import Pairing
from jiedui.protection.models import Report
from tests.builders.helpers import agency, cleared_volunteer, social_worker
from tests.builders.hours import evening_after, logged, serving
from tests.builders.pairings import Pair, trial
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
SECRET = "晚上睡不着，梦见妈妈"


def signed_in(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def counselling() -> Pair:
    """A counsellor whose paper was seen, and a child; they met today."""
    paper = Paper(CredentialKind.counsellor, "A1", None)
    both = frozenset({HelpKind.companionship, HelpKind.counselling})
    pair = trial(helper_of=cleared_volunteer(offers=both, papers=(paper,)))
    return turned(pair, HelpKind.counselling)


def turned(pair: Pair, kind: HelpKind) -> Pair:
    """The same two, but the wish is another kind of help (which another office decides on)."""
    with db.write():
        need = pair.read().need
        need.kind = kind
        if kind is HelpKind.tutoring:
            need.subjects.append(NeedSubject(subject=Subject.mathematics))
    return pair


def form(day: date, **more: str) -> dict[str, str]:
    """A session as it is sent."""
    return {"on": day.isoformat(), "starts": "09:00", "ends": "10:00", "kind": "meeting",
            "book": "voluntary", **more}  # fmt: skip


def test_tutoring_says_its_subject_and_how_it_goes(app: Flask, device: Device) -> None:
    """Other help asks for neither."""
    pair = turned(serving(), HelpKind.tutoring)
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        path = f"/hours/pairings/{pair.id}/new"
        browser.send(path, **form(day, subject="mathematics", progress="better"))
        with db.read():
            one = db.session.scalars(select(ServiceSession)).one()
            assert (one.subject, one.progress) == (Subject.mathematics, Progress.better)
        assert "数学 · 有进步" in browser.words


def test_a_counsellors_note_is_for_few_eyes(app: Flask, device: Device) -> None:
    """The counsellor and the social worker to whom the child's notes are opened; not one to whom
    the file alone is, not the director, not the office, in no list, sealed in its row. Made to
    fail: a note that the director reads; a note whose purpose is the session's note."""
    pair = counselling()
    notes, file_only = (social_worker(unit_id=agency(), name=n)[0] for n in ("社工甲", "社工乙"))
    with db.write():
        child = db.session.get_one(Pairing, pair.id).need.children[0]
        for who, level in ((notes, GrantLevel.notes), (file_only, GrantLevel.file)):
            access.grant(who.account_id, ("child", child.id), level, source=("test", 1),
                         county_id=child.county_id)  # fmt: skip
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        browser.send(f"/hours/pairings/{pair.id}/new", **form(day, confided=SECRET))
        with db.read():
            number = db.session.scalars(select(CounsellingNote.id)).one()
            raw = db.session.scalar(text("SELECT words FROM counselling_note"))
            assert SECRET.encode() not in bytes(raw)
        path = f"/hours/notes/{number}"
        for person, answer in ((pair.helper, 200), (notes, 200), (file_only, 404),
                               (pair.director, 404), (pair.officer, 404)):  # fmt: skip
            got = signed_in(device, person)
            assert got.get(path).status_code == answer
            assert (SECRET in got.text) == (answer == 200)
            listed = got.get("/hours/notes")
            assert (listed.status_code == 200) == (person in (pair.helper, notes, file_only))
            assert (path in got.text) == (answer == 200)
            assert SECRET not in got.text
        for person in (pair.director, pair.officer):
            seen = signed_in(device, person)
            seen.get(f"/hours/pairings/{pair.id}")
            assert SECRET not in seen.text


def test_a_paper_that_ran_out_closes_the_notes(app: Flask, device: Device) -> None:
    """And no new one is written. Made to fail: a counsellor whose paper is not asked."""
    pair = counselling()
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        browser.send(f"/hours/pairings/{pair.id}/new", **form(day, confided=SECRET))
        with db.write():
            paper = db.session.scalars(select(Credential)).first()
            assert paper is not None
            paper.expires = day.replace(year=day.year - 1)
        with db.read():
            assert notes_for(pair.helper.actor()) == []
        with pytest.raises(Refusal) as found:
            logged(pair, day, "14:00", "15:00", confided="再写")
        assert found.value.code is HoursRefusal.not_counselling


def test_nobody_confides_in_other_help(app: Flask) -> None:
    """A companion has no such note."""
    pair = serving()
    with evening_after() as day, pytest.raises(Refusal) as found:
        logged(pair, day, confided=SECRET)
    assert found.value.code is HoursRefusal.not_counselling


@pytest.mark.parametrize("ends", ["10:00", "08:00"])
def test_a_worry_is_a_report_at_once(app: Flask, device: Device, ends: str) -> None:
    """Also when the session itself is refused; once, however often it is sent again. Made to
    fail: a worry that goes with the roll-back."""
    pair = serving()
    with evening_after() as day:
        browser = signed_in(device, pair.helper)
        path = f"/hours/pairings/{pair.id}/new"
        browser.send(path, **{**form(day, worry="手臂上有伤，说是摔的"), "ends": ends})
        assert "已报给值班人员" in browser.words
        with db.read():
            report = db.session.scalars(select(Report)).one()
            assert report.what == "手臂上有伤，说是摔的"
            assert report.reporter_account_id == pair.helper.account_id
            assert "C-" in report.where
            held = db.session.scalars(select(ServiceSession)).all()
            assert len(held) == (ends == "10:00")
        assert "手臂上有伤" not in browser.text
