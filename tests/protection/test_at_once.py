"""Two at one report or one case in the same moment, each with the page open: it happens once, the
other is told, on both databases.

Seen to fail: a report that one ends while another opens a case on it (handle without its lock), a
step that two take (_locked without lock and fresh), a case closed by the deputy who wrote the
proposal (close with `proposed_by` alone; the CHECK alone holds it).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from jiedui.access import queries as access
from jiedui.access.actions.deputies import name_deputy
from jiedui.access.models import RoleHolding
from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.protection import actions
from jiedui.protection.actions import cases
from jiedui.protection.models import CaseStep, ProtectionCase, Report
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import CaseRefusal, Ending, Stage
from tests import people
from tests.builders import worries
from tests.client import Browser
from tests.people import Person
from tests.protection.test_cases import now

ROUNDS = 3  # a race that may be won by chance is run again


def both(app: Flask, *who: Person) -> list[Browser]:
    """Each signed in on a device of their own."""
    devices = [Browser(app) for _ in who]
    for device, person in zip(devices, who, strict=True):
        device.sign_in(person.phone)
    return devices


Form = tuple[Browser, str, dict[str, str]]


def at_once(forms: Sequence[Form]) -> list[int]:
    """Each form of an open page in the same moment; how each was answered."""
    gate = Barrier(len(forms))

    def press(one: Form) -> int:
        device, path, fields = one
        gate.wait(20)
        return device.send(path, fresh=False, **fields).status_code

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(press, forms))


def count(act: Act) -> int:
    """How often something is on record."""
    with db.read():
        return db.session.scalar(select(func.count()).where(AuditEntry.act == act)) or 0


def test_two_open_a_case_on_one_report_and_there_is_one(either_app: Flask) -> None:
    """The other reads that there is one already, or that the page is old."""
    officer, second = worries.officer(), worries.civil()
    devices = both(either_app, officer, second)
    for n in range(ROUNDS):
        number = worries.report()
        for one in devices:
            one.get(f"/reports/{number}")
            one.get(f"/reports/{number}/case")
        said = {"situation": "injuries", "suspect": "guardian", "words": "已核实"}
        path = f"/reports/{number}/case"
        answers = at_once([(one, path, said) for one in devices])
        assert sorted(answers)[0] == 200
        assert sorted(answers)[1] in (409, 422)
        assert count(Act.case_opened) == n + 1
    with db.read():
        assert len(db.session.scalars(select(ProtectionCase)).all()) == ROUNDS
        assert len(db.session.scalars(select(CaseStep)).all()) == ROUNDS


def test_a_report_is_ended_or_becomes_a_case_never_both(either_app: Flask) -> None:
    officer, second = worries.officer(), worries.civil()
    mine, theirs = both(either_app, officer, second)
    for _ in range(ROUNDS):
        number = worries.report()
        mine.get(f"/reports/{number}")
        theirs.get(f"/reports/{number}")
        theirs.get(f"/reports/{number}/case")
        end = {"outcome": "no danger found", "answer": "已看过"}
        case = {"situation": "injuries", "suspect": "guardian", "words": "已核实"}
        answers = at_once(
            [(mine, f"/reports/{number}", end), (theirs, f"/reports/{number}/case", case)]
        )
        assert 200 in answers
        with db.read():
            report = db.session.get_one(Report, number)
            there = db.session.scalar(
                select(func.count()).where(ProtectionCase.report_id == number)
            )
            assert (report.state.value == "handled") + (there or 0) == 1, answers


def test_a_step_that_two_take_is_taken_once_and_one_is_told_the_page_is_old(
    either_app: Flask,
) -> None:
    officer, second = worries.officer(), worries.civil()
    devices = both(either_app, officer, second)
    for n in range(ROUNDS):
        case = worries.case(officer)
        for one in devices:
            one.get(f"/cases/{case}/next")
        told = {**now(), "how": "done", "officer": "丁警官"}
        path = f"/cases/{case}/next"
        answers = at_once([(one, path, told) for one in devices])
        assert sorted(answers) == [200, 409]
        late = devices[answers.index(409)]
        assert "这一页" in late.words or "已经" in late.words
        assert worries.stood(case)[0] is Stage.police_told
        assert count(Act.case_moved) == n + 1


def test_two_close_one_case_and_it_is_closed_once(either_app: Flask) -> None:
    """Closed once, its reporter hears once."""
    officer, second = worries.officer(), worries.civil()
    third = people.appoint(Role.duty_officer, name="丙值班")
    teacher = people.appoint(Role.child_director, people.VILLAGE)
    devices = both(either_app, second, third)
    for n in range(ROUNDS):
        case = worries.case(officer, report_id=worries.report(by=teacher))
        worries.brought_to(case, Stage.closing, by=officer)
        for one in devices:
            one.get(f"/cases/{case}")
        path = f"/cases/{case}/close"
        answers = at_once([(one, path, {}) for one in devices])
        assert sorted(answers) == [200, 409]
        assert worries.stood(case) == (Stage.closed, "handled")
        assert count(Act.case_closed) == n + 1
    with db.read():
        told = select(func.count()).where(Letter.kind == LetterKind.report_answered)
        assert db.session.scalar(told) == ROUNDS


def test_two_agree_to_how_a_report_ended_and_one_is_noted(either_app: Flask) -> None:
    officer, second = worries.officer(), worries.civil()
    third = people.appoint(Role.duty_officer, name="丙值班")
    devices = both(either_app, second, third)
    number = worries.report()
    with db.write():
        one = actions.take_up(number, by=officer.actor())
        actions.handle(one, ReportOutcome.no_danger_found, "已看过", by=officer.actor())
    path = f"/reports/{number}"
    for device in devices:
        device.get(path)
    answers = at_once([(one, f"{path}/second", {}) for one in devices])
    assert sorted(answers) == [200, 409]
    assert count(Act.report_seconded) == 1


def test_who_opened_it_may_close_what_another_proposed(either_app: Flask) -> None:
    """Two hands are enough for a county of few officials; who proposed it is never the second, not
    by the page, not by the action, and not past it."""
    officer, second = worries.officer(), worries.civil()
    case = worries.case(officer)
    worries.brought_to(case, Stage.closing, by=second)
    mine, theirs = both(either_app, officer, second)
    theirs.get(f"/cases/{case}")
    assert "提出结案的人不能自己结案" in theirs.words
    assert theirs.send(f"/cases/{case}/close", fresh=False).status_code == 422
    with pytest.raises(Refusal) as refused, db.write():
        cases.close(case, by=second.actor())
    assert refused.value.code is CaseRefusal.same_person
    past = {"stage": Stage.closed, "closed_by": second.account_id, "closed_at": clock.now()}
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(update(ProtectionCase).values(**past, due_at=None))
    mine.get(f"/cases/{case}")
    mine.send(f"/cases/{case}/close")
    assert worries.stood(case)[0] is Stage.closed


def test_a_deputy_who_wrote_the_proposal_does_not_close_it_as_themselves(
    either_app: Flask,
) -> None:
    """Neither in the own name, nor past the action."""
    officer, away = worries.officer(), worries.civil()
    deputy = people.appoint(Role.coordinator, office=Office.civil_affairs, name="戊民政")
    with db.write():
        post = db.session.get_one(RoleHolding, access.holdings_of(deputy.account_id)[0].id)
        theirs = access.holdings_of(away.account_id)[0].id
        name_deputy(theirs, post, clock.today(), clock.today(), by=away.actor())
    with db.read():
        held = access.holdings_of(deputy.account_id)
        key = next(one.key for one in held if one.principal)
        stands_in = access.actor_for(access.get(deputy.account_id), key)
    case = worries.case(officer)
    worries.brought_to(case, Stage.followed_up, by=officer)
    with db.write():
        cases.propose_end(case, Ending(ReportOutcome.visited, "安好"), by=stands_in)
    with db.read():
        hands = deputy.actor(), stands_in
    for hand in hands:
        with pytest.raises(Refusal) as refused, db.write():
            cases.close(case, by=hand)
        assert refused.value.code is CaseRefusal.same_person
    past = {"stage": Stage.closed, "closed_by": deputy.account_id, "closed_at": clock.now()}
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(update(ProtectionCase).values(**past, due_at=None))
