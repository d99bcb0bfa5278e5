"""A referral from school and village to the county's desk and on to a hospital: who does the next
step, who may read why, and who is told when it waits too long.

Seen to fail: a counsellor whose paper ran out and who reads on (Confided).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Office, Role
from jiedui.children import queries as ledger
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import Letter, LetterKind
from jiedui.counselling.actions import desk, referrals
from jiedui.counselling.actions.forgetting import forget_child
from jiedui.counselling.actions.referrals import MoveSaid
from jiedui.counselling.certificate import letter
from jiedui.counselling.jobs import CLOCKS
from jiedui.counselling.models import Referral
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.rules.referrals import Level, Move, ReferralRefusal, ReferralState
from jiedui.desk.queries import lines_for
from jiedui.desk.rules import Kind
from jiedui.helpers.models import Credential
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import children as kids
from tests.builders.counselling import counsellor, counsellor_of, goes, referred, unit
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
WHY = "课间常一个人哭，手腕有划痕"


class Desk:
    """A county with its office, its head, a counsellor and a director with a child."""

    def __init__(self) -> None:
        office = Office.civil_affairs
        self.officer = people.appoint(Role.coordinator, office=office)
        self.head = people.appoint(Role.coordinator, office=office, head=True)
        self.counsellor = counsellor(self.officer)
        self.director = kids.director()
        self.child_id = kids.household_child(self.director)


def at(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def letters_to(person: Person) -> list[LetterKind]:
    """What this person was written about referrals."""
    kinds = (LetterKind.referral_waiting, LetterKind.referral_moved, LetterKind.referral_overdue)
    mine = Letter.to_account_id == person.account_id, Letter.kind.in_(kinds)
    with db.read():
        return list(db.session.scalars(select(Letter.kind).where(*mine).order_by(Letter.id)))


def refused(code: ReferralRefusal, act: Callable[[], object]) -> None:
    """The act is refused with this code, and nothing of it stays."""
    with pytest.raises(Refusal) as said, db.write():
        act()
    assert said.value.code is code


def test_the_whole_way_with_its_letters(app: Flask) -> None:
    """School or village, county, hospital and back; every step a row, every sender told."""
    it = Desk()
    hospital = unit(UnitKind.hospital, "县人民医院")
    number = referred(it.child_id, it.director, WHY)
    assert letters_to(it.counsellor) == [LetterKind.referral_waiting]
    assert letters_to(it.officer) == [LetterKind.referral_waiting]
    goes(number, Move.acknowledge, by=it.officer, words="")
    goes(number, Move.accept, Move.see, by=it.counsellor)
    goes(number, Move.hand_on, by=it.counsellor, hospital_id=hospital)
    goes(number, Move.acknowledge, Move.accept, Move.see, by=it.officer, words="")
    goes(number, Move.report, Move.close, by=it.counsellor)
    assert letters_to(it.director) == [LetterKind.referral_moved] * 9
    with db.read():
        one = queries.get(number)
        assert (one.level, one.state, one.due) == (Level.hospital, ReferralState.closed, None)
        assert len(one.steps) == 10
        assert one.taken_by == it.counsellor.account_id


def test_the_office_decides_on_nothing(app: Flask) -> None:
    """It acknowledges; what says something of the child is a counsellor's; a no has a reason."""
    it = Desk()
    number = referred(it.child_id, it.director)
    goes(number, Move.acknowledge, by=it.officer, words="")

    def move(said: MoveSaid, who: Person) -> Callable[[], object]:
        return lambda: referrals.move(queries.get(number), said, by=who.actor())

    refused(ReferralRefusal.not_yours, move(MoveSaid(Move.decline, "不适合"), it.officer))
    refused(ReferralRefusal.words_missing, move(MoveSaid(Move.decline), it.counsellor))
    refused(ReferralRefusal.hospital_missing, move(MoveSaid(Move.hand_on), it.counsellor))
    refused(ReferralRefusal.not_now, move(MoveSaid(Move.report, "好"), it.counsellor))
    company = unit(UnitKind.company, "不是医院")
    wrong = MoveSaid(Move.hand_on, "", company)
    refused(ReferralRefusal.hospital_missing, move(wrong, it.counsellor))


def test_one_open_referral_a_child_and_never_without_a_yes(app: Flask) -> None:
    """The rule says it, and so does the database."""
    it = Desk()
    refused(
        ReferralRefusal.consent_missing,
        lambda: referrals.refer(
            ledger.get(it.child_id),
            referrals.ReferralSaid(WHY),
            referrals.Source.village,
            by=it.director.actor(),
        ),
    )
    referred(it.child_id, it.director)
    with pytest.raises(Refusal) as again:
        referred(it.child_id, it.director)
    assert again.value.code is ReferralRefusal.referred_already
    for rule, change in (
        ("consent", "consent = NULL, consented_on = NULL"),
        ("due", "due = NULL"),
        ("hospital", "level = 'hospital'"),
    ):
        with pytest.raises(Exception, match=rule), db.write():
            db.session.execute(text(f"UPDATE referral SET {change}"))


def test_a_stale_page_is_refused(app: Flask) -> None:
    """Somebody else was quicker."""
    it = Desk()
    number = referred(it.child_id, it.director)
    with db.read():
        before = queries.get(number).version
    goes(number, Move.acknowledge, by=it.officer, words="")
    said = MoveSaid(Move.accept)
    with pytest.raises(Stale), db.write():
        referrals.move(queries.get(number), said, by=it.counsellor.actor(), version=before)


def test_why_is_read_by_counsellors_alone(app: Flask, device: Device) -> None:
    """On no page of the office, the director, another counsellor who is not named; sealed at rest;
    a paper that ran out closes it on the same day."""
    it = Desk()
    number = referred(it.child_id, it.director, WHY)
    stranger, _number = counsellor_of()
    pages = (
        "/", "/counselling", f"/counselling/referrals/{number}", f"/children/{it.child_id}",
        f"/counselling/referrals/{number}/words", "/counselling/screenings", "/school/referrals",
        f"/counselling/referrals/{number}/letter.pdf", "/hours/notes", "/letters", "/search?q=划痕",
    )  # fmt: skip
    for person in (it.officer, it.head, it.director, stranger):
        browser = at(device, person)
        for page in pages:
            browser.get(page)
            assert WHY not in browser.text, page
    counsels = at(device, it.counsellor)
    counsels.get(f"/counselling/referrals/{number}/words")
    assert WHY in counsels.text
    with db.read():
        raw = db.session.execute(text("SELECT words FROM referral")).scalar_one()
    assert WHY.encode() not in bytes(raw)
    with db.write():
        for paper in db.session.scalars(select(Credential)):
            paper.expires = clock.today() - timedelta(days=1)
    assert counsels.get(f"/counselling/referrals/{number}/words").status_code == 404


def test_off_the_desk_everything_closes(app: Flask) -> None:
    """In the same act; and nobody is named without a paper."""
    it = Desk()
    plain = kids.director()
    refused(
        ReferralRefusal.no_such_helper,
        lambda: desk.name_counsellor(99_999, by=it.officer.actor()),
    )
    with db.write():
        one = queries.counsellors(it.officer.actor().county_id)[0]
        assert may(it.counsellor.actor(), Permission.counselling_work)
        desk.end_counsellor(one, by=it.officer.actor())
    with db.read():
        assert not may(it.counsellor.actor(), Permission.counselling_work)
        assert not may(plain.actor(), Permission.counselling_work)


def test_what_waits_too_long_is_told_to_the_head_once(app: Flask) -> None:
    """The morning's job, twice; the next step starts the clock anew."""
    it = Desk()
    number = referred(it.child_id, it.director)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        with db.read():
            lines = [one for one in lines_for(it.officer.actor()) if one.kind is Kind.referral]
            assert [one.days(clock.today()) < 0 for one in lines] == [True]
        for _morning in range(2):
            with db.write():
                county = it.officer.actor().county_id
                jobs.ask(CLOCKS, by=SYSTEM, county_id=county, county=county)
            jobs.work_off()
        assert letters_to(it.head).count(LetterKind.referral_overdue) == 1
        assert LetterKind.referral_overdue not in letters_to(it.officer)
        goes(number, Move.acknowledge, by=it.officer, words="")
        with db.read():
            assert queries.get(number).overdue_told_at is None


def test_a_school_refers_by_name_and_hears_how_far_it_is(app: Flask, device: Device) -> None:
    """Its own pupils; what it wrote does not come back to it."""
    it = Desk()
    school = unit(UnitKind.school, "上村小学")
    teacher = people.appoint(Role.school_worker, people.VILLAGE, unit_id=school)
    with db.read():
        place = db.session.execute(text("SELECT id FROM place")).scalar_one()
    kids.household_child(it.director, name="文小雨", school_id=place)
    browser = at(device, teacher)
    browser.send("/school/referrals/new", pupil="别的人", words=WHY, consent="telephone")
    assert "没有这个姓名" in browser.words
    browser.send("/school/referrals/new", pupil="文小雨", words=WHY)
    assert "请先征得监护人同意" in browser.words
    assert WHY in browser.text  # what was typed is kept while it is wrong
    browser.send("/school/referrals/new", pupil="文小雨", words=WHY, consent="telephone")
    assert "文小雨" in browser.words
    assert "未回执" in browser.words
    assert WHY not in browser.text


def test_a_letter_for_a_hospital_without_an_account(app: Flask) -> None:
    """A paper with a slip; the file's clearing takes every word of it."""
    it = Desk()
    hospital = unit(UnitKind.hospital, "县人民医院")
    number = referred(it.child_id, it.director, WHY)
    goes(number, Move.acknowledge, by=it.counsellor)
    goes(number, Move.hand_on, by=it.counsellor, hospital_id=hospital)
    with db.read():
        said = letter.paper(queries.get(number))
        assert WHY in said.parts[1].lines
        assert letter.pdf(queries.get(number)).startswith(b"%PDF")
    with db.write():
        forget_child(it.child_id)
    with db.read():
        one = db.session.get_one(Referral, number)
        assert [one.words, *(step.words for step in one.steps)] == ["", None, None, None]
