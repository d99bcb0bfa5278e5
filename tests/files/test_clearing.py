"""A file's identity is cleared: nothing says whose it was, every figure stays, and what must be
kept is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.care import queries as care
from jiedui.care.models import Review, SupportCase
from jiedui.care.queries import reviews, statement
from jiedui.care.queries.statement import count
from jiedui.care.rules.support import Support, SupportState
from jiedui.care.rules.visits import Noticed
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.models import Child, FilePast
from jiedui.children.rules import ChildRefusal, ChildState, ClearedFor, HoldReason, Known, reduced
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.disclosure.queries.picture import _count as public_picture
from jiedui.files import actions, queries
from jiedui.files.actions import RequestSaid
from jiedui.files.queries.keeping import blocks_of
from jiedui.files.rules import Asked, Block, How
from jiedui.hours.models import ServiceSession
from tests import people
from tests.builders import children as kids
from tests.builders import closed, papers
from tests.builders import reviews as quarterly
from tests.builders.visits import visited

LATER = timedelta(days=4)


def cleared(child_id: int) -> int:
    """The file is cleared (opens its own write)."""
    with db.write():
        child = children.get(child_id)
        return actions.clear_file(child, ClearedFor.term_over, by=SYSTEM)


def test_nothing_says_whose_it_was(either_app: Flask) -> None:
    """Not one value, in any column of any table, opened with all keys."""
    kept = closed.closed_file()
    before = closed.everything()
    assert [secret for secret in kept.secrets if secret not in before] == []
    assert cleared(kept.child) == 1
    after = closed.everything()
    assert [secret for secret in kept.secrets if secret in after] == []
    with db.read():
        child = children.get(kept.child)
        assert child.birth_date == date(child.birth_date.year, 1, 1)
        assert child.birth_date.year == kids.born(9).year
        assert (child.id_number, child.id_index) == (None, None)
        entry = select(AuditEntry).where(AuditEntry.act == Act.child_deidentified.value)
        assert db.session.scalars(entry).one().object_id == kept.child


def figures() -> dict[str, Any]:
    """Everything that is counted anywhere, of which this file is a part."""
    with db.read():
        county = people.region(people.COUNTY)
        states = select(Child.state, Child.close_reason, Child.sex, Child.village_id, Child.risk)
        worked = select(ServiceSession.minutes, ServiceSession.on, ServiceSession.evidence)
        picture = public_picture(county.id)
        return {
            "now": statement.now(county).total,
            "files": sorted(map(str, db.session.execute(states))),
            "minutes": sorted(map(str, db.session.execute(worked))),
            "public": {**vars(picture), "counted_at": None},
            "signed": [one.figures for one in reviews.of_quarter(county.path, reviews.current())],
            "counted": {
                one.id: count(one).figures
                for one in reviews.of_quarter(county.path, reviews.current())
            },
        }


@pytest.mark.parametrize("signed", [True, False])
def test_every_figure_stays(either_app: Flask, signed: bool) -> None:
    """A quarter signed off before, and counted again after; one that is signed off only then; the
    public picture; hours."""
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    kept = closed.full_file()
    kids.household_child(kept.director)
    quarterly.morning()
    with clock.moved_to(clock.now() + timedelta(days=3)):
        closed.close(kept.child, kept.director)
        quarterly.confirm_all(kept.director)
        if signed:
            quarterly.sign(supervisor)
        before = figures()
        assert cleared(kept.child) == 1
        assert figures() == before
        number = quarterly.number()
        if not signed:
            quarterly.sign(supervisor)
        with db.read():
            now, then = db.session.get_one(Review, number).figures, before["counted"][number]
        # Signing off answers what was closed; nothing else is different.
        answers = {"reviewed:on time": 2}
        assert now == then | answers


def test_earlier_states_stay_readable(app: Flask) -> None:
    """With what counts, without whose they were."""
    kept = closed.closed_file()
    cleared(kept.child)
    with db.read():
        child = children.get(kept.child)
        facts = [children.past_state(child, one.id) for one in children.past_states(child)]
        assert {one["state"] for one in facts} == {ChildState.open, ChildState.closed}
        assert {one["name"] for one in facts} == {""}
        assert all(one["grown_ups"][0]["is_guardian"] for one in facts)


def test_reducing_twice_changes_nothing() -> None:
    """A run may come twice; a state without some fact is no trouble."""
    facts = {
        "name": "云",
        "birth_date": "2016-05-07",
        "risk": "green",
        "grown_ups": [{"name": "大"}],
    }
    once = reduced(facts)
    assert once == reduced(once)
    assert once["birth_date"] == "2016-01-01"
    assert reduced({"risk": "red"}) == {"risk": "red", "grown_ups": []}


def test_a_cleared_file_is_final(app: Flask) -> None:
    """It is not opened again, not cleared again, not held back, not asked about."""
    kept = closed.closed_file()
    cleared(kept.child)
    said = RequestSaid(Asked.look, How.letter, "给我看看", clock.today())
    acts: list[Callable[[Child], object]] = [
        lambda child: ledger.reopen_child(child, by=SYSTEM),
        lambda child: ledger.deidentify(child, ClearedFor.term_over, by=SYSTEM),
        lambda child: ledger.set_hold(child, HoldReason.court, "案号一", by=SYSTEM),
        lambda child: actions.take_request(child, child.guardians[0], said, by=SYSTEM),
    ]
    for act in acts:
        with pytest.raises(Refusal) as no, db.write():
            act(children.get(kept.child))
        assert no.value.code.value in ("identity cleared", "cleared")


def test_a_sister_on_file_keeps_the_house(app: Flask) -> None:
    """Her family's names and address stay, and go when she goes."""
    kept = closed.full_file()
    sister = kids.household_child(kept.director, sibling_of=kept.child, name="尽知秋")
    with clock.moved_to(clock.now() + LATER):
        closed.close(kept.child, kept.director)
        cleared(kept.child)
        left = closed.everything()
        assert closed.NAME not in left.replace("尽知秋", "")
        with db.read():
            house = children.get(sister).household
            assert house.address == closed.ADDRESS
            assert [one.name for one in house.guardians] == [closed.FATHER, closed.GRANNY]
        closed.close(sister, kept.director)
        cleared(sister)
    gone = closed.everything()
    assert [secret for secret in (*kept.secrets, "尽知秋") if secret in gone] == []


def test_a_double_goes_with_the_file_it_was_joined_to(app: Flask) -> None:
    """Not before, and in the same act."""
    director = kids.director()
    one, double = (
        kids.household_child(director, name="尽知晓", another=True, consent=False, view=False)
        for _ in range(2)
    )
    with db.write():
        ledger.join_files(children.get(one), children.get(double), by=director.actor())
    with db.read():
        assert blocks_of(children.get(double)) == [Block.other_file]
        assert blocks_of(children.get(one)) == [Block.still_open]
    closed.close(one, director)
    assert cleared(one) == 2
    assert "尽知晓" not in closed.everything()


Against = Callable[[closed.Kept], None]


def _held(kept: closed.Kept) -> None:
    with db.write():
        ledger.set_hold(children.get(kept.child), HoldReason.court, "某案", by=SYSTEM)


def _worry(kept: closed.Kept) -> None:
    with db.write():
        ledger.reopen_child(children.get(kept.child), by=SYSTEM)
    visited(kept.child, kept.director, Noticed.harmed)
    closed.close(kept.child, kept.director)


def _asks(kept: closed.Kept) -> None:
    with db.write():
        child = children.get(kept.child)
        said = RequestSaid(Asked.look, How.letter, "给我看看", clock.today())
        actions.take_request(child, child.guardians[0], said, by=kept.director.actor())


def _opened(kept: closed.Kept) -> None:
    with db.write():
        ledger.reopen_child(children.get(kept.child), by=SYSTEM)


def _reviewed(kept: closed.Kept) -> None:
    _opened(kept)
    quarterly.morning()
    with clock.moved_to(clock.now() + timedelta(days=92)):
        closed.close(kept.child, kept.director)


def _entrusted(kept: closed.Kept) -> None:
    _opened(kept)
    papers.signed(kept.child, kept.director)
    with db.write():  # as if the closing had not ended it
        closing = text("UPDATE child SET state = 'closed', close_reason = 'died', closed_at = :at")
        db.session.execute(closing, {"at": "2026-01-01 00:00:00.000000"})


def _applied(kept: closed.Kept) -> None:
    with db.write():
        child = children.get(kept.child)
        case = SupportCase(
            county_id=child.county_id,
            child_id=child.id,
            code=Support.temporary_relief,
            state=SupportState.applied,
            answer=Known.no,
            since=clock.today(),
            applied_on=clock.today(),
        )
        db.session.add(case)


def _paired(kept: closed.Kept) -> None:
    with db.write():
        again = text(
            "UPDATE pairing SET state = 'paused', close_reason = NULL, pause_reason = 'helper_away'"
        )
        db.session.execute(again)


@pytest.mark.parametrize(
    ("block", "against"),
    [
        (Block.still_open, _opened),
        (Block.held, _held),
        (Block.protection, _worry),
        (Block.pairing, _paired),
        (Block.agreement, _entrusted),
        (Block.support, _applied),
        (Block.request, _asks),
        (Block.review, _reviewed),
    ],
)
def test_what_must_be_kept_is_kept(app: Flask, block: Block, against: Against) -> None:
    """Whatever stands against it: not one value is gone."""
    kept = closed.closed_file()
    with clock.moved_to(clock.now() + LATER):
        against(kept)
        with pytest.raises(Refusal) as no:
            cleared(kept.child)
    assert no.value.code is block
    left = closed.everything()
    assert [secret for secret in kept.secrets if secret not in left] == []


def test_a_hold_is_lifted_and_the_time_goes_on(app: Flask) -> None:
    """One hold at a time; who set it and lifted it is on record."""
    kept = closed.closed_file()
    _held(kept)
    with pytest.raises(Refusal) as twice:
        _held(kept)
    assert twice.value.code is ChildRefusal.held_already
    with db.write():
        ledger.lift_hold(children.get(kept.child), by=SYSTEM)
    with pytest.raises(Refusal), db.write():
        ledger.lift_hold(children.get(kept.child), by=SYSTEM)
    assert cleared(kept.child) == 1
    with db.read():
        acts = set(db.session.scalars(select(AuditEntry.act)))
        assert {Act.hold_set.value, Act.hold_lifted.value} <= acts


@pytest.mark.parametrize(
    "wrong",
    [
        "deidentified_at = NULL",
        "state = 'open', close_reason = NULL, closed_at = NULL",
        "id_index = 'x'",
        "closed_at = NULL",
    ],
)
def test_the_database_holds_it_too(either_app: Flask, wrong: str) -> None:
    """A cleared file has no identity, and is closed."""
    kept = closed.closed_file()
    cleared(kept.child)
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text(f"UPDATE child SET {wrong} WHERE id = {kept.child}"))


def test_a_name_is_not_taken_away_without_saying_so(app: Flask) -> None:
    """An open file always has a name."""
    child = kids.household_child()
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(text(f"UPDATE child SET name = NULL WHERE id = {child}"))


def test_steps_are_counted_where_they_belong(app: Flask) -> None:
    """The timeline of a cleared file still tells what happened and when."""
    kept = closed.closed_file()
    with db.read():
        child = children.get(kept.child)
        wishes = queries.wishes_of(child)
        pairs = [pair.pairing for pair in queries.pairs_of(wishes)]
        before = [(s.at, s.kind) for s in queries.timeline(child, wishes, pairs)]
    cleared(kept.child)
    with db.read():
        child = children.get(kept.child)
        wishes = queries.wishes_of(child)
        pairs = [pair.pairing for pair in queries.pairs_of(wishes)]
        assert [(s.at, s.kind) for s in queries.timeline(child, wishes, pairs)] == before
        assert care.entrustment_of(kept.child, clock.today()) is None
        past = db.session.scalars(select(FilePast).where(FilePast.child_id == kept.child)).all()
        assert len(past) > 1


def test_clearing_and_opening_again_at_once(either_app: Flask) -> None:
    """Two at the same moment: one of them is refused, and no open file is without its name."""
    director = kids.director()
    for _ in range(6):
        child = kids.household_child(director, another=True)
        closed.close(child, director)
        start = Barrier(2)
        acts: list[Callable[[Child], object]] = [
            lambda one: actions.clear_file(one, ClearedFor.term_over, by=SYSTEM),
            lambda one: ledger.reopen_child(one, by=SYSTEM),
        ]
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(partial(_at_once, start, child), acts))
        assert sorted(done) == [False, True]
        with db.read():
            file = children.get(child)
            assert (file.state is ChildState.open) == (file.deidentified_at is None)


def _at_once(start: Barrier, child: int, act: Callable[[Child], object]) -> bool:
    start.wait()
    try:
        with db.write():
            act(children.get(child))
    except Refusal:
        return False
    return True
