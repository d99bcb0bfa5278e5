"""Last quarter's review, signed off in most townships, and this quarter's, half done."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from typing import Any

from jiedui.access.rules import Actor, Role
from jiedui.care.actions import reviews as actions
from jiedui.care.queries import reviews, standings
from jiedui.care.rules.quarters import Quarter, quarter_of
from jiedui.children import actions as children
from jiedui.children.actions import DetailSaid
from jiedui.children.queries import stands
from jiedui.children.rules import ADULT, CloseReason, Purpose
from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.resident_id import age_on
from jiedui.demo.acts import Stage
from jiedui.regions import queries as regions

KIND = "care.reviews"
REASONS = (
    CloseReason.parent_returned,
    CloseReason.moved_with_parents,
    CloseReason.family_improved,
    CloseReason.moved_away,
)
KNOWN_NOW = DetailSaid(ethnicity="汉族", registered=True, rural=True)
UNSIGNED = 2  # so many townships owe last quarter's sign-off
DONE = 0.55  # of this quarter's files


def play(stage: Stage) -> None:
    """Both quarters, each on its days."""
    this = quarter_of(clock.today())
    before = this.before
    _open(stage, before)
    signing = before.last - timedelta(days=4)
    paths = _townships(stage)
    for path in paths[:-UNSIGNED]:
        with stage.on(signing, 10), stage.write():
            review = _review(path, before)
            _answer(stage, review, 1.0)
            with suppress(Refusal):  # some files still wait for a decision: it stays open
                actions.sign(review, by=_supervisor(stage, review))
    for path in paths[-UNSIGNED:]:
        with stage.on(signing, 10), stage.write():
            _answer(stage, _review(path, before), 0.8)
    _open(stage, this)
    for path in paths:
        with stage.on(max(this.first, clock.today() - timedelta(days=1)), 10), stage.write():
            _answer(stage, _review(path, this), DONE)


def _open(stage: Stage, quarter: Quarter) -> None:
    with stage.on(quarter.first, 1):
        stage.calendar(KIND)


def _townships(stage: Stage) -> list[str]:
    with stage.read():
        county = regions.get(stage.county_id).path
        return [one.path for one in regions.townships(county)]


def _review(path: str, quarter: Quarter) -> Any:
    return reviews.of_quarter(path, quarter)[0]


def _answer(stage: Stage, review: Any, share: float) -> None:
    """Directors confirm their villages' files; a few change, a few of those for whom nobody has
    been looked for leave; who is 18 leaves."""
    chance = stage.inventor.random
    right: dict[tuple[int, str], set[int]] = defaultdict(set)
    for number, one in enumerate(standings.of_review(review)):
        if chance.random() > share or not one.waits:
            continue
        director = stage.official(Role.child_director, one.child.village.code)
        free = stands(one.child, Purpose.matching)[0] is not True
        if age_on(one.child.birth_date, clock.today()) >= ADULT:
            actions.close_file(one.file, CloseReason.turned_18, by=director)
        elif free and number % 3 == 0:
            actions.close_file(one.file, chance.choice(REASONS), by=director)
        elif number % 19 == 4:
            children.change_detail(one.child, KNOWN_NOW, by=director)
        elif one.proposals:
            actions.confirm(one.file, by=director)
        else:
            right[one.village.id, one.village.code].add(one.file.id)
    for (village, code), files in right.items():
        director = stage.official(Role.child_director, code)
        actions.confirm_several(review, village, files, by=director)


def _supervisor(stage: Stage, review: Any) -> Actor:
    return stage.official(Role.township_supervisor, review.township.code)
