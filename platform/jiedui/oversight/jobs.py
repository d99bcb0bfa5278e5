"""Every night: what is over its time is cleared, in small acts, so that nobody waits. A run that
was stopped is gone on with; what somebody has to keep is left and counted. And where more places
would help, when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import structlog

from jiedui.access.models import Account
from jiedui.children import queries as children
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM, By
from jiedui.core.errors import Refusal
from jiedui.files.queries.keeping import asked_for, blocked
from jiedui.helpers import queries as helpers
from jiedui.oversight import actions, queries
from jiedui.oversight.actions import sites
from jiedui.oversight.actions.running import GO, LOSE
from jiedui.oversight.candidates import propose
from jiedui.oversight.queries import coverage, due
from jiedui.oversight.rules import TERMS, DataClass, before
from jiedui.oversight.rules.coverage import Walk
from jiedui.regions import queries as regions

KIND = "oversight.retention"
HELPERS = (DataClass.helper_applied, DataClass.helper_left)
log = structlog.get_logger(__name__)


@jobs.handles(KIND, jobs.Timer(KIND, minute="20", hour="2"))
def nightly(_job: int, county: int) -> dict[str, int]:
    """One county, by the calendar."""
    return clear(county, by=SYSTEM)


def clear(county: int, *, by: By) -> dict[str, int]:
    """Clear what is due in a county; returns how many of each class. May be stopped at any
    moment and called again."""
    with db.write():
        actions.begin(regions.get(county), by=by)
        run = actions.open_run(regions.get(county)).id
        times = _times(county)
    for data, amount in times.items():
        _clear(run, county, data, amount, by)
    with db.write():
        actions.finish_run(queries.get_run(run), by=by)
    with db.read():
        return {one.data.value: one.cleared for one in queries.get_run(run).receipts}


def _times(county: int) -> dict[DataClass, int]:
    """The classes of which something may be cleared today, each with its time."""
    known, today = queries.terms(county), clock.today()
    fixed = {data: term.amount for data, term in TERMS.items() if term.fixed}
    held = {data: one.amount for data, one in known.items() if one.clears_from <= today}
    return {data: (fixed | held)[data] for data in DataClass if data in fixed or data in held}


def _clear(run: int, county: int, data: DataClass, amount: int, by: By) -> None:
    until = before(data, amount, clock.today())
    if data is DataClass.deletion:
        _asked(run, county, by)
    elif data is DataClass.child_file:
        _files(run, county, until, by)
    elif data in HELPERS:
        _helpers(run, county, data, until, by)
    elif data is DataClass.account:
        _accounts(run, county, until, by)
    elif data in GO or data in LOSE:
        while _rows(run, county, data, amount):
            pass


def _asked(run: int, county: int, by: By) -> None:
    with db.read():
        ids = [number for number, _day in asked_for(county, clock.today())]
        against = blocked(ids)

    def one(number: int) -> None:
        actions.clear_asked(run, children.get(number), by=by)

    _each(run, DataClass.deletion, ids, against, one)


def _files(run: int, county: int, until: date, by: By) -> None:
    with db.read():
        ids = [over.id for over in due.next_ones(DataClass.child_file, county, until)]
        against = blocked(ids)

    def one(number: int) -> None:
        actions.clear_child(run, children.get(number), until, by=by)

    _each(run, DataClass.child_file, ids, against, one)


def _helpers(run: int, county: int, data: DataClass, until: date, by: By) -> None:
    with db.read():
        ids = [over.id for over in due.next_ones(data, county, until)]
        against = queries.helper_blocks(ids)

    def one(number: int) -> None:
        actions.clear_helper(run, data, helpers.get(number), until, by=by)

    _each(run, data, ids, against, one)


def _accounts(run: int, county: int, until: date, by: By) -> None:
    with db.read():
        ids = [over.id for over in due.next_ones(DataClass.account, county, until)]

    def one(number: int) -> None:
        actions.clear_account(run, db.session.get_one(Account, number), by=by)

    _each(run, DataClass.account, ids, {}, one)


def _each(
    run: int,
    data: DataClass,
    ids: Iterable[int],
    against: Mapping[int, frozenset[object]],
    one: Callable[[int], None],
) -> None:
    """Each in an act of its own; what stands against one, or goes wrong with it, does not hold up
    the next."""
    kept = 0
    for number in ids:
        if against.get(number):
            kept += 1
            continue
        try:
            with db.write():
                one(number)
        except Refusal:  # something has come up since the list was made
            kept += 1
        except Exception as error:  # whatever it is: the others are due all the same
            kept += 1
            log.exception("not cleared", data=data.value, error=type(error).__name__)
    with db.write():
        actions.keep_back(run, data, kept)


def _rows(run: int, county: int, data: DataClass, amount: int) -> int:
    with db.write():
        return actions.clear_rows(run, data, county, amount)


@jobs.handles(sites.KIND)
def find_sites(_job: int, plan: int) -> dict[str, int]:
    """Villages and places are read, the engine proves the best with no transaction open, the answer
    is kept."""
    with db.read():
        asked = coverage.get_plan(plan)
        if asked.done_at is not None:
            return {}
        spots = coverage.spots(asked.region.path)
        places = coverage.points(regions.get(asked.county_id).path)
        metres, more = Walk(asked.minutes, asked.detour).metres, asked.places
    found = propose(spots, places, metres, more)
    with db.write():
        actions.answer_sites(plan, found, by=SYSTEM)
    return {"more": found.after - found.before}
