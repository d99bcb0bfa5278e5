"""A class: two adults, seats, consent of guardian and child, the list by two persons, hours in
the one ledger. Made to fail: a list confirmed by whoever told it; a child ticked without consent;
hours of a class that look at no other hours (the database refuses both, the first and the last)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from jiedui.activities import actions
from jiedui.activities.models import ActivityChild, ActivityMeeting
from jiedui.activities.queries import classes, meetings
from jiedui.activities.rules import ActivityRefusal, Came
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import Answer, CloseReason, Means, Purpose
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.happenings import HelperReported, happen
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as helpers
from jiedui.hours import actions as hours
from jiedui.hours import queries as sums
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import Book, EntryState, Evidence, HoursRefusal
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import PairingState
from tests.builders import classes as build
from tests.builders import pairings
from tests.builders.children import household_child
from tests.builders.hours import said

HALF = timedelta(minutes=30)


@contextmanager
def refused(code: object) -> Iterator[None]:
    """What is done inside is refused for this."""
    with pytest.raises(Refusal) as no:
        yield
    assert no.value.code is code


def execute(statement: Any) -> None:
    """One statement, past every act (its own write)."""
    with db.write():
        db.session.execute(statement)


def confirm(of: build.Class, kids: list[int], n: int = 0) -> None:
    """The director confirms the list of a meeting."""
    with db.write():
        actions.confirm(of.meeting(n), kids, by=of.director.actor())


def held(of: build.Class, kids: list[int], n: int = 0) -> None:
    """A meeting with its two helpers and these children."""
    with clock.moved_to(of.after(n)):
        build.told(of, n)
        confirm(of, kids, n)


def minutes(helper_id: int) -> dict[Evidence, int]:
    """Voluntary minutes of a helper by evidence."""
    with db.read():
        book = sums.sums(helper_id)[Book.voluntary]
        return {evidence: tally.minutes for evidence, tally in book.items()}


def test_a_child_comes_once_both_have_said_yes(app: Flask) -> None:
    of = build.planned()
    build.seated(of, answered=False)
    with db.read():
        (before,) = classes.seated(of.read())
        assert (before.comes, before.waits) == (False, True)
    with db.write():
        entry = of.read().children_on[0]
        actions.hear(entry, build.yes(of, entry.child_id), by=of.director.actor())
    with db.read():
        (after,) = classes.seated(of.read())
        assert after.comes


def test_a_no_frees_the_seat_and_touches_nothing_else(app: Flask) -> None:
    """The child's pairing goes on: the answer was about the class alone."""
    pair = pairings.active()
    of = build.planned()
    with db.write():
        child = db.session.get_one(Pairing, pair.id).need.children[0]
        entry = actions.seat(of.read(), child, by=pair.director.actor())
        db.session.flush()
        no = build.yes(of, child.id, Answer.no)
        actions.hear(entry, no, by=pair.director.actor())
    with db.read():
        assert of.read().children_on == []
        assert pair.read().state is PairingState.active


def test_a_yes_can_be_taken_back(app: Flask) -> None:
    of = build.planned()
    child_id = build.seated(of)
    with db.write():
        consent = children.latest_consent(children.get(child_id), Purpose.activity, of.id)
        assert consent is not None
        ledger.withdraw_consent(consent, Means.telephone, by=of.director.actor())
    with db.read():
        assert of.read().children_on == []


def test_there_are_as_many_children_as_seats(app: Flask) -> None:
    of = build.planned()
    kids = [build.seated(of), build.seated(of)]
    third = household_child(of.director)
    with db.write(), refused(ActivityRefusal.no_seat):
        actions.seat(of.read(), children.get(third), by=of.director.actor())
    with db.write(), refused(ActivityRefusal.on_class_already):
        actions.seat(of.read(), children.get(kids[0]), by=of.director.actor())
    with db.write():
        actions.unseat(of.read().children_on[0], by=of.director.actor())
    with db.write():
        actions.seat(of.read(), children.get(third), by=of.director.actor())


def test_the_database_itself_refuses_one_child_too_many(either_app: Flask) -> None:
    of = build.planned()
    build.seated(of)
    other = household_child(of.director)
    with db.read():
        county = of.read().county_id
    for seat in (1, 3):  # one that is taken, one that there is not
        row = {
            "county_id": county, "activity_id": of.id, "child_id": other, "seat": seat,
            "signed_by": of.director.account_id, "signed_at": clock.now(), "version": 1,
        }  # fmt: skip
        with pytest.raises(IntegrityError):
            execute(insert(ActivityChild).values(row))


def test_who_loses_clearance_is_on_no_class(app: Flask) -> None:
    """Whoever planned it hears when fewer than two are left."""
    of = build.planned()
    first, second = of.team.cleared
    with db.write():
        actions.put_helpers(of.read(), [first[1], second[1]], by=of.team.league.actor())
    with db.write():
        vetting.suspend(helpers.get(first[1]), by=of.team.league.actor())
    with db.write():
        assert [one.helper_id for one in of.read().helpers_on] == [second[1]]
        told = select(Letter.to_account_id).where(Letter.kind == LetterKind.class_short)
        assert list(db.session.scalars(told)) == [of.team.league.account_id]
        happen(HelperReported(second[1]))
        happen(HelperReported(second[1]))
        db.session.flush()
        assert of.read().helpers_on == []


def test_a_list_has_two_helpers_at_least(either_app: Flask) -> None:
    """The act refuses it, and so does the database."""
    of = build.planned()
    with clock.moved_to(of.after()):
        with db.write(), refused(ActivityRefusal.two_needed):
            actions.tell(of.meeting(), build.came(of)[:1], by=of.team.manager.actor())
        with db.read():
            one = update(ActivityMeeting).where(ActivityMeeting.id == of.meeting().id)
        with pytest.raises(IntegrityError, match="two_adults"):
            execute(one.values(adults=1, told_by=of.team.manager.account_id))


def test_nothing_is_told_before_it_is_over(app: Flask) -> None:
    of = build.planned()
    with db.write(), refused(ActivityRefusal.not_yet):
        actions.tell(of.meeting(), build.came(of), by=of.team.manager.actor())


def test_two_persons_stand_for_a_list(app: Flask) -> None:
    of = build.planned()
    student = of.team.cleared[0][0]
    with clock.moved_to(of.after()):
        with db.write(), refused(ActivityRefusal.not_told):
            actions.confirm(of.meeting(), [], by=of.director.actor())
        build.told(of)
        for person in (of.team.manager, student):
            with db.write(), refused(ActivityRefusal.own_list):
                actions.confirm(of.meeting(), [], by=person.actor())
        confirm(of, [build.seated(of)])
        with db.write(), refused(ActivityRefusal.confirmed_already):
            actions.confirm(of.meeting(), [], by=of.director.actor())
        with db.write(), refused(ActivityRefusal.confirmed_already):
            actions.tell(of.meeting(), build.came(of), by=of.team.manager.actor())


def test_a_child_without_consent_is_on_no_list(app: Flask) -> None:
    of = build.planned()
    comes, waits = build.seated(of), build.seated(of, answered=False)
    with clock.moved_to(of.after()):
        build.told(of)
        with db.write(), refused(ActivityRefusal.without_consent):
            actions.confirm(of.meeting(), [comes, waits], by=of.director.actor())
        confirm(of, [comes])
    with db.read():
        (line,) = meetings.record_of(of.read())
        assert (line.children, line.minutes) == (1, 300)
        assert meetings.attended(comes) == [("画画和算术", 1, of.meeting().start_at)]


def test_hours_of_a_class_stand_in_the_one_ledger(app: Flask) -> None:
    """Listed, each helper their own minutes; a record of service names the class and the
    township, and no child."""
    of = build.planned()
    person, number = of.team.cleared[0]
    with clock.moved_to(of.after()):
        with db.write():
            first, second = build.came(of)
            late = Came(second.helper_id, second.start + HALF, second.end)
            actions.tell(of.meeting(), [first, late], by=of.team.manager.actor())
        assert minutes(number)[Evidence.listed] == 0
        confirm(of, [build.seated(of)])
        assert minutes(number) == {
            Evidence.checked_in: 0, Evidence.listed: 150, Evidence.declared: 0,
        }  # fmt: skip
        assert minutes(second.helper_id)[Evidence.listed] == 120
        with db.write():
            today = clock.today()
            helper = helpers.get(number)
            paper = hours.issue_certificate(helper, today, today, by=person.actor())
            (line,) = paper.sums["lines"]
            assert (line["kind"], line["listed"], line["where"]) == (
                "holiday_class", 150, ["北东山镇"],
            )  # fmt: skip


def test_no_minute_is_counted_twice(app: Flask) -> None:
    """A helper with other hours at that time: the whole list is refused and nothing is entered."""
    of = build.planned()
    number = of.team.cleared[0][1]
    pair = pairings.active(helper_of=of.team.cleared[0])
    with clock.moved_to(of.after()):
        with db.write():
            on = of.meeting().on
            hours.log_session(
                pair.read(), said(on, "10:00", "12:00"), by=of.team.cleared[0][0].actor()
            )
        kid = build.seated(of)
        build.told(of)
        with refused(HoursRefusal.helper_elsewhere), db.write():
            actions.confirm(of.meeting(), [kid], by=of.director.actor())
        with db.read():
            assert of.meeting().confirmed_by is None
            found = select(ServiceSession).where(ServiceSession.meeting_id.is_not(None))
            assert list(db.session.scalars(found)) == []
    assert minutes(number)[Evidence.listed] == 0


def test_a_session_belongs_to_a_pairing_or_to_a_meeting(either_app: Flask) -> None:
    """The database refuses one of neither, and that an entry goes over."""
    of = build.planned()
    held(of, [build.seated(of)])
    with db.read():
        row = db.session.scalars(select(ServiceSession)).first()
        assert row is not None
        same = {
            one.name: getattr(row, one.key)
            for one in ServiceSession.__mapper__.column_attrs
            for one in one.columns
            if one.name not in ("id", "meeting_id")
        }
        mine = update(ServiceSession).where(ServiceSession.id == row.id)
        other = of.meeting(1).id
    alone = {**same, "start_at": same["start_at"] - 5 * HALF, "end_at": same["start_at"]}
    with pytest.raises(IntegrityError, match="belongs"):
        execute(insert(ServiceSession.__table__).values(alone))
    with pytest.raises(IntegrityError, match="an entry stays"):
        execute(mine.values(meeting_id=other))


def test_what_a_list_says_is_disputed_and_taken_back_not_corrected(app: Flask) -> None:
    of = build.planned()
    held(of, [build.seated(of)])
    person, number = of.team.cleared[0]
    with clock.moved_to(of.after()):
        with db.write():
            (session,), _ = sums.of_helper(number)
            with refused(HoursRefusal.of_a_list):
                hours.correct(session, said(session.on), by=person.actor())
            session.state, session.disputed_by = EntryState.disputed, of.director.account_id
            session.dispute_reason = "not_held"  # type: ignore[assignment]
        with db.write():
            (session,), _ = sums.of_helper(number)
            hours.withdraw(session, by=person.actor())
    assert minutes(number)[Evidence.listed] == 0


def test_a_file_that_closes_frees_its_seats(app: Flask) -> None:
    of = build.planned()
    child_id = build.seated(of)
    with db.write():
        ledger.close_child(children.get(child_id), CloseReason.moved_away, by=of.director.actor())
    with db.read():
        assert classes.seats_of(child_id) == []
