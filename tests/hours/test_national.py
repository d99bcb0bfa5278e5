"""Hours are told to the national volunteer system: what counts and more than one's own word stands
for, each entry once, with its answer; what is reversed later is told as a reversal.

Seen to fail: declared hours told, an entry told twice, a refused one not told again, the file given
out before a second person agreed, a reversal of what nobody was told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import db, jobs, sheets
from jiedui.core.errors import Refusal
from jiedui.core.sheets import LARGE
from jiedui.helpers.models import Helper
from jiedui.hours import actions, queries
from jiedui.hours.actions import national
from jiedui.hours.models import HoursReturn, HoursReturnRow
from jiedui.hours.queries import national as told
from jiedui.hours.rules.national import ReturnState, entry_id, entry_number
from jiedui.intake import actions as intake
from tests import people
from tests.builders.hours import evening_after, logged, said, serving, verified
from tests.builders.national import counts, take
from tests.builders.pairings import Pair
from tests.client import Browser
from tests.people import Person


def league() -> Person:
    """Somebody of the county's Youth League."""
    return people.appoint(Role.coordinator, office=Office.youth_league)


def agreed(by: Person, second: Person) -> tuple[int, list[list[str]]]:
    """A file of everything that waits, which another has agreed to, and its rows."""
    with db.write():
        made = national.tell_hours(by=by.actor())
        number = made.id
    with db.write():
        national.agree_hours(told.hours_return(number), by=second.actor())
        data = national.hours_return_file(told.hours_return(number), by=by.actor())
    return number, sheets.read(data, LARGE)


def answered(by: Person, rows: list[list[str]]) -> int:
    """The national system's answers come back as a sheet; returns the sheet's number."""
    data = sheets.write("x", ["记录编号", "受理结果", "退回原因"], rows)
    with db.write():
        number = intake.upload("hours-reply", data, by=by.actor()).id
    jobs.work_off()
    if set(counts(number)) <= {"changed", "same"}:
        take(number, by)
    return number


def states() -> list[ReturnState]:
    """What became of each row, in order."""
    with db.read():
        return [row.state for row in db.session.query(HoursReturnRow).order_by(HoursReturnRow.id)]


def served() -> tuple[Pair, int]:
    """One session that the director has verified, and one that is only declared."""
    pair = serving()
    with evening_after(3) as today:
        number = verified(pair, today - timedelta(days=1))
        logged(pair, today, "14:00", "15:00")
    return pair, number


def test_each_entry_is_told_once_and_has_its_answer(either_app: Flask) -> None:
    """A declared one never; a refused one once more, in the next file."""
    _pair, number = served()
    by, second = league(), league()
    with evening_after(4):
        _file, rows = agreed(by, second)
        assert [row[0] for row in rows[1:]] == [entry_number(number)]
        with db.write(), pytest.raises(Refusal, match="nothing to tell"):
            national.tell_hours(by=by.actor())
        answered(by, [[entry_number(number), "退回", "编号不存在"]])
        assert states() == [ReturnState.refused]
        agreed(by, second)
        answered(by, [[entry_number(number), "通过", ""]])
        assert states() == [ReturnState.refused, ReturnState.accepted]
        with db.read():
            assert told.untold(people.region(people.COUNTY).id).entries == 0


def test_what_is_reversed_after_it_was_told_is_told_too(app: Flask) -> None:
    """With its minutes below nothing, naming the entry; the corrected one waits for its verifying.
    What was reversed before anybody was told is never told."""
    pair, number = served()
    by, second = league(), league()
    with evening_after(4) as today:
        with db.write():
            quiet = actions.log_session(
                pair.read(), said(today, "09:00", "09:30"), by=pair.helper.actor()
            )
            db.session.flush()
            actions.verify([quiet], by=pair.director.actor())
        with db.write():
            done = said(today, "09:00", "09:20")
            actions.correct(queries.get(quiet.id), done, by=pair.helper.actor())
        _file, rows = agreed(by, second)
        assert [row[0] for row in rows[1:]] == [entry_number(number)]
        with db.write():
            one = queries.get(number)
            actions.correct(one, said(one.on, "09:00", "10:00"), by=pair.helper.actor())
        _file, rows = agreed(by, second)
        ((_entry, *_rest, minutes, _township, _evidence, reverses, _a, _r),) = rows[1:]
        assert (minutes, reverses) == ("-90", entry_number(number))


def test_a_second_person_lets_it_leave(app: Flask) -> None:
    """Who made it does not, nor anybody twice; before that there is no file."""
    served()
    by, second = league(), league()
    with evening_after(4):
        with db.write():
            number = national.tell_hours(by=by.actor()).id
        with db.write(), pytest.raises(Refusal, match="own return"):
            national.agree_hours(told.hours_return(number), by=by.actor())
        with db.write(), pytest.raises(Refusal, match="not agreed"):
            national.hours_return_file(told.hours_return(number), by=by.actor())
        with db.write():
            national.agree_hours(told.hours_return(number), by=second.actor())
        with db.write(), pytest.raises(Refusal, match="agreed already"):
            national.agree_hours(told.hours_return(number), by=second.actor())


def test_the_file_says_nothing_of_a_child_and_no_identity_number_where_a_national_one_is_known(
    app: Flask,
) -> None:
    pair, _number = served()
    by, second = league(), league()
    with db.write():
        db.session.get_one(Helper, pair.helper_id).national_number = "3601230000001"
        child = pair.read().need.children[0]
        hidden = [child.name, child.code, *(g.name for g in child.household.guardians)]
        hidden.append(db.session.get_one(Helper, pair.helper_id).id_number or "-")
    with evening_after(4):
        _file, rows = agreed(by, second)
    text = "|".join(cell for row in rows for cell in row)
    assert "3601230000001" in text
    assert not [word for word in hidden if word in text]


def test_an_answer_to_what_was_never_told_is_a_fault_of_its_row(app: Flask) -> None:
    served()
    by = league()
    number = answered(by, [["JD00009999", "通过", ""], ["什么", "通过", ""]])
    assert counts(number) == {"faulty": 2}


def test_the_database_tells_an_entry_once(either_app: Flask) -> None:
    """Even past the rule: two files cannot hold one entry."""
    _pair, number = served()
    by = league()
    with evening_after(4):
        with db.write():
            made = national.tell_hours(by=by.actor())
            row: dict[str, Any] = {
                "return_id": made.id, "session_id": number, "county_id": made.county_id,
                "state": ReturnState.sent,
            }  # fmt: skip
        again = insert(HoursReturnRow).values(**row)
        alone = update(HoursReturn).values(
            agreed_by=HoursReturn.made_by, agreed_at=HoursReturn.made_at
        )
        for past_the_rule, held in ((again, "told|session_id"), (alone, "two_persons")):
            with pytest.raises(IntegrityError, match=held), db.write():
                db.session.execute(past_the_rule)


def test_the_pages(app: Flask) -> None:
    """What waits, the file, the line on the desk of another office, the answers."""
    served()
    by, second = league(), league()
    with evening_after(4):
        hand = Browser(app)
        hand.sign_in(by.phone)
        hand.get("/hours/national")
        assert "待报送" in hand.words
        hand.send("/hours/national")
        assert "需要另一人审批" in hand.words
        other = Browser(app)
        other.sign_in(second.phone)
        other.get("/desk")
        assert "审批时长报送文件" in other.words
        with db.read():
            number = db.session.query(HoursReturn).one().id
        other.send(f"/hours/national/{number}/agree")
        assert "已同意" in other.words


def test_numbers_of_entries_are_read_as_people_type_them() -> None:
    assert entry_id(" jd00000012 ") == 12
    assert entry_id("12") == 12
    assert entry_id("") is None
    assert entry_id("JD一") is None
