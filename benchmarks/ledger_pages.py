"""What the pages of a large ledger take, beside a bare reading and showing of the same rows."""

from __future__ import annotations

import itertools
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask, render_template, session
from flask.testing import FlaskClient
from jinja2 import Environment
from ledger_county import portal, reopen
from sqlalchemy import event, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from jiedui.access.guard import actor
from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.forms import FilterForm
from jiedui.children.models import Child, ChildCategory, ChildView, Consent
from jiedui.children.rules import Purpose
from jiedui.core import clock, crypto, db
from jiedui.core.sessions import SessionRow
from jiedui.regions.models import Region

Line = tuple[str, float, str, float | None]
SEARCH, FILE, LIST, FAR, LARGER = 0.2, 0.15, 2.0, 1.3, 2.0
TIMES = 60
# The least that shows the same rows: no navigation, no macros, no translation.
TABLE = Environment(autoescape=True).from_string(
    "<!doctype html><table>{% for r in rows %}<tr><th><a href='/children/{{ r.id }}'>{{ r.name }}"
    "</a> C-{{ r.id }}</th><td>{{ r.township }} {{ r.village }}</td><td>{{ r.birth_date }}</td>"
    "<td>{{ kinds[r.id]|join(', ') }}</td><td>{{ r.risk }}</td>"
    "<td>{{ yes[r.id]|join }}{{ view[r.id]|join }}</td></tr>{% endfor %}</table>"
)


class Counted:
    """How many statements were sent since it was last asked."""

    def __init__(self) -> None:
        self.number = 0
        for engine in (db.database().reader, db.database().writer):
            event.listen(engine, "before_cursor_execute", self._one)

    def _one(self, *_: Any) -> None:
        self.number += 1

    def since(self, act: Callable[[], Any]) -> int:
        """The statements of one act."""
        before = self.number
        act()
        return self.number - before


def signed_in(app: Flask, who: Actor) -> FlaskClient:
    """A device with a session of this account."""
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], session_of(who))
    return client


def session_of(who: Actor) -> str:
    """The number of a new session of this account."""
    token, now = crypto.new_token(), clock.now()
    with db.write():
        row = SessionRow(fingerprint=crypto.fingerprint(token), account_id=who.account_id)
        row.data, row.created_at = {"_user_id": str(who.account_id), "_fresh": True}, now
        row.seen_at = now
        db.session.add(row)
    return token


def timed(act: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def alternating(*acts: Callable[[], Any]) -> list[list[float]]:
    """The times of several acts, turn by turn, so that a busy machine is busy for all of them."""
    for act in acts:
        act()
    rounds = [[timed(act) for act in acts] for _ in range(TIMES)]
    return [list(times) for times in zip(*rounds, strict=True)]


def p95(times: list[float]) -> float:
    """The time that nineteen of twenty stay below."""
    return statistics.quantiles(times, n=20)[-1]


def bare(ids: list[int]) -> str:
    """The same rows by plain selects and a plain table."""
    with db.read():
        upper = select(Region.id, Region.name).subquery()
        rows = db.session.execute(
            select(
                Child.id, Child.name, Child.birth_date, Child.risk,
                Region.name.label("village"), upper.c.name.label("township"),
            )
            .join(Region, Region.id == Child.village_id)
            .join(upper, upper.c.id == Region.parent_id)
            .where(Child.id.in_(ids))
            .order_by(Region.code, Child.id)
        ).all()  # fmt: skip
        kinds, yes, view = (
            _by_child(ids, column)
            for column in (ChildCategory.category, Consent.answer, ChildView.answer)
        )
    return TABLE.render(rows=rows, kinds=kinds, yes=yes, view=view)


def by_the_page(app: Flask, token: str, ids: list[int]) -> Callable[[], str]:
    """The same rows, by number, in the template of the page: what showing them takes, without
    narrowing, counting and seeking them."""
    cookie = f"{app.config['SESSION_COOKIE_NAME']}={token}"
    wanted = select(Child).where(Child.id.in_(ids)).options(
        joinedload(Child.village).joinedload(Region.parent), selectinload(Child.categories),
        selectinload(Child.consents), selectinload(Child.views),
    )  # fmt: skip

    def shown() -> str:
        with app.test_request_context("/children", headers={"Cookie": cookie}), db.read():
            app._load(session._get_current_object())  # type: ignore[attr-defined]
            found = {child.id: child for child in db.session.scalars(wanted)}
            form = FilterForm(MultiDict())
            form.offer([], actor())
            rows = [(found[i], *queries.stands(found[i], Purpose.matching)) for i in ids]
            return render_template(
                "children/index.html", form=form, rows=rows, total=len(ids), number=1,
                size=len(ids), chosen={}, conditions=[], unchecked=0,
            )  # fmt: skip

    return shown


def _by_child(ids: list[int], column: Any) -> dict[int, list[Any]]:
    table, found = column.class_, {number: list[Any]() for number in ids}
    for number, value in db.session.execute(
        select(table.child_id, column).where(table.child_id.in_(ids))
    ):
        found[number].append(value)
    return found


def opened(client: FlaskClient, address: str) -> None:
    """Get a page, and see that it is one."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def showing(client: FlaskClient, ids: list[int]) -> Callable[[], None]:
    """Look at one of these files after another."""
    turn = itertools.cycle(ids)
    return lambda: opened(client, f"/children/{next(turn)}")


def searching(client: FlaskClient, words: list[str]) -> Callable[[], None]:
    """Search by one of these after another, as the form at the head of a page does it."""
    page = client.get("/children").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    token, turn = found.group(1) if found else "", itertools.cycle(words)

    def once() -> None:
        said = {"q": next(turn), "csrf_token": token}
        answer = client.post("/search", data=said)
        assert answer.status_code == 200, answer.status_code
        assert b'href="/children/' in answer.data, said["q"]

    return once


def measure(folder: Path, url: str, kind: str, small: dict[str, float]) -> Iterator[Line]:
    """All figures of the pages. `small` are the medians of a smaller county, to compare with."""
    app, actors = portal(folder, url), reopen(folder, url)
    counted = Counted()
    with db.read():
        loading = timed(queries.load_names)
    yield f"{kind}: names opened for searching, once a process", loading, "s", None
    for who, title in zip(actors, ("county officer", "township supervisor"), strict=False):
        yield from _of(app, who, f"{kind}, {title}", counted, small)


def _of(
    app: Flask, who: Actor, head: str, counted: Counted, small: dict[str, float]
) -> Iterator[Line]:
    client = signed_in(app, who)
    with db.read():
        total = queries.count(who, queries.Filter())
        far = min(400, max(total // queries.LISTED, 1))  # the last that is full
        rows = [queries.page(who, queries.Filter(), n)[0] for n in (1, far)]
        first, names = [child.id for child in rows[0]], [c.name for page in rows for c in page]
    peers = (lambda: bare(first), by_the_page(app, session_of(who), first))
    yield from _lists(client, head, peers, far, counted, small)
    words = [word for name in names for word in (name, f"shili{name[2:]}")]
    acts = (
        ("file page", FILE, showing(client, first)),
        ("search", SEARCH, searching(client, random.Random(11).sample(words, 40))),
    )
    for name, goal, act in acts:
        (times,) = alternating(act)
        yield f"{head}: {name}, p95 of {TIMES}", p95(times), "s", goal
        yield f"{head}: {name}, statements", counted.since(act), "", None
        yield from _beside(f"{head}: {name}", statistics.median(times), small)


def _lists(
    client: FlaskClient, head: str, peers: tuple[Callable[[], str], ...], far: int,
    counted: Counted, small: dict[str, float],
) -> Iterator[Line]:  # fmt: skip
    def first() -> None:
        opened(client, "/children")

    def later() -> None:
        opened(client, f"/children?page={far}")

    ours, plain, framed, at_far = (
        statistics.median(times) for times in alternating(first, *peers, later)
    )
    yield f"{head}: the same rows as a plain table", plain, "s", None
    yield f"{head}: the same rows in the page's template", framed, "s", None
    yield f"{head}: list, times the plain table", ours / plain, "x", LIST
    yield f"{head}: list, times the rows in its template", ours / framed, "x", LIST
    yield f"{head}: page {far} of the list, times page 1", at_far / ours, "x", FAR
    yield f"{head}: list, statements", counted.since(first), "", None
    yield from _beside(f"{head}: list", ours, small)


def _beside(name: str, median: float, small: dict[str, float]) -> Iterator[Line]:
    yield f"{name}, median", median, "s", None
    before = small.get(f"{name}, median")
    if before is not None:
        yield f"{name}, times that of the smaller county", median / before, "x", LARGER
