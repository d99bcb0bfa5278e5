"""How long the pages and sums of hours take with a million sessions on PostgreSQL.

    python benchmarks/hours.py                  a million sessions of ten thousand helpers
    python benchmarks/hours.py --rows 50000     fewer
    python benchmarks/hours.py --json           one line of JSON for each figure

The demo county is loaded through its actions; one of its pairings is then copied, with its helper,
and sessions of the last three years are laid beside it past the actions, but not past what the
database holds: lengths, evidence, no moment twice.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, render_template, session
from flask.testing import FlaskClient
from jinja2 import Environment
from ledger import report
from ledger_county import SERVER, settings_at
from ledger_pages import alternating, opened, session_of, timed
from sqlalchemy import create_engine, select, text

from jiedui.access import queries as accounts
from jiedui.access.guard import EPOCH
from jiedui.access.models import Account
from jiedui.access.rules import AccountState, Actor
from jiedui.core import clock, crypto, db, words
from jiedui.core.i18n import force_locale
from jiedui.core.sessions import SessionRow
from jiedui.factory import create_app
from jiedui.helpers import queries as helpers
from jiedui.hours import jobs, queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.sessions import whole

Line = tuple[str, float, str, float | None]
MILLION, EACH, NEW = 1_000_000, 100, 1_000
PAGE, SUM, NIGHT = 2.0, 1.0, 10.0
TABLE = Environment(autoescape=True).from_string(
    "<!doctype html><table>{% for s, kind, names in rows %}<tr><td>{{ s.on }} {{ s.start_at }} "
    "{{ s.end_at }}</td><td>{{ s.minutes }}</td><td>{{ kind }} {{ names }}</td>"
    "<td>{{ s.evidence }}</td><td>{{ s.note }}</td></tr>{% endfor %}</table>"
)
COPY = """
    INSERT INTO {table} ({into}) SELECT {out} FROM {table} AS one, generate_series(1, {many}) AS n
    WHERE one.id = {number}
"""
STAYS = """
    INSERT INTO place_stay (county_id, place_id, helper_id, pairing_id, arrived_at, left_at)
    SELECT p.county_id, {place}, p.helper_id, p.id, at.time, at.time + interval '1 hour'
    FROM pairing AS p, LATERAL generate_series(1, {each}) AS n,
        LATERAL (SELECT date_trunc('day', now()) + interval '7 hours' - n * interval '10 days'
                 AS time) AS at
    WHERE p.id > {first} AND n % 3 = 0
"""
SESSIONS = """
    INSERT INTO service_session (county_id, pairing_id, helper_id, kind, book, "on", start_at,
        end_at, minutes, at_place, note, evidence, state, logged_by, logged_at, verified_by,
        verified_at, looked_at, stay_id, version)
    SELECT p.county_id, p.id, p.helper_id, 'meeting', 'voluntary', (at.time)::date, at.time,
        at.time + interval '1 hour', 60, :nowhere, :nothing,
        (ARRAY['checked_in', 'listed', 'declared'])[n % 3 + 1], 'counted', :helper, at.time,
        CASE WHEN n % 3 = 1 THEN :director END,
        CASE WHEN n % 3 = 1 THEN at.time + (p.id % 12000) * interval '1 minute' END, now(),
        s.id, 1
    FROM pairing AS p CROSS JOIN LATERAL generate_series(1, {each}) AS n
        CROSS JOIN LATERAL (SELECT date_trunc('day', now()) + interval '7 hours'
            - n * interval '10 days' AS time) AS at
        LEFT JOIN place_stay AS s ON s.pairing_id = p.id AND s.arrived_at = at.time
    WHERE p.id > {first}
"""


def copied(table: str, number: int, many: int, **new: str) -> None:
    """One row many times over, with other values in these columns."""
    names = db.session.scalars(text(
        "SELECT column_name FROM information_schema.columns WHERE table_name = :t"
        " AND table_schema = 'public'"), {"t": table},
    ).all()  # fmt: skip
    into = ", ".join(f'"{name}"' for name in names)
    out = ", ".join(new.get(name, f'one."{name}"') for name in names)
    db.session.execute(text(COPY.format(
        table=table, into=into, out=out, many=many, number=number
    )))  # fmt: skip


def grown(rows: int) -> Actor:
    """The county with so many sessions more; one of the helpers, signed in as the model was."""
    with db.write():
        one = db.session.execute(text(
            "SELECT p.id, p.helper_id, h.account_id, p.need_id, n.place_id FROM pairing p"
            " JOIN helper h ON h.id = p.helper_id JOIN need n ON n.id = p.need_id"
            " WHERE p.state IN ('trial', 'active') AND n.place_id IS NOT NULL"
            " AND h.account_id IS NOT NULL"
            " ORDER BY p.id LIMIT 1")).one()  # fmt: skip
        first, last = (
            db.session.scalar(text(told)) or 0
            for told in ("SELECT max(id) FROM pairing", "SELECT max(id) FROM helper")
        )
        many, paper = rows // EACH, crypto.seal("helper.form_holder", b"-").hex()
        held = f"decode('{paper}', 'hex')"
        copied("helper", one.helper_id, many, id=f"{last} + n", id_index=f"'bench-{last}-' || n",
               account_id="NULL", entered_by="one.account_id", form_holder=held)  # fmt: skip
        seats = text("INSERT INTO helper_seat SELECT :last + n, 1 FROM generate_series(1, :m) n")
        db.session.execute(seats, {"m": many, "last": last})
        copied("pairing", one.id, many, id=f"{first} + n", helper_id=f"{last} + n",
               state="'closed'", close_reason="'helper_moved'", closed_on="current_date",
               seat="1", slot="NULL", suggestion_id="NULL", proposers="'[]'::json")  # fmt: skip
    return _sessions(one, int(first))


def _sessions(one: Any, first: int) -> Actor:
    with db.write():
        account = db.session.get_one(Account, one.account_id)
        director = db.session.scalar(select(Account.id).where(Account.id != one.account_id))
        values = {"place": one.place_id, "each": EACH, "first": first}
        db.session.execute(text(STAYS.format(**values)))
        said = {
            "nowhere": crypto.seal("service_session.at_place", b""),
            "nothing": crypto.seal("service_session.note", b""),
            "helper": one.account_id,
            "director": director,
        }
        db.session.execute(text(SESSIONS.format(**values)), said)
        mine = text(
            "UPDATE helper SET account_id = NULL, entered_by = :a, form_holder = :f WHERE id = :h"
        )
        paper = crypto.seal("helper.form_holder", b"-")
        db.session.execute(mine, {"h": one.helper_id, "a": one.account_id, "f": paper})
        theirs = text("UPDATE helper SET account_id = :a WHERE id ="
                      " (SELECT helper_id FROM pairing WHERE id = :p)")  # fmt: skip
        db.session.execute(theirs, {"a": one.account_id, "p": first + 1})
        return accounts.actor_for(account, None)


def pages(app: Flask, who: Actor) -> Iterator[Line]:
    """The helper's own page, beside the same rows bare: as a plain table, and in its template."""
    token = session_of(who)
    with db.write():  # in the account's present epoch
        row = db.session.scalars(
            select(SessionRow).where(SessionRow.fingerprint == crypto.fingerprint(token))
        ).one()
        account = db.session.get_one(Account, who.account_id)
        row.data = {**row.data, EPOCH: account.session_epoch}
        account.state, account.password_hash = AccountState.active, "-"  # nobody signs in by it
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
    with db.read():
        helper = helpers.by_account(who.account_id)
        assert helper is not None
        number = helper.id
        ids = [s.id for s in queries.of_helper(number, 1, 20)[0]]
    assert len(ids) == 20
    acts = (_page(client), lambda: bare(ids), _framed(app, token, number, ids))
    ours, plain, framed = (statistics.median(times) for times in alternating(*acts))
    yield "a helper's page, median", ours, "s", None
    yield "the same rows as a plain table", plain, "s", None
    yield "the same rows in the page's template", framed, "s", None
    yield "a helper's page, times the bare page of the same rows", ours / framed, "x", PAGE


def _page(client: FlaskClient) -> Callable[[], None]:
    return lambda: opened(client, "/hours")


def bare(ids: list[int]) -> str:
    """The same rows by number and a plain table."""
    with db.read(), force_locale("zh_CN"):
        found = db.session.scalars(whole().where(ServiceSession.id.in_(ids))).all()
        rows = [
            (s, words.label(s.pairing.need.kind), " ".join(c.name for c in s.pairing.need.children))
            for s in found
        ]
        return TABLE.render(rows=rows)


def _framed(app: Flask, token: str, helper_id: int, ids: list[int]) -> Callable[[], str]:
    """The same rows, by number, in the template of the page: without counting, seeking, summing."""
    cookie = f"{app.config['SESSION_COOKIE_NAME']}={token}"
    with db.read():
        sums, none = queries.sums(helper_id), queries.in_question(helper_id)

    def shown() -> str:
        with app.test_request_context("/hours", headers={"Cookie": cookie}), db.read():
            app._load(session._get_current_object())  # type: ignore[attr-defined]
            rows = db.session.scalars(whole().where(ServiceSession.id.in_(ids))).all()
            return render_template(
                "hours/mine.html", helper=helpers.get(helper_id), coming=[], sums=sums,
                question=none, stay=None, confided=False, imported=[], disputed=[], objected={},
                sessions=rows, page=1, last=5,
            )  # fmt: skip

    return shown


def measured(folder: Path, url: str, rows: int) -> Iterator[Line]:
    """All figures, with the county at this address."""
    app = create_app(settings_at(folder, url), queue=False)
    started = time.perf_counter()
    who = grown(rows)
    db.measure()
    yield f"{rows} sessions laid beside", time.perf_counter() - started, "s", None
    yield from pages(app, who)
    today = clock.today()
    year = lambda: _year(who.county_id, today)  # noqa: E731
    (times,) = alternating(year)
    yield "the county's sum of a year, median", statistics.median(times), "s", SUM
    yield from nights(who.county_id)


def _year(county_id: int, today: date) -> None:
    with db.read():
        found = queries.county_minutes(county_id, today - timedelta(days=365), today)
    assert any(found[book][evidence] for book in found for evidence in found[book])


def nights(county_id: int) -> Iterator[Line]:
    """The checks of a night: over a thousand new entries, and over none."""
    jobs.nightly(0, county=county_id)
    with db.write():
        newest = text("UPDATE service_session SET looked_at = NULL WHERE id IN"
                      " (SELECT id FROM service_session ORDER BY id DESC LIMIT :n)")  # fmt: skip
        db.session.execute(newest, {"n": NEW})
    looked: dict[str, int] = {}
    seconds = timed(lambda: looked.update(jobs.nightly(1, county=county_id)))
    assert looked["looked"] == NEW, looked
    yield f"checks of a night over {NEW} new entries", seconds, "s", NIGHT
    yield "checks of a night over none", timed(lambda: jobs.nightly(2, county=county_id)), "s", 0.5


def main() -> int:
    """Print every figure; exit 1 when one misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=MILLION)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--on", nargs=2, metavar=("VAR", "URL"), help="a county that is there")
    args = parser.parse_args()
    if args.on:
        print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        lines = measured(Path(args.on[0]), args.on[1], args.rows)
        return 1 if sum(report(list(line), as_json=args.json) for line in lines) else 0
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    name = f"jiedui_bench_{uuid.uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory() as here, server.connect() as admin:
        admin.execute(text(f"CREATE DATABASE {name}"))
        url = SERVER.rsplit("/", 1)[0] + f"/{name}"
        try:
            env = os.environ | {"JIEDUI_VAR": here, "JIEDUI_DATABASE_URL": url}
            demo = [sys.executable, "-m", "jiedui", "demo", "--if-empty"]
            subprocess.run(demo, env=env, check=True, stdout=subprocess.DEVNULL)
            print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
            lines = measured(Path(here), url, args.rows)
            missed = sum(report(list(line), as_json=args.json) for line in lines)
        finally:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
