"""A school's psychological screening: typed or pasted by a counsellor, seen by counsellors alone,
and what is urgent waits at the desk until it is answered.

Made to catch: a list kept in part (faults), an urgent line that stays after the referral
(answered_at), a finding that lies open (Sealed).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.counselling.actions.screening import ScreeningSaid, keep_screening
from jiedui.counselling.models import PupilScreening, ScreeningResult
from jiedui.counselling.rules.screening import Finding, ScreeningRefusal
from jiedui.desk.queries import lines_for
from jiedui.desk.rules import Kind
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import children as kids
from tests.builders.counselling import counsellor, unit
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


class School:
    """A school, a counsellor, and three children of whom one has an identity number."""

    def __init__(self) -> None:
        self.officer = people.appoint(Role.coordinator, office=Office.civil_affairs)
        self.counsellor = counsellor(self.officer)
        self.director = kids.director()
        self.unit_id = unit(UnitKind.school, "上村小学")
        self.number = people.id_number(kids.born(9), "f")
        known = kids.household_child(self.director, id_number=kids.checked(self.number))
        self.children = [known, *(kids.household_child(self.director) for _ in range(2))]

    def kept(self, lines: str, pupils: int = 300) -> int:
        """The counsellor keeps a list (its own write)."""
        with db.write():
            said = ScreeningSaid(self.unit_id, clock.today(), "量表", pupils, lines)
            return keep_screening(said, by=self.counsellor.actor()).id

    def urgent(self) -> int:
        """How many urgent results wait at the counsellor's desk."""
        with db.read():
            lines = lines_for(self.counsellor.actor())
        return sum(one.kind is Kind.urgent_result for one in lines)


def test_a_list_is_kept_whole_or_not_at_all(app: Flask) -> None:
    """By file number or identity number; a line that means nobody refuses the list, with its
    number."""
    it = School()
    one, two, _three = it.children
    wrong = (
        (f"C-{one:04d} 正常\nC-9999 紧急", ScreeningRefusal.lines_faulty),
        (f"C-{one:04d} 正常\n{it.number} 关注", ScreeningRefusal.lines_faulty),  # the same child
        ("", ScreeningRefusal.no_lines),
    )
    for lines, code in wrong:
        with pytest.raises(Refusal) as said:
            it.kept(lines)
        assert said.value.code is code
    with pytest.raises(Refusal) as said:
        it.kept(f"C-{one:04d} 正常\nC-{two:04d} 关注", pupils=1)
    assert said.value.code is ScreeningRefusal.more_found
    with db.read():
        assert db.session.scalars(select(PupilScreening)).all() == []
    it.kept(f"{it.number}\t关注\nC-{two:04d},紧急")
    with db.read():
        found = {r.child_id: r.finding for r in db.session.scalars(select(ScreeningResult))}
        assert found == {one: Finding.watch, two: Finding.urgent}
        raw = db.session.execute(text("SELECT finding FROM screening_result")).scalars()
        assert all(b"urgent" not in bytes(one) and b"watch" not in bytes(one) for one in raw)


def test_an_urgent_result_waits_until_it_is_answered(app: Flask, device: Device) -> None:
    """By a referral or a crisis report, from the screening's own page."""
    it = School()
    one, two, three = it.children
    number = it.kept(f"C-{one:04d} 紧急\nC-{two:04d} 紧急\nC-{three:04d} 咨询")
    assert it.urgent() == 2
    browser = device()
    browser.sign_in(it.counsellor.phone)
    browser.get(f"/counselling/screenings/{number}")
    with db.read():
        rows = {r.child_id: r.id for r in db.session.scalars(select(ScreeningResult))}
    browser.send(f"/counselling/results/{rows[one]}/refer", words="高分", consent="telephone")
    assert it.urgent() == 1
    browser.send(f"/counselling/results/{rows[two]}/crisis", words="")
    assert it.urgent() == 0


def test_what_it_says_is_seen_by_counsellors_alone(app: Flask, device: Device) -> None:
    """On every page without a number that the others have, and on those of the child."""
    it = School()
    number = it.kept(f"C-{it.children[0]:04d} 紧急")
    teacher = people.appoint(Role.school_worker, people.VILLAGE, unit_id=it.unit_id)
    office = Office.education
    others: tuple[Person, ...] = (
        it.officer, it.director, teacher,
        people.appoint(Role.coordinator, office=office),
        people.appoint(Role.township_supervisor, people.TOWNSHIP),
        people.appoint(Role.duty_officer), people.appoint(Role.leader),
        people.appoint(Role.account_admin),
    )  # fmt: skip
    rules = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments]
    pages = sorted(r.rule for r in rules if "sign-out" not in r.rule)
    pages += [f"/children/{it.children[0]}", f"/counselling/screenings/{number}"]
    for person in others:
        browser = device()
        browser.sign_in(person.phone)
        for page in pages:
            answer = browser.http.get(page)
            body = answer.get_data(as_text=True) if "html" in answer.mimetype else ""
            assert "心理筛查结果还没有处理" not in body, page
            assert "量表" not in body, page
        assert browser.http.get(f"/counselling/screenings/{number}").status_code == 404
