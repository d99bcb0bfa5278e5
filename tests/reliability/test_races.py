"""Fifty at once reach for what is there once, or three times: over HTTP, to a server of its own, on
both databases. Nobody gets a server's error, nobody reads of a lock, and it is had exactly as often
as there is of it. The same races against a portal without its locks and constraints go wrong.

Seen failing: with a form's key that another click has just taken answered by 409 on PostgreSQL;
with PostgreSQL's looks and notes out of one pool of connections."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from jiedui.core import db
from jiedui.factory import connect
from tests.conftest import postgres_copy, settings_at
from tests.reliability import unguarded
from tests.reliability.crowd import Crowd, gather
from tests.reliability.portal import Portal, at_once
from tests.reliability.races import MANY, RACES, Race

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
CLEAR = {200, 303, 409, 410, 422}


@contextmanager
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """A fresh copy of the ready database, of the kind that the test asks for."""
    if request.param == "sqlite":
        for file in request.getfixturevalue("ready").iterdir():
            if file.is_file():
                shutil.copy(file, folder / file.name)
        yield f"sqlite:///{folder / 'jiedui.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    with postgres_copy(server, request.getfixturevalue("postgres_template"), folder) as url:
        yield url


@contextmanager
def served(request: pytest.FixtureRequest, folder: Path, module: str) -> Iterator[tuple]:
    """A crowd, and a portal with a thread for each of them."""
    with ExitStack() as stack:
        url = stack.enter_context(place(request, folder))
        connect(settings_at(folder, url), queue=False)
        stack.callback(lambda: db.database().close())
        crowd = gather()
        if module != "jiedui":
            unguarded.loosen(url)
        portal = Portal(folder, url, threads=MANY, module=module)
        stack.callback(portal.close)
        portal.start()
        yield portal, crowd


@pytest.fixture(scope="module", params=BOTH)
def portal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Portal, Crowd]]:
    """The portal as it is."""
    with served(request, tmp_path_factory.mktemp("races"), "jiedui") as both:
        yield both


@pytest.fixture(scope="module", params=BOTH)
def careless(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Portal, Crowd]]:
    """The portal without what keeps people apart."""
    folder = tmp_path_factory.mktemp("careless")
    with served(request, folder, "tests.reliability.unguarded") as both:
        yield both


@pytest.mark.reliability
@pytest.mark.parametrize("race", RACES, ids=str)
def test_it_is_had_as_often_as_there_is_of_it(portal: tuple[Portal, Crowd], race: Race) -> None:
    """Exactly; and everybody else reads a page that says so."""
    server, crowd = portal
    answers = at_once(race.posts(crowd, server.port))
    seen = Counter(answer.status for answer in answers)
    assert len(answers) == MANY
    assert set(seen) <= CLEAR, seen
    assert not any("locked" in answer.text for answer in answers)
    assert race.count(crowd) == race.most, seen
    assert sum(answer.done for answer in answers) == race.told, seen
    assert server.errors() == []
    assert "locked" not in server.log()


@pytest.mark.reliability
@pytest.mark.parametrize("race", RACES, ids=str)
def test_without_locks_it_would_be_had_more_often(
    careless: tuple[Portal, Crowd], race: Race
) -> None:
    """The negative control: these races can be lost."""
    server, crowd = careless
    at_once(race.posts(crowd, server.port))
    assert race.count(crowd) > race.most
