"""A need follows what guardian and child say."""

from __future__ import annotations

from flask import Flask

from jiedui.children import actions as children_actions
from jiedui.children import queries as children
from jiedui.children.rules import CloseReason, Means, Purpose
from jiedui.core import db
from jiedui.needs import actions, queries
from jiedui.needs.rules import NeedState
from tests.builders import children as kids
from tests.builders.needs import open_need


def state(need_id: int) -> NeedState:
    """Where a need stands now."""
    with db.read():
        return queries.get(need_id).state


def test_a_need_is_open_when_guardian_and_child_say_yes(either_app: Flask) -> None:
    assert state(open_need()) is NeedState.open


def test_a_need_without_consent_is_kept_and_waits(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director, consent=False)
    need = open_need(director, child_id=child)
    assert state(need) is NeedState.waiting
    with db.write():
        kids.say_yes(child, by=director.actor(), view=False)
    assert state(need) is NeedState.open


def test_consent_taken_back_stops_matching_in_the_same_moment(app: Flask) -> None:
    director = kids.director()
    child = kids.household_child(director)
    need = open_need(director, child_id=child)
    with db.write():
        consent = children.latest_consent(children.get(child), Purpose.matching)
        children_actions.withdraw_consent(consent, Means.telephone, by=director.actor())
    assert state(need) is NeedState.waiting
    with db.read():
        assert children.consent_answer(child, Purpose.matching) is False


def test_a_shared_need_goes_on_for_the_other_child(app: Flask) -> None:
    director = kids.director()
    first = kids.household_child(director)
    second = kids.household_child(director, sibling_of=first)
    need = open_need(director, child_id=first)
    with db.write():
        queries_need = queries.get(need)
        from_sibling = children.get(second)
        actions.join_need(queries_need, from_sibling, by=director.actor())
    with db.write():
        gone = children.get(first)
        children_actions.close_child(gone, CloseReason.moved_away, by=director.actor())
    with db.read():
        assert [c.id for c in queries.get(need).children] == [second]
        assert queries.get(need).state is NeedState.open
    with db.write():
        gone = children.get(second)
        children_actions.close_child(gone, CloseReason.moved_away, by=director.actor())
    assert state(need) is NeedState.closed
