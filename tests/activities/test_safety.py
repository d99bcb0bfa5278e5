"""School safety: from an inspection to a fault that is settled by two, and what is overdue.

Seen to fail: a school that closes what an office found (check_fault), who put it right looking
again (check_fault and ck_safety_finding_second_person), a school that reads another's fault
(policy: safety_read without own_unit), a letter every night (tell_overdue without is_higher), a
ticked part whose fault is taken as in order (InspectionForm.seen asks the tick first), a part that
nobody ticked taken as in order (seen without asking the tick).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.activities.actions import safety as actions
from jiedui.activities.jobs import overdue_faults
from jiedui.activities.queries import safety as queries
from jiedui.activities.rules.safety import (
    DAYS,
    MOVES,
    OF_AREA,
    Area,
    FindingState,
    Item,
    Mark,
    Rung,
    SafetyRefusal,
    Seen,
    check_fault,
    due_on,
    is_higher,
    rung_of,
)
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.partners import actions as partners
from jiedui.partners.rules import NewUnit, UnitKind
from tests import people
from tests.client import Browser
from tests.people import Person
from tests.photos import DEVICE, photo

Device = Callable[[], Browser]
BURNT = Seen(Item.wiring, Mark.grave, "厨房插座烧焦")
FINE = Seen(Item.exits, Mark.fine)


def school(name: str = "北试小学") -> int:
    """A school in the first village (opens its own write)."""
    civil = people.appoint(Role.coordinator, office=Office.civil_affairs)
    with db.write():
        said = NewUnit(UnitKind.school, name, people.region(people.VILLAGE).id)
        made = partners.register_unit(said, by=civil.actor())
        db.session.flush()
        return made.id


def worker(unit_id: int) -> Person:
    """One of a school's own people."""
    return people.appoint(Role.school_worker, people.VILLAGE, unit_id=unit_id)


def education() -> Person:
    """Somebody of the education office."""
    return people.appoint(Role.coordinator, office=Office.education)


def found(unit_id: int, by: Person, *seen: Seen) -> int:
    """The number of the first fault of an inspection of today (opens its own write)."""
    with db.write():
        one = queries.school(unit_id)
        rows = seen or (BURNT, FINE)
        made = actions.inspect(one, clock.today(), rows, by=by.actor())
        return made.findings[0].id


def test_from_the_walk_to_the_second_look(device: Device) -> None:
    """The office marks, the school reads until when and says what it did, the office sends it back
    once and closes it then; the paper shows the marks and room to sign; each stands on its desk."""
    number = school()
    office, mine = device(), device()
    office.sign_in(education().phone)
    mine.sign_in(worker(number).phone)
    today = clock.today().isoformat()
    address = f"/safety/schools/{number}/inspect"
    assert office.send(address, on_day=today).status_code == 422
    assert "至少填写一项" in office.words
    assert office.send(address, on_day=today, mark_wiring="grave").status_code == 422
    assert "请写明存在什么问题" in office.words
    office.send(address, on_day=today, mark_wiring="grave", words_wiring="厨房插座烧焦",
                mark_exits="fine")  # fmt: skip
    for words in ("校园安全检查记录", "厨房插座烧焦", "没有问题", "检查人员"):
        assert words in office.words
    mine.get("/desk")
    assert "整改本校安全问题" in mine.words
    mine.get("/safety")
    assert "厨房插座烧焦" in mine.words
    with db.read():
        one = queries.unsettled_at(number)[0]
        fault, due = one.id, one.due
    assert due == clock.today() + timedelta(days=1)
    page = f"/safety/findings/{fault}"
    shown = {"file": (BytesIO(photo()), "a.jpg")}
    assert mine.send(f"{page}/pictures", **shown).status_code == 422
    shown = {"file": (BytesIO(photo()), "a.jpg")}
    mine.send(f"{page}/pictures", **shown, without_children="y")
    with db.read():
        kept = queries.photos_of(fault)
        assert DEVICE.encode() not in kept[0].content
        picture = f"/safety/pictures/{kept[0].id}"
    assert office.get(picture).status_code == 200
    mine.press(page, f"{page}/fix", words="换了新插座", on_day=today)
    assert "请其他人复查" in mine.words
    office.get("/desk")
    assert "复查学校整改情况" in office.words
    assert office.press(page, f"{page}/look", well="no").status_code == 422
    office.press(page, f"{page}/look", well="no", words="旁边一个还是坏的")
    assert "已退回学校" in office.words
    mine.press(page, f"{page}/fix", words="两个都换了", on_day=today)
    office.press(page, f"{page}/look", well="yes")
    assert "已销号" in office.words
    with db.read():
        closed = queries.finding(fault)
        assert closed.times_back == 1
        assert closed.state is FindingState.closed
        assert [step.state.value for step in closed.steps] == [
            "open",
            "fixed",
            "open",
            "fixed",
            "closed",
        ]


def test_a_school_sees_its_own_and_looks_again_at_what_it_found_itself(device: Device) -> None:
    """A colleague may close what the school found; nobody what they put right; no school what an
    office found; another school reads nothing."""
    number = school()
    first, second, officer = worker(number), worker(number), education()
    own, offices = found(number, first), found(number, officer)
    with db.write():
        for one in (own, offices):
            actions.put_right(one, "换了新插座", clock.today(), by=first.actor())
        for one, by, why in (
            (own, first, SafetyRefusal.own_work), (offices, second, SafetyRefusal.an_offices),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                actions.look_again(one, well=True, words="", by=by.actor())
            assert refused.value.code is why
        actions.look_again(own, well=True, words="", by=second.actor())
    stranger = device()
    stranger.sign_in(worker(school("别的小学")).phone)
    assert stranger.get(f"/safety/schools/{number}").status_code == 404
    assert stranger.get(f"/safety/findings/{offices}").status_code == 404


def test_patrols_equipment_and_the_countys_list(device: Device) -> None:
    """A patrol to come is refused; a check that ran out is said; what a county does not look at is
    not asked any more."""
    number = school()
    mine, office = device(), device()
    mine.sign_in(worker(number).phone)
    office.sign_in(education().phone)
    today, later = clock.today(), clock.today() + timedelta(days=3)
    log = {"kind": "morning", "remark": "vehicles", "begun": "0:01"}
    address = f"/safety/schools/{number}/patrols"
    assert mine.send(address, on_day=later.isoformat(), **log).status_code == 422
    mine.send(address, on_day=(today - timedelta(days=1)).isoformat(), **log)
    assert "车辆占道" in mine.words
    mine.send(f"/safety/schools/{number}/equipment", kind="hydrant", quantity="3",
              checked_until=later.isoformat())  # fmt: skip
    assert "消火栓" in mine.words
    with clock.moved_to(clock.now() + timedelta(days=9)):
        mine.sign_in(worker(number).phone)
        mine.get("/safety")
        assert "超期未检" in mine.words
    office.send("/safety/list", items=["exits", "wiring"])
    office.get(f"/safety/schools/{number}/inspect")
    assert "mark_wiring" in office.text
    assert "mark_net_cafes" not in office.text


def test_what_is_overdue_is_told_to_the_school_then_to_the_office_once_each(app: Flask) -> None:
    """On the first night after the last day, and from the fourth; nobody hears it twice."""
    number = school()
    mine, officer = worker(number), education()
    found(number, officer, Seen(Item.exits, Mark.serious, "疏散门上锁"))
    with db.read():
        county = people.region(people.COUNTY).id

    def night(days: int) -> list[tuple[int, LetterKind]]:
        with clock.moved_to(clock.now() + timedelta(days=days)):
            overdue_faults(0, county=county)
        with db.read():
            rows = db.session.scalars(select(Letter).order_by(Letter.id))
            return [(one.to_account_id, one.kind) for one in rows if "safety" in one.kind.value]

    school_hears = (mine.account_id, LetterKind.safety_overdue)
    office_hears = (officer.account_id, LetterKind.safety_raised)
    assert night(7) == []
    assert night(8) == [school_hears]
    assert night(9) == [school_hears]
    assert night(11) == [school_hears, office_hears]
    assert night(12) == [school_hears, office_hears]


def test_the_database_wants_two_people(either_app: Flask) -> None:
    """Whatever a program forgets."""
    number = school()
    mine, officer = worker(number), education()
    one = found(number, officer)
    with db.write():
        actions.put_right(one, "换了新插座", clock.today(), by=mine.actor())
    forgets = text(
        "UPDATE safety_finding SET state = 'closed', checked_by = fixed_by, checked_at = :now"
    )
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(forgets, {"now": clock.now()})
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text("UPDATE safety_finding SET state = 'open'"))


class Faults(RuleBasedStateMachine):
    """A finding in the hands of people who do anything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.fixer = FindingState.open, None  # type: ignore[var-annotated]
        self.seen = [self.state]

    def _to(self, state: FindingState) -> None:
        MOVES.require(self.state, state)
        self.state = state
        self.seen.append(state)

    @precondition(lambda self: MOVES.allows(self.state, FindingState.fixed))
    @rule(who=st.integers(1, 3))
    def fix(self, who: int) -> None:
        """Somebody puts it right."""
        self._to(FindingState.fixed)
        self.fixer = who

    @rule(who=st.integers(1, 3), well=st.booleans(), office=st.booleans(), found=st.booleans())
    def look(self, who: int, well: bool, office: bool, found: bool) -> None:
        """Somebody looks again."""
        fault = check_fault(
            self.state, fixer=self.fixer, checker=who, by_office=office, an_offices=found
        )
        if fault is None:
            assert who != self.fixer
            assert office or not found
            self._to(FindingState.closed if well else FindingState.open)

    @invariant()
    def nothing_is_closed_unfixed(self) -> None:
        """Before each end somebody put it right; after it nothing follows."""
        for before, after in zip(self.seen, self.seen[1:], strict=False):
            assert after is not FindingState.closed or before is FindingState.fixed
            assert before is not FindingState.closed


TestFaults = Faults.TestCase
FAULTS = [one for one in Mark if one is not Mark.fine]


@given(st.sampled_from(FAULTS), st.integers(-5, 60), st.integers(0, 30))
def test_who_hears_rises_with_the_days(mark: Mark, after: int, more: int) -> None:
    """Never before the last day, never back, never once it is put right."""
    due = due_on(mark, clock.today())
    now, later = due + timedelta(days=after), due + timedelta(days=after + more)
    one, other = (rung_of(FindingState.open, due, then) for then in (now, later))
    assert not is_higher(one, other)
    assert (one is Rung.nobody) == (after <= 0)
    assert rung_of(FindingState.fixed, due, later) is Rung.nobody


def test_every_item_stands_in_one_area_and_every_fault_has_its_days() -> None:
    """And the graver, the sooner."""
    listed = [item for items in OF_AREA.values() for item in items]
    assert sorted(listed) == sorted(Item)
    assert DAYS[Mark.grave] < DAYS[Mark.serious] < DAYS[Mark.minor]
    assert set(DAYS) == set(FAULTS)


def test_a_part_that_is_in_order_takes_one_tap_and_only_faults_ask_for_words(
    device: Device,
) -> None:
    """Without a script: all of a part that is not marked is in order; a fault in it stays one, and
    asks for its words; a part that nobody ticked was not looked at. What was ticked is kept when
    something is missing."""
    number, office = school(), device()
    office.sign_in(education().phone)
    address, today = f"/safety/schools/{number}/inspect", clock.today().isoformat()
    office.get(address)
    assert "待填 4 / 4" in office.words
    walk = {"on_day": today, "rest_fire": "y", "rest_canteen": "y", "mark_wiring": "grave"}
    assert office.send(address, **walk).status_code == 422
    assert "请写明存在什么问题" in office.words
    assert "待填 0 / 4" in office.words
    assert office.text.count(" checked") == 2
    office.send(address, **walk, words_wiring="厨房插座烧焦")
    with db.read():
        (one,) = queries.inspections_of(number)
        marks = {row.item: row.mark for row in one.marks}
        faults = [fault.item for fault in one.findings]
    fine = dict.fromkeys((*OF_AREA[Area.fire], *OF_AREA[Area.canteen]), Mark.fine)
    assert marks == {**fine, Item.wiring: Mark.grave}
    assert faults == [Item.wiring]
