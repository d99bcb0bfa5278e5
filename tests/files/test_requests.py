"""What a guardian asks about a child's data: taken down, answered in writing, in time.

Seen to fail: a refusal without a reason (answer_fault), consents left standing when use is to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.children import queries as ledger
from jiedui.children.rules import Purpose
from jiedui.core import clock, db, words
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.files import queries
from jiedui.files.actions import due
from jiedui.files.models import DataRequest
from jiedui.files.rules import Ground, Outcome, RequestRefusal, answer_fault
from tests import people
from tests.builders import children as kids
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
REASON = "按照规定，这份档案还要保存三年。"


def on(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def township() -> Person:
    """Who answers."""
    return people.appoint(Role.township_supervisor, people.TOWNSHIP)


def asked(director: Browser, child: int, what: str) -> int:
    """A guardian asks, and the director takes it down; the request's id."""
    with db.read():
        guardian = str(ledger.get(child).guardians[0].id)
    said = {"asked": what, "words": "我想看看孩子的信息", "how": "in person", "guardian": guardian}
    director.send(f"/children/{child}/requests", **said, received_on=clock.today().isoformat())
    with db.read():
        return queries.requests_of(child)[0].id


@given(st.sampled_from(Outcome), st.none() | st.sampled_from(Ground), st.text(max_size=30))
def test_what_is_not_granted_has_a_ground_and_a_reason(
    outcome: Outcome, ground: Ground | None, words: str
) -> None:
    """And what is granted has no ground to refuse it."""
    good = answer_fault(outcome, ground, words) is None
    if outcome is Outcome.granted:
        assert good == (ground is None)
    else:
        assert good == (ground is not None and len(words.strip()) >= 10)


def test_the_clock_counts_working_days(app: Flask) -> None:
    """Fifteen of them, from the day it came in."""
    day = clock.today()
    assert due(day) == clock.working_days_after(day, 15)
    assert (due(day) - day).days >= 19


def test_a_guardian_sees_what_is_kept_and_who_has_looked(app: Flask, device: Device) -> None:
    """Taken in the village, answered by the township, printed with the family's own facts."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director, name="示小满")
    office = on(device, answering := township())
    office.get(f"/children/{child}")
    number = asked(mine, child, "copy")
    assert f"/requests/{number}" in office.get("/desk").get_data(as_text=True)
    assert mine.get(f"/requests/{number}/copy").status_code == 404
    office.send(f"/requests/{number}", outcome="granted", words="")
    mine.get(f"/requests/{number}/letter")
    assert "全部同意" in mine.words
    assert "示小满" not in mine.text
    copy = mine.get(f"/requests/{number}/copy").get_data(as_text=True)
    assert "示小满" in copy
    with db.read():
        assert people.account_of(answering).name in copy
        acts = set(db.session.scalars(select(AuditEntry.act)))
        assert {Act.request_taken, Act.request_answered, Act.request_copied} <= acts
    assert f"/requests/{number}" not in office.get("/desk").get_data(as_text=True)


def test_a_refusal_has_its_reason_in_writing(app: Flask, device: Device) -> None:
    """The typed words stay on the page until they are enough; the second answer is refused."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director)
    office = on(device, township())
    number = asked(mine, child, "delete")
    page = f"/requests/{number}"
    assert office.send(page, outcome="refused", words=REASON).status_code == 422
    assert "请选择不能全部同意的依据" in office.words
    assert REASON in office.text
    assert (
        office.send(page, outcome="refused", ground="kept by law", words="不行").status_code == 422
    )
    assert "请写明理由" in office.words
    office.send(page, outcome="refused", ground="kept by law", words=REASON)
    letter = office.get(f"{page}/letter").get_data(as_text=True)
    assert REASON in letter
    assert "法律规定的保存期限未满" in letter
    assert office.get(f"{page}/copy").status_code == 404
    office.send(page, outcome="granted", words="")
    with db.read():
        one = queries.request(number)
        assert (one.outcome, one.ground) == (Outcome.refused, Ground.kept_by_law)


@pytest.mark.parametrize(("what", "said"), [("stop", "granted"), ("delete", "partly")])
def test_to_stop_takes_consent_back_at_once(
    app: Flask, device: Device, what: str, said: str
) -> None:
    """In the same act: nobody is looked for any more. An open file itself is kept by law."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director)
    with db.read():
        assert ledger.stands(ledger.get(child), Purpose.matching)[0]
    office = on(device, township())
    number = asked(mine, child, what)
    ground = {"ground": "kept by law", "words": REASON} if said == "partly" else {"words": ""}
    office.send(f"/requests/{number}", outcome=said, **ground)
    with db.read():
        assert not ledger.stands(ledger.get(child), Purpose.matching)[0]


def test_only_a_guardian_asks_and_no_day_to_come(app: Flask, device: Device) -> None:
    """A carer who is no guardian is not offered; what was typed stays."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = f"/children/{child}/requests"
    answer = mine.send(page, asked="look", words="我想看看", received_on=tomorrow)
    assert answer.status_code == 422
    assert "我想看看" in mine.text
    other = kids.household_child(director)
    with db.read():
        stranger = ledger.get(other).household.guardians[0].id
    assert (
        mine.send(page, asked="look", words="我想看看", guardian=str(stranger)).status_code == 422
    )
    with db.read():
        assert queries.requests_of(child) == []


def test_an_answer_on_an_old_page_is_refused(app: Flask, device: Device) -> None:
    """Two at the office answer at once: the first one counts."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director)
    first = on(device, township())
    second = on(device, people.appoint(Role.coordinator, office=Office.civil_affairs))
    number = asked(mine, child, "correct")
    second.get(f"/requests/{number}")
    first.send(f"/requests/{number}", outcome="granted", words="")
    late = second.send(
        f"/requests/{number}", fresh=False, outcome="refused", ground="others", words=REASON
    )
    assert late.status_code in (200, 303, 409, 422)
    with db.read():
        assert queries.request(number).outcome is Outcome.granted


def test_the_database_keeps_the_rules_too(either_app: Flask) -> None:
    """No answer without its words, no refusal without a ground; the words lie sealed."""
    director = kids.director()
    child = kids.household_child(director)
    with db.read():
        guardian = ledger.get(child).household.guardians[0].id
        county = ledger.get(child).county_id
    good = {
        "county_id": county,
        "child_id": child,
        "guardian_id": guardian,
        "asked": "look",
        "how": "letter",
        "words": "给我看看",
        "received_on": clock.today(),
        "due_on": due(clock.today()),
    }
    told = {"outcome": "refused", "answer": REASON, "answered_at": clock.now()}
    for wrong in (
        told,
        told | {"answer": None, "ground": "others"},
        {"ground": "others"},
        {"due_on": clock.today()},
    ):
        with pytest.raises(IntegrityError), db.write():
            db.session.add(DataRequest(**good | wrong))
    with db.write():
        db.session.add(DataRequest(**good | told | {"ground": "others"}))
    with db.read():
        raw = db.session.execute(text("SELECT words, answer FROM data_request")).one()
        assert REASON.encode() not in bytes(raw[1])
        assert "给我看看".encode() not in bytes(raw[0])


def test_every_refusal_has_its_words(app: Flask) -> None:
    """In the reader's language."""
    assert all(words.label(one) != one.value for one in RequestRefusal)
