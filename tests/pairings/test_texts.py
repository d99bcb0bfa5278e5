"""What was said in words counts in a round where a county wants it, without names and numbers."""

from __future__ import annotations

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.core import db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.needs import queries as needs
from jiedui.pairings import candidates
from jiedui.pairings.actions import rounds
from jiedui.pairings.queries import rounds as find
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need


def round_of(weight: int) -> tuple[candidates.Snapshot, int]:
    """A wish that speaks of drawing, two equal helpers of whom one draws; who was chosen."""
    need_id = open_need()
    singer = cleared_volunteer(about="喜欢唱歌跳舞")[1]
    cleared_volunteer(about="平时画画，会下象棋，可以教")
    by = people.appoint(Role.coordinator, office=Office.youth_league)
    with db.write():
        regions.set_for_county(people.region(people.COUNTY), Setting.text_weight, weight, by=SYSTEM)
        need = needs.get(need_id)
        name = need.children[0].name
        need.notes = f"{name}喜欢画画、下象棋，奶奶电话13900000001"
        number = rounds.start(people.region(people.COUNTY), by=by.actor()).id
    jobs.work_off()
    with db.read():
        (pair,) = find.standing(find.get(number))
        snapshot = candidates.of_round(find.get(number))
        assert name not in "".join(row.text for row in snapshot.needs)
        assert (pair.reasons["parts"].get("text", 0) > 0) is (weight > 0)
        assert sum(pair.reasons["parts"].values()) == pair.score
        return snapshot, pair.helper_id - singer


def test_words_decide_between_equals_where_they_count(app: Flask) -> None:
    """Seen to fail when the round's snapshot was left without its texts."""
    snapshot, chosen = round_of(weight=100)
    assert chosen == 1
    (said,) = [row.text for row in snapshot.needs]
    assert "画画" in said
    assert not any(sign.isdigit() for sign in said)


def test_words_are_not_even_opened_where_they_do_not_count(app: Flask) -> None:
    """The default."""
    snapshot, chosen = round_of(weight=0)
    assert chosen == 0
    assert {row.text for row in (*snapshot.needs, *snapshot.helpers)} == {""}
