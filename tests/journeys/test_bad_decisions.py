"""Decisions that cannot be as they were meant: two at once, nobody there, a check that has expired,
a need that is gone, a helper who is full. Whoever decides is told why, and there is a way on.

Seen failing: with `approval.fault` letting a pair pass that has been decided already.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from jiedui.access import queries as accounts
from jiedui.access.rules import Office
from jiedui.core import clock, db
from jiedui.helpers.rules import Period
from jiedui.pairings.models import Suggestion
from jiedui.pairings.queries import life
from jiedui.pairings.rules import PairingState
from tests.builders import needs as wishes
from tests.builders import pairings as build
from tests.builders.helpers import clear
from tests.client import Browser
from tests.journeys.seen import (
    ENGLISH,
    at_desk,
    named,
    on_top,
    state,
    still_there,
)
from tests.pairings.test_approval import after_working_days
from tests.pairings.test_round_pages import coordinator, made

DECIDED = ("已经有人决定了", "This has been decided already")


@ENGLISH
def test_of_two_coordinators_who_approve_at_once_one_is_told(
    either_app: Flask, english: bool
) -> None:
    """Both have the page open and press in the same moment."""
    pair = build.proposed()
    names = ["钱主任", "孙同事"]
    both = [at_desk(either_app, build.officer(name=name), english) for name in names]
    path, start = f"/pairings/{pair.id}/decide", Barrier(2)
    for one in both:
        one.get(path)

    def press(one: Browser) -> int:
        start.wait(10)
        return one.send(path, fresh=False, decision="approve").status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, both))
    assert sorted(answers) == [200, 422]
    late = both[answers.index(422)]
    assert DECIDED[english] in on_top(late)
    assert ("审核通过，等答复", "Approved, waiting for answers")[english] in late.words
    assert names[answers.index(200)] in late.words
    with db.read():
        moves = [m.new for m in life.with_moves(pair.id).moves]
    assert moves == [PairingState.proposed, PairingState.approved]


@ENGLISH
def test_a_deputy_acts_for_the_only_coordinator_on_leave(app: Flask, english: bool) -> None:
    """Named on the page, chosen as a role, and every act says for whom."""
    away, colleague = build.officer(name="钱主任"), build.officer(name="孙同事")
    pair = build.proposed()
    with db.read():
        holding = str(accounts.holdings_of(colleague.account_id)[0].id)
    today = clock.today().isoformat()
    at_desk(app, away).send("/deputies", deputy=holding, first=today, last=today)
    deputy = at_desk(app, colleague, english)
    deputy.get("/role")
    with db.read():
        held = accounts.holdings_of(colleague.account_id)
    stands_in = next(h.key for h in held if h.principal)
    deputy.send("/role", holding=stands_in)
    assert ("代钱主任", "for 钱主任")[english] in deputy.words
    deputy.send(f"/pairings/{pair.id}/decide", decision="approve")
    assert state(pair) is PairingState.approved
    deputy.get(f"/pairings/{pair.id}")
    assert ("孙同事（代钱主任）", "孙同事, for 钱主任")[english] in deputy.words


@ENGLISH
def test_without_a_deputy_civil_affairs_decides_after_ten_working_days(
    app: Flask, english: bool
) -> None:
    """Before that the page says whose decision it is, and takes none."""
    pair, civil = build.proposed(), build.officer(Office.civil_affairs)
    path = f"/pairings/{pair.id}/decide"
    early = at_desk(app, civil, english)
    early.get(path)
    assert ("目前由别的单位审批", "Another office decides this")[english] in early.words
    early.send(path, fresh=False, decision="approve")
    assert early.page is not None
    assert early.page.status_code == 422
    assert ("目前由别的单位审批", "Another office decides this")[english] in on_top(early)
    assert state(pair) is PairingState.proposed
    with clock.moved_to(after_working_days(10)):
        late = at_desk(app, civil, english)
        late.get("/pairings/approve")
        assert f'value="{pair.id}"' in late.text
        late.send(path, decision="approve")
    assert state(pair) is PairingState.approved


def test_who_is_alone_in_an_office_reads_who_will_decide_instead(app: Flask) -> None:
    alone = at_desk(app, build.officer())
    alone.get("/deputies")
    assert "五个工作日" in alone.words
    assert "民政" in alone.words


@ENGLISH
def test_a_check_that_expired_meanwhile_stops_the_approval_in_words(
    app: Flask, english: bool
) -> None:
    """The decision stays chosen; after the renewal the same form is taken."""
    without_end = build.cleared_volunteer(periods=(Period(clock.today()),))
    pair = build.proposed(helper_of=without_end)
    path = f"/pairings/{pair.id}/decide"
    with clock.moved_to(clock.now() + timedelta(days=400)):
        officer = at_desk(app, pair.officer, english)
        officer.send(path, decision="approve")
        words = ("资格审核还没有完成", "vetting is not complete")[english]
        assert officer.page is not None
        assert officer.page.status_code == 422
        assert words in on_top(officer)
        still_there(officer, {"decision": "approve"})
        assert state(pair) is PairingState.proposed
        clear(pair.helper_id)
        officer.send(path, fresh=False, decision="approve")
        assert state(pair) is PairingState.approved


@ENGLISH
def test_a_need_closed_while_its_proposal_is_open_tells_whoever_decides(
    app: Flask, english: bool
) -> None:
    """The director ends the wish on its page while the officer has the proposal open."""
    pair = build.proposed()
    officer = at_desk(app, pair.officer, english)
    officer.get(f"/pairings/{pair.id}/decide")
    at_desk(app, pair.director).send(f"/needs/{pair.need_id}/close", reason="no_longer_wished")
    officer.send(f"/pairings/{pair.id}/decide", fresh=False, decision="approve")
    assert officer.page is not None
    assert officer.page.status_code == 422
    assert DECIDED[english] in on_top(officer)
    assert ("需求已结束", "The need has ended")[english] in officer.words
    assert state(pair) is PairingState.expired


@ENGLISH
def test_a_helper_at_capacity_is_named_beside_the_number(app: Flask, english: bool) -> None:
    """Put into a list by hand; another helper is taken."""
    full = build.cleared_volunteer(slots=frozenset({15, 18}))
    build.trial(helper_of=full)
    need_id = wishes.open_need(slots=frozenset({15, 18}))
    _person, free = build.cleared_volunteer(slots=frozenset({15, 18}))
    browser = at_desk(app, coordinator(), english)
    path = f"{made_in(browser)}/nominate"
    with db.read():
        before = db.session.scalar(select(func.count()).select_from(Suggestion))
    said = {"need": f"N-{need_id:04d}", "helper": f"V-{full[1]:04d}"}
    browser.send(path, **said)
    named(browser, "helper", ("名额已满", "Has no place left")[english])
    still_there(browser, said)
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(Suggestion)) == before
    page = browser.send(path, fresh=False, **said | {"helper": f"V-{free:04d}"})
    assert page.status_code == 200


def made_in(browser: Browser) -> str:
    """Start a list; `made` reads the page in Chinese."""
    wanted = browser.http.get_cookie("language")
    browser.http.delete_cookie("language")
    path = made(browser)
    if wanted is not None:
        browser.english()
    return path
