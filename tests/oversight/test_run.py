"""A run clears what is over its time and nothing else, in small acts, and leaves its receipt.

Seen to fail: clearing within the month of showing (_times), a run that began anew after a stop
(open_run), one file in trouble that held up the next (_each), a time that counted a day too early
(before), a signed-in session ended (SessionRow), a report cleared after a year (floor).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from jiedui.access import actions as accounts
from jiedui.access.models import Account, SignInTry
from jiedui.access.rules import AccessRefusal, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import HoldReason
from jiedui.core import audit, clock, db, drafts, once, outbox, sessions
from jiedui.core import jobs as work
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import Letter, LetterKind
from jiedui.core.sessions import SessionRow
from jiedui.files import actions as files
from jiedui.files.models import DataRequest
from jiedui.files.rules import Asked, Ground, How, Outcome
from jiedui.helpers import actions as helping
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceSession
from jiedui.oversight import actions, jobs, queries
from jiedui.oversight.models import RetentionRun, RetentionTerm
from jiedui.oversight.rules import (
    TERMS,
    DataClass,
    RetentionRefusal,
    Unit,
    before,
    over_on,
    term_fault,
)
from jiedui.pairings.actions import ending
from jiedui.pairings.rules import CloseReason
from jiedui.protection import actions as protection
from jiedui.protection.actions import Worry
from jiedui.protection.models import Feedback, Report
from jiedui.protection.rules import ReportOutcome, ReportState
from tests import people
from tests.builders import children as kids
from tests.builders import closed
from tests.builders import hours as served
from tests.builders.helpers import cleared_volunteer

MONTH = timedelta(days=31)
LONG = timedelta(days=3 * 366 + 10)


def county() -> int:
    """The county of the tests."""
    with db.read():
        return people.region(people.COUNTY).id


def run() -> dict[str, int]:
    """A night's run; what it has cleared, by class."""
    return {data: number for data, number in jobs.clear(county(), by=SYSTEM).items() if number}


def row(data: DataClass) -> queries.Row:
    """How a class stands (opens its own look)."""
    number = county()
    with db.read():
        return next(one for one in queries.rows(number) if one.data is data)


DAYS = st.dates(date(2016, 1, 1), date(2030, 1, 1))


@given(st.sampled_from(DataClass), st.integers(1, 600), DAYS)
def test_what_is_over_its_time_has_had_it_whole(data: DataClass, amount: int, today: date) -> None:
    """Never a day too early, for any class, any time and any day; and the day that is told is the
    day on which it is done."""
    limit = before(data, amount, today)
    for since in (limit, limit - timedelta(days=1)):
        gone = since < limit
        assert gone == (over_on(data, amount, since) <= today)
    if TERMS[data].unit is Unit.months:
        assert (today - limit).days >= amount * 28


@pytest.mark.parametrize("data", list(DataClass))
def test_no_time_goes_below_its_floor(data: DataClass) -> None:
    """What comes is allowed; a law's floor and what is fixed are not a county's to change."""
    term = TERMS[data]
    assert term.floor <= term.amount <= term.most
    if term.fixed:
        assert term_fault(data, term.amount) is RetentionRefusal.fixed
        return
    assert term_fault(data, term.floor) is None
    assert term_fault(data, term.floor - 1) is RetentionRefusal.too_short
    assert term_fault(data, term.most + 1) is RetentionRefusal.too_long


def test_laws_have_their_floors() -> None:
    """The record and tries to sign in 180 days; reports twenty years; what was given three."""
    days = {DataClass.record: 180, DataClass.sign_in: 180}
    months = {DataClass.report: 240, DataClass.export: 36}
    assert {data: TERMS[data].floor for data in days} == days
    assert {data: TERMS[data].floor for data in months} == months
    assert all(term_fault(data, 1) is not None for data in (*days, *months))


def test_a_file_is_shown_for_a_month_first(either_app: Flask) -> None:
    """Due long ago when the times begin to hold: shown, and cleared a month later; once."""
    kept = closed.closed_file()
    with clock.moved_to(clock.now() + LONG):
        assert row(DataClass.child_file).due == 1
        assert "child file" not in run()
        shown = row(DataClass.child_file)
        assert (shown.due, shown.shown_only) == (1, True)
        assert shown.clears_from == clock.today() + timedelta(days=30)
        assert closed.NAME in closed.everything()
    with clock.moved_to(clock.now() + LONG + MONTH):
        assert run()["child file"] == 1
        assert "child file" not in run()
        assert [s for s in kept.secrets if s in closed.everything()] == []
        with db.read():
            done = db.session.scalars(select(AuditEntry.act)).all()
            assert done.count(Act.child_deidentified.value) == 1
            assert audit.verify(people.region(people.COUNTY).id) == []


def test_nothing_is_cleared_before_its_time(app: Flask) -> None:
    """A day before three years are over nothing is due; the page tells the day."""
    closed.closed_file()
    run()
    with db.read():
        number, shut = db.session.execute(select(Child.id, Child.closed_at)).one()
        assert queries.coming(people.region(people.COUNTY).id) == []
    day = over_on(DataClass.child_file, 36, clock.local(shut).date())
    with clock.moved_to(clock.at(day - timedelta(days=1), 12)):
        assert "child file" not in run()
        with db.read():
            coming = queries.coming(people.region(people.COUNTY).id)
            assert [(one.id, one.day, one.first_block) for one in coming] == [(number, day, None)]
    with clock.moved_to(clock.at(day, 3)):
        assert run()["child file"] == 1


def test_what_must_be_kept_is_counted_and_left(app: Flask) -> None:
    """The receipt says how many were kept; the page says why."""
    kept = closed.closed_file()
    with db.write():
        ledger.set_hold(children.get(kept.child), HoldReason.court, "某案", by=SYSTEM)
    run()
    with clock.moved_to(clock.now() + LONG + MONTH):
        assert "child file" not in run()
        standing = row(DataClass.child_file)
        assert standing.due == 0
        assert list(standing.kept.values()) == [1]
        with db.read():
            receipts = queries.runs(people.region(people.COUNTY).id)[0].receipts
            assert [(r.cleared, r.kept) for r in receipts if r.data is DataClass.child_file] == [
                (0, 1)
            ]
        assert closed.NAME in closed.everything()


def test_a_run_that_was_stopped_goes_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two files: the first is cleared and counted, the run is the same one, and
    the second follows; no file twice, no receipt more or less than was done."""
    director = kids.director()
    several = [kids.household_child(director, another=True) for _ in range(3)]
    for child in several:
        closed.close(child, director)
    run()
    real, done = files.clear_file, []

    def stopped(child: Child, *rest: object, **more: object) -> int:
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(child.id)
        return real(child, *rest, **more)  # type: ignore[arg-type]

    with clock.moved_to(clock.now() + LONG + MONTH):
        with monkeypatch.context() as patch:
            patch.setattr("jiedui.oversight.actions.running.clear_file", stopped)
            with pytest.raises(KeyboardInterrupt):
                run()
        with db.read():
            stopped_one = select(RetentionRun.id).where(RetentionRun.finished_at.is_(None))
            number = db.session.scalars(stopped_one).one()
        assert run()["child file"] == 3
        with db.read():
            same = db.session.get_one(RetentionRun, number)
            assert same.finished_at is not None
            entries = db.session.scalars(select(AuditEntry.act)).all()
            assert entries.count(Act.child_deidentified.value) == 3


def test_one_in_trouble_does_not_hold_up_the_next(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is counted as kept, and comes again the next night."""
    director = kids.director()
    several = [kids.household_child(director, another=True) for _ in range(3)]
    for child in several:
        closed.close(child, director)
    run()
    real = files.clear_file

    def troubled(child: Child, *rest: object, **more: object) -> int:
        if child.id == several[0]:
            raise ValueError(child.id)
        return real(child, *rest, **more)  # type: ignore[arg-type]

    with clock.moved_to(clock.now() + LONG + MONTH):
        with monkeypatch.context() as patch:
            patch.setattr("jiedui.oversight.actions.running.clear_file", troubled)
            assert run()["child file"] == 2
        assert run()["child file"] == 1


def test_the_calendar_asks_for_it(app: Flask) -> None:
    """A job a county, every night; it may run twice."""
    number = county()
    with db.write():
        for _ in range(2):
            work.ask(jobs.KIND, by=SYSTEM, county_id=number, county=number)
    assert work.work_off() == 2
    assert any(timer.kind == jobs.KIND for timer in work._timers)
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(RetentionTerm)) == sum(
            not term.fixed for term in TERMS.values()
        )


def test_a_changed_time_is_shown_for_a_month(app: Flask) -> None:
    """A wrong figure harms nothing: it can be put back before anything is gone."""
    run()
    with clock.moved_to(clock.now() + MONTH):
        closed.closed_file()
        number = county()
        with db.write():
            one = queries.term_of(number, DataClass.child_file)
            actions.set_term(one, 6, by=SYSTEM, version=one.version)
            with pytest.raises(Stale):
                actions.set_term(one, 7, by=SYSTEM, version=one.version - 1)
            with pytest.raises(Refusal) as no:
                actions.set_term(one, 5, by=SYSTEM)
            assert no.value.code is RetentionRefusal.too_short
    with clock.moved_to(clock.now() + timedelta(days=31 + 20)):
        assert row(DataClass.child_file).shown_only


def test_the_database_holds_the_floor_of_a_report(either_app: Flask) -> None:
    """Whoever writes it there."""
    run()
    shorter = update(RetentionTerm).where(RetentionTerm.data == DataClass.report).values(amount=12)
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(shorter)


def _leaves(helper_id: int) -> None:
    with db.write():
        helping.withdraw(helpers.get(helper_id), by=SYSTEM)


def test_who_never_began_is_cleared_sooner(either_app: Flask) -> None:
    """Half a year after they withdrew, with the account that was for nothing else."""
    person, helper_id = cleared_volunteer(name="志愿甲", about="会修自行车")
    _leaves(helper_id)
    run()
    assert "志愿甲" in closed.everything()
    with clock.moved_to(clock.now() + timedelta(days=190)):
        assert run()["helper applied"] == 1
        left = closed.everything()
        assert "会修自行车" not in left
        assert person.phone not in left
        with db.read():
            helper = helpers.get(helper_id)
            assert (helper.name, helper.masked_id, helper.phone) == ("–", "", "")
            assert helper.birth_date.month == helper.birth_date.day == 1
            account = db.session.get_one(Account, person.account_id)
            assert account.deidentified_at is not None
        with pytest.raises(Refusal), db.write():
            helping.restore(helpers.get(helper_id), by=person.actor())


def test_whose_hours_count_is_kept_longer_and_the_hours_for_good(app: Flask) -> None:
    """Five years, and not while a report about them or a pairing is open."""
    pair = served.serving()
    with served.evening_after() as day:
        served.verified(pair, day)
    _leaves(pair.helper_id)
    run()
    with clock.moved_to(clock.now() + timedelta(days=5 * 366 + 40)):
        assert not {"helper applied", "helper left"} & run().keys()
        assert list(row(DataClass.helper_left).kept.values()) == [1]
        with db.write():
            ending.plan_end(pair.id, CloseReason.rule_broken, None, by=pair.officer.actor())
        minutes = select(func.sum(ServiceSession.minutes))
        with db.read():
            served_before = db.session.scalar(minutes)
        assert run()["helper left"] == 1
        with db.read():
            assert db.session.scalar(minutes) == served_before == 90
            assert db.session.get_one(Helper, pair.helper_id).deidentified_at is not None


def test_a_disabled_account_is_cleared_and_not_used_again(app: Flask) -> None:
    """Three years after it was disabled; its number may be somebody else's then."""
    leaver = people.appoint(Role.child_director, people.VILLAGE, name="已离任者")
    admin = people.appoint(Role.account_admin)
    with db.write():
        accounts.disable(people.account_of(leaver), by=admin.actor())
    run()
    with clock.moved_to(clock.now() + LONG + MONTH):
        assert run()["account"] == 1
        assert "已离任者" not in closed.everything()
        with pytest.raises(Refusal) as no, db.write():
            accounts.enable(people.account_of(leaver), by=admin.actor())
        assert no.value.code is AccessRefusal.identity_cleared
        with db.write():
            accounts.open_account("新来者", leaver.phone, county(), by=SYSTEM)


def test_reports_keep_their_words_for_twenty_years(app: Flask) -> None:
    """The report itself stays for good: that there was one, and what became of it."""
    number = county()
    officer = people.appoint(Role.duty_officer)
    with db.write():
        worry = Worry("孩子身上有伤", "河边", "匿名者某", "10.0.0.1")
        report = protection.receive(worry, number).id
    with db.write():
        protection.take_up(report, by=officer.actor())
    with db.write():
        one = db.session.get_one(Report, report)
        protection.handle(one, ReportOutcome.visited, "已走访", "谢谢", by=officer.actor())
    run()
    with clock.moved_to(clock.now() + timedelta(days=19 * 365)):
        assert "report" not in run()
    with clock.moved_to(clock.now() + timedelta(days=20 * 366)):
        assert run()["report"] == 1
        assert "report" not in run()
        left = closed.everything()
        assert "孩子身上有伤" not in left
        assert "匿名者某" not in left
        with db.read():
            assert db.session.get_one(Report, report).state is ReportState.handled


def test_what_only_passes_goes_by_itself(app: Flask) -> None:
    """Sessions, tries, marks of forms: without a month of showing, and never what is in use."""
    person = people.appoint(Role.child_director, people.VILLAGE)
    past = clock.now() - timedelta(days=200)
    with db.write():
        db.session.add_all(
            [
                SignInTry(phone_index="a" * 64, address="b" * 64, at=past, good=False),
                SignInTry(phone_index="a" * 64, address="b" * 64, at=clock.now(), good=True),
                once.UsedKey(owner="x", route="y", key="c" * 64, at=past),
                SessionRow(fingerprint="d" * 64, data={}, created_at=past, seen_at=past),
                SessionRow(
                    fingerprint="e" * 64,
                    account_id=person.account_id,
                    data={},
                    created_at=clock.now(),
                    seen_at=clock.now(),
                ),
                drafts.Draft(
                    account_id=person.account_id, key="k", endpoint="e", path="/p",
                    typed=[["name", "草稿人"]], typed_at=past, kept_at=past,
                ),
            ]
        )  # fmt: skip
    gone = run()
    assert gone == {"sign-in": 1, "used form": 1, "session": 1, "draft": 1}
    with db.read():
        assert db.session.scalars(select(SessionRow.fingerprint)).all() == ["e" * 64]
    assert timedelta(days=TERMS[DataClass.session].amount) > sessions.ANONYMOUS_FOR
    assert timedelta(days=TERMS[DataClass.draft].amount) == drafts.KEPT_FOR


def test_letters_go_in_parts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part an act of its own; none is left."""
    person = people.appoint(Role.child_director, people.VILLAGE)
    number = county()
    run()
    with db.write():
        for _ in range(7):
            outbox.post(
                LetterKind.round_ready, to=person.account_id, county_id=number, about=("round", 1)
            )
    monkeypatch.setattr("jiedui.oversight.actions.running.PART", 3)
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert run()["letter"] == 7
        with db.read():
            assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_photos_and_scans_go_before_the_file(either_app: Flask) -> None:
    """A year after the closing the photo, three years after the agreement its scan; until then
    and beyond, what the file says stays."""
    kept = closed.closed_file()
    run()
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert run()["paper"] == 1
        assert closed.EVIDENCE in closed.everything()
    with db.write():
        ledger.set_hold(children.get(kept.child), HoldReason.claim, "某事", by=SYSTEM)
    with clock.moved_to(clock.now() + LONG + MONTH):
        assert run()["scan"] == 2  # of the care agreement and of the pairing's
        assert closed.GRANNY in closed.everything()


def test_what_was_asked_loses_its_words(either_app: Flask) -> None:
    """Three years after the answer; that it was asked and answered, and when, stays."""
    child = kids.household_child()
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    with db.write():
        one = children.get(child)
        said = files.RequestSaid(Asked.look, How.letter, "想看看存了什么", clock.today())
        asked = files.take_request(one, one.guardians[0], said, by=SYSTEM)
        db.session.flush()
        answer = files.Answered(Outcome.partly, Ground.others, "涉及他人的部分不能提供。")
        files.answer_request(asked, answer, by=supervisor.actor(), version=None)
    run()
    with clock.moved_to(clock.now() + LONG + MONTH):
        assert run()["guardian request"] == 1
        assert "guardian request" not in run()
        left = closed.everything()
        assert "想看看存了什么" not in left
        assert "涉及他人的部分" not in left
        with db.read():
            same = db.session.scalars(select(DataRequest)).one()
            assert (same.outcome, same.ground) == (Outcome.partly, Ground.others)


def test_opinions_lose_their_words_answered_or_not(either_app: Flask) -> None:
    """A year after they came in; that there was one, and that it was answered, stays."""
    number, officer = county(), people.appoint(Role.duty_officer)
    with db.write():
        for answered in (True, False):
            one = Feedback(
                county_id=number, text="字太小", contact="王某某", received_at=clock.now(),
                code_index="a" * 64 if answered else None,
            )  # fmt: skip
            if answered:
                one.answer, one.answered_at = "已改大", clock.now()
                one.answered_by = officer.account_id
            db.session.add(one)
    run()
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert run()["opinion"] == 2
        assert "opinion" not in run()
        left = closed.everything()
        assert [said for said in ("字太小", "王某某", "已改大") if said in left] == []
        with db.read():
            rows = db.session.execute(select(Feedback.answered_at, Feedback.code_index)).all()
            assert sorted(row.answered_at is None for row in rows) == [False, True]
            assert {row.code_index for row in rows} == {None}
