"""Who may do what, as a person would try it: every page and every form, by everybody, over HTTP,
against a table written by hand (expectations.csv, from design.md, security.md and people.md).

The table says of a page that it opens (`yes`), that it calls the children by name (`named`), that
nothing sealed of the family stands on it (`hidden`), that a list shows the thing (`listed`) or not
(`empty`), or that there is nothing for this person (`no`: 404). What it leaves out is refused.

Seen to fail: needs readable out of scope (policy), a leader who vets and a manager who reads hours
(policy), children's names in full for offices (shown_name), a list of all needs (visible_to), a
page with the guardian's number whose look was not on record (children.guardian).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role, factors
from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import Phase
from tests.house import world_people, world_support, world_things
from tests.house.stage import LOOKED, LOOKED_TWICE, Stage
from tests.house.table import ANSWERS, Page, Who, links, path_of, rows
from tests.house.world import portal


@pytest.fixture(scope="module")
def stage(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Ten days ago everybody came; a week later two had met."""
    with (
        portal(ready, tmp_path_factory.mktemp("world")) as world,
        pytest.MonkeyPatch.context() as patch,
    ):
        # All of this takes longer on a slow machine than a password is recent; who may do what is
        # asked here, for how long after a password is asked in tests/access/test_recent_password.
        patch.setattr(factors, "RECENT", timedelta(hours=4))
        with clock.moved_to(clock.now() - timedelta(days=10)):
            world_people.come(world)
            world_things.make(world)
            world_support.make(world)
        with clock.moved_to(clock.now() - timedelta(days=3)):
            world_things.after_a_week(world)
        yield Stage(world)


def methods(app: Flask, page: Page) -> set[str]:
    """How a page is asked for."""
    rules = app.url_map.iter_rules(page.endpoint)
    return {m for rule in rules for m in rule.methods or ()} & {"GET", "POST"}


def guarded(app: Flask) -> set[str]:
    """Routes that ask for a permission."""
    views = app.view_functions.items()
    return {name for name, view in views if getattr(getattr(view, "guard", None), "permission", "")}


def test_the_table_speaks_of_what_there_is(stage: Stage) -> None:
    """Everybody and everything it names exists; every role and office has its lines."""
    app, seen = stage.world.app, list(rows(list(stage.at)))
    assert {row.answer for row in seen} <= ANSWERS
    assert {row.page.endpoint for row in seen} <= set(app.view_functions)
    assert {row.who for row in seen} == set(stage.at)
    everybody = {*Role, *Office, "deputy", "signed_out"} - {Role.coordinator}
    assert {who[0] for who in stage.at} == everybody
    particular = [(row.who, row.page) for row in seen if not row.general]
    assert [one for one, times in Counter(particular).items() if times > 1] == []


def test_every_guarded_route_stands_in_the_table(stage: Stage) -> None:
    """A new page without an expectation does not pass."""
    assert guarded(stage.world.app) - {page.endpoint for page in stage.pages} == set()


def played(stage: Stage, method: str) -> Iterator[tuple[int, Who, Page, str, str]]:
    """Everybody asks for what the table names: the line, who, what, what the table says, and
    what the portal said."""
    for (who, page), row in stage.expected.items():
        if method in methods(stage.world.app, page):
            ask = stage.looks if method == "GET" else stage.sends
            yield row.line, who, page, row.answer, ask(who, page, row.answer)


def disagreeing(all_played: Iterator[tuple[int, Who, Page, str, str]]) -> str:
    """The lines at which table and portal disagree, as one reads them."""
    return "\n".join(
        f"line {line}: {' '.join(who)}, {page.thing}, {page.act}: {wanted}, but the portal: {said}"
        for line, who, page, wanted, said in all_played
        if wanted != said
    )


def test_every_page_answers_as_the_table_says(stage: Stage) -> None:
    """What opens, what is hidden on it, what is listed, and what is not there."""
    assert disagreeing(played(stage, "GET")) == ""


def test_every_form_answers_as_the_table_says(stage: Stage) -> None:
    """A form is refused to whom its page is; an empty one is answered by the act's own rules."""
    assert disagreeing(played(stage, "POST")) == ""


# Who stands nearest to the things without being named: what the table leaves out is refused.
NEAREST = frozenset({"here", "of the pair", "other", "with a grant"})
ALIKE = frozenset({"health", "culture", "emergency", "medical_insurance", "finance", "police"})


def test_what_the_table_does_not_name_is_refused(stage: Stage) -> None:
    """Denied by default: one page of each route, by everybody who stands near."""
    first = {page.endpoint: page for page in reversed(stage.pages)}
    near = [who for who in stage.at if who[1] in NEAREST and who[0] not in ALIKE]
    opened = []
    for name in sorted(guarded(stage.world.app)):
        for who in (w for w in near if (w, first[name]) not in stage.expected):
            ask = stage.looks if "GET" in methods(stage.world.app, first[name]) else stage.sends
            if ask(who, first[name], "no") != "no":
                opened.append((" ".join(who), name))
    assert opened == []


LISTS = {
    Child: (("children.index", "children.index?state=all"), "/children/{}"),
    Need: (("needs.index?state=all",), "/needs/{}"),
    Helper: (("helpers.index", "helpers.entered"), "/helpers/{}"),
    Pairing: (tuple(f"pairings.index?phase={phase}" for phase in Phase), "/pairings/{}"),
}


def test_lists_show_exactly_what_their_reader_may_open(stage: Stage) -> None:
    """Of all children, needs, helpers and pairings there are. A township's list of helpers holds
    those who were entered from paper, so it may show fewer."""
    wrong = []
    for table, (acts, address) in LISTS.items():
        with db.read():
            every = [address.format(number) for number in db.session.scalars(select(table.id))]
        for who, shown in _lists(stage, acts):
            listed = {one for one in every if one in shown}
            opens = {one for one in every if stage.at[who].http.get(one).status_code != 404}
            fewer = who[0] in ("township_supervisor", "unit_manager", "school_worker")
            if not listed <= opens or (listed != opens and not (table is Helper and fewer)):
                wrong.append((" ".join(who), address, sorted(listed ^ opens)))
    assert wrong == []


def _lists(stage: Stage, acts: tuple[str, ...]) -> Iterator[tuple[Who, set[str]]]:
    """What the lists of everybody who has them lead to."""
    for who, browser in stage.at.items():
        shown: set[str] = set()
        if who[1] == "opened":
            continue  # a file opened beyond one's area stands in no list: the table says so
        if who[1] == "other county" or who[0] in ("youth_league", "civil_affairs"):
            continue  # as in the other township; as the Women's Federation
        answers = {stage.expected.get((who, page)) for page in stage.pages if page.act in acts}
        if {row.answer for row in answers if row} & {"listed", "empty"}:
            for act in acts:
                path = path_of(stage.world.app, stage.world, Page("", act))
                shown |= links(browser.get(path).get_data(as_text=True))
            shown |= {one.removesuffix("/accept") for one in shown}
            yield who, shown


def test_every_look_is_on_record(stage: Stage) -> None:
    """Each page about a file, a need, a helper, a pairing leaves an entry of who looked; other
    pages show neither where the family lives nor how it is called (Stage.looks)."""
    unseen = []
    for (who, page), row in stage.expected.items():
        opens = page.endpoint in (*LOOKED, *LOOKED_TWICE) and row.answer in (
            "named",
            "hidden",
            "yes",
        )
        if opens and not stage.look_is_on_record(who, page):
            unseen.append((" ".join(who), page.thing, page.act))
    assert unseen == []
