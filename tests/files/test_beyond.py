"""A file beyond one's own area: asked for by its number, opened for some days by who is in charge
where the child lives, and over by itself.

Seen to fail: who stands in for who asked decided all the same (two_persons_fault); a file that
stayed open when it was closed (on_child_closed not among the listeners); a grant without its last
day, one without its role, one that outlived its end; a name in full for another village's director
(reads_beyond); a level that lists know (granted_ids); another county's number (meant); a no that
was told (standing).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.actions import Post
from jiedui.access.models import Grant, RoleHolding
from jiedui.access.rules import Office, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import ClearedFor, CloseReason
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal
from jiedui.files import actions, queries
from jiedui.files.models import FileAccess
from jiedui.files.rules import FileAccessRefusal
from tests import people
from tests.builders import children as kids
from tests.builders import closed
from tests.builders.beyond import WHY, asked, far_director, opened, said, township
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
NO = "应由原村儿童主任办理，不必查阅"


def on(device: Device, person: Person) -> Browser:
    """A browser of this person."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


def asks(browser: Browser, number: str, days: int = 7) -> int:
    """Somebody asks for a file; returns the answer's status."""
    until = (clock.today() + timedelta(days=days)).isoformat()
    typed = {"number": number, "reason": "school", "words": WHY, "until": until}
    return browser.send("/file-access", **typed).status_code


def test_a_file_is_asked_for_opened_read_and_over(app: Flask, device: Device) -> None:
    """The other village's director reads it as a stranger, in no list, for three days."""
    child = kids.household_child(name="示小满")
    far, near = on(device, asker := far_director()), on(device, township())
    page = f"/children/{child}"
    assert far.get(page).status_code == 404
    assert asks(far, f"C-{child:04d}") == 200
    near.get("/desk")
    assert "审批辖区外人员查阅档案" in near.words
    with db.read():
        number = db.session.scalars(select(FileAccess.id)).one()
    near.get(f"/file-access/{number}")
    assert WHY in near.words
    until = (clock.today() + timedelta(days=3)).isoformat()
    near.send(f"/file-access/{number}", verdict="yes", until=until, answer="")
    assert far.get(page).status_code == 200
    assert "示＊" in far.words
    assert "示小满" not in far.text
    assert "示大山" not in far.text
    assert page in far.get("/file-access").get_data(as_text=True)
    assert page in far.get("/desk").get_data(as_text=True)
    for path in ("/children", "/children?state=all"):
        assert page not in far.get(path).get_data(as_text=True)
    assert page not in far.send("/search", q=f"C-{child:04d}").get_data(as_text=True)
    for path in ("change", "details", "close", "consent", "requests"):
        assert far.get(f"{page}/{path}").status_code == 404
    far.send(f"{page}/reveal/name", reason="school")
    assert "示小满" in far.words
    with db.read():
        mine = AuditEntry.account_id == asker.account_id
        acts = set(db.session.scalars(select(AuditEntry.act).where(mine)))
        assert {Act.file_access_asked, Act.child_read, Act.child_revealed} <= acts
    with clock.moved_to(clock.now() + timedelta(days=4)):
        later = on(device, asker)
        assert later.get(page).status_code == 404
        assert later.get(f"{page}/reveal/name").status_code == 404
        assert page not in later.get("/file-access").get_data(as_text=True)


def test_a_number_of_nobody_is_answered_alike(app: Flask, device: Device) -> None:
    """The same words and the same line, of a wrong file number, of an identity number on file and
    of one that is not, of another county's child; only who is in charge sees the real one."""
    known = people.id_number(kids.born(9))
    kids.household_child(id_number=kids.checked(known))
    there = kids.household_child(code=people.OTHER_COUNTY_VILLAGE)
    far, near = on(device, far_director()), on(device, township())
    for number in (known, people.id_number(kids.born(9)), f"C-{there:04d}", "C-9999"):
        assert asks(far, number) == 200
        assert "已提交申请" in far.words
        assert known not in far.text
    lines = re.findall(r'<li class="py-2">(.*?)</li>', far.text, re.S)
    assert len(lines) == 4
    assert len({re.sub(r"C-\d+|\d\d\*+\w\w", "", line) for line in lines}) == 1
    far.get("/desk")
    assert "可查阅辖区外档案" not in far.words
    with db.read():
        rows = db.session.scalars(select(FileAccess).order_by(FileAccess.id)).all()
        assert [one.child_id is not None for one in rows] == [True, False, False, False]
        codes, unknown = [one.code for one in rows], [one.id for one in rows[1:]]
    page = near.get("/file-access/decide").get_data(as_text=True)
    assert [code in page for code in codes] == [True, False, False, False]
    assert {near.get(f"/file-access/{one}").status_code for one in unknown} == {404}
    other = on(device, people.appoint(Role.township_supervisor, "990002001000"))
    assert "A-0" not in other.get("/file-access/decide").get_data(as_text=True)


def test_a_no_is_told_to_nobody_who_asked(app: Flask, device: Device) -> None:
    """It has its reason on record; who asked sees what they see of a wrong number."""
    child = kids.household_child()
    far, near = on(device, asker := far_director()), on(device, township())
    number = asked(asker, child)
    asks(far, "C-9999")
    answer = near.send(f"/file-access/{number}", verdict="no", until="", answer="不行")
    assert answer.status_code == 422
    near.send(f"/file-access/{number}", verdict="no", until="", answer=NO)
    assert NO in near.get(f"/file-access/{number}").get_data(as_text=True)
    far.get("/file-access")
    assert far.words.count("已申请") == 2
    assert NO not in far.text
    with clock.moved_to(clock.now() + timedelta(days=8)):
        late = on(device, asker)
        late.get("/file-access")
        assert late.words.count("未批准") == 2


@pytest.mark.parametrize("side", ["needs it no longer", "takes it back"])
def test_either_side_closes_it(app: Flask, device: Device, side: str) -> None:
    """At once; and it cannot be done twice."""
    child, boss = kids.household_child(), township()
    number = opened(asker := far_director(), child, boss)
    far, near = on(device, asker), on(device, boss)
    assert far.get(f"/children/{child}").status_code == 200
    if side == "takes it back":
        near.press("/file-access/decide", f"/file-access/{number}/back")
    else:
        far.press(f"/children/{child}", f"/file-access/{number}/done")
    assert far.get(f"/children/{child}").status_code == 404
    with db.write():
        with pytest.raises(Refusal) as no:
            actions.end_access(queries.access(number), by=boss.actor())
        assert no.value.code is FileAccessRefusal.over


def test_it_ends_with_the_file_and_with_the_role(app: Flask, device: Device) -> None:
    """A closed file is not opened by being opened again; another role of one's own opens none."""
    child, boss, asker = kids.household_child(), township(), far_director()
    opened(asker, child, boss)
    far = on(device, asker)
    with db.write():
        ledger.close_child(children.get(child), CloseReason.moved_away, by=boss.actor())
    with db.write():
        ledger.reopen_child(children.get(child), by=boss.actor())
    assert far.get(f"/children/{child}").status_code == 404
    opened(asker, child, boss)
    assert far.get(f"/children/{child}").status_code == 200
    with db.write():
        account, place = people.account_of(asker), people.region(people.NEXT_VILLAGE)
        access.give_role(account, Post(Role.grid_worker, place), by=SYSTEM)
    with db.write():
        account = people.account_of(asker)
        first, other = (h.key for h in accounts.holdings_of(asker.account_id))
        assert accounts.actor_for(account, first).granted
        assert not accounts.actor_for(account, other).granted
        mine = RoleHolding.account_id == asker.account_id
        row = db.session.scalars(select(RoleHolding).where(mine).order_by(RoleHolding.id)).all()[0]
        row.starts = row.ends = clock.today() - timedelta(days=1)
    with db.read():
        assert not accounts.actor_for(people.account_of(asker), first).granted
        assert queries.accesses_running(boss.actor()) == []
    assert on(device, asker).get(f"/children/{child}").status_code == 404


def test_clearing_a_file_clears_what_was_written_of_it(app: Flask) -> None:
    """Who asked, who decided and when stays; number and words go."""
    kept, boss = closed.full_file(), township()
    opened(far_director(), kept.child, boss)
    closed.close(kept.child, kept.director)
    with db.write():
        actions.clear_file(children.get(kept.child), ClearedFor.term_over, by=SYSTEM)
    with db.read():
        one = db.session.scalars(select(FileAccess)).one()
        assert (one.asked_for, one.words, one.decided_by) == ("", "", boss.account_id)
        assert one.state == "ended"


def test_nobody_decides_for_who_asked(app: Flask) -> None:
    """A coordinator of another township stands in for the county's: not for their own request;
    and nobody asks in somebody else's name."""
    child = kids.household_child()
    office = Office.civil_affairs
    county = people.appoint(Role.coordinator, people.COUNTY, office=office)
    asker = people.appoint(Role.coordinator, people.OTHER_TOWNSHIP, office=office)
    with db.write():
        who = county.actor()
        other = next(h for h in accounts.colleagues(who) if h.account_id == asker.account_id)
        today = clock.today()
        access.name_deputy(who.holdings[0].id, other, today, today, by=who)
    with db.write():
        account = accounts.get(asker.account_id)
        own, deputy = (h.key for h in accounts.holdings_of(asker.account_id))
        one = actions.ask_access(said(child), by=accounts.actor_for(account, own))
        db.session.flush()
        standing_in = accounts.actor_for(account, deputy)
        with pytest.raises(Refusal) as no:
            actions.open_access(one, one.until, by=standing_in, version=None)
        assert no.value.code is FileAccessRefusal.own_request
        actions.open_access(one, one.until, by=county.actor(), version=None)
        assert accounts.actor_for(account, own).granted
        assert not accounts.actor_for(account, deputy).granted


def test_what_is_refused_when_it_is_asked(app: Flask, device: Device) -> None:
    """More than thirty days, a file of one's own area, a sixth number that was not opened; what
    was typed stays."""
    mine = kids.household_child(far := far_director(), code=people.FAR_VILLAGE)
    browser = on(device, far)
    assert asks(browser, "C-1", days=31) == 422
    assert "最长30天" in browser.words
    assert WHY in browser.text
    assert asks(browser, "小满") == 422
    assert asks(browser, f"C-{mine:04d}") == 422
    assert "已可以查阅" in browser.words
    for _ in range(5):
        assert asks(browser, "C-9999") == 200
    assert asks(browser, "C-9999") == 422


def test_the_database_holds_it_too(either_app: Flask) -> None:
    """Whatever the code forgets: two persons, thirty days, no yes without its days."""
    number = asked(asker := far_director(), kids.household_child())
    other = township().account_id
    yes = "state = 'open', given_days = 3, decided_at = asked_at"
    for wrong in (
        f"{yes}, decided_by = {asker.account_id}, decided_as = {other}",
        f"{yes}, decided_by = {other}, decided_as = {asker.account_id}",
        f"{yes}, decided_by = NULL",
        f"{yes}, decided_by = {other}, decided_as = {other}, given_days = 8",
        f"{yes}, decided_by = {other}, decided_as = {other}, child_id = NULL",
        "asked_days = 31",
        "state = 'ended'",
    ):
        parts = dict(one.split(" = ", 1) for one in wrong.split(", "))
        change = ", ".join(f"{column} = {value}" for column, value in parts.items())
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(text(f"UPDATE file_access SET {change} WHERE id = {number}"))


def test_grants_of_pairings_are_not_touched(app: Flask) -> None:
    """What is opened so is a grant of its own level, in one role, with its last day."""
    boss, asker = township(), far_director()
    number = opened(asker, kids.household_child(), boss)
    with db.read():
        one = db.session.scalars(select(Grant)).one()
        assert (one.level, one.source_kind, one.source_id) == ("read", "file_access", number)
        assert one.holding_id is not None
        assert one.valid_until == clock.at(clock.today() + timedelta(days=8))


def test_two_decide_at_once_and_one_has_decided(either_app: Flask) -> None:
    """One decision, one grant; the other reads that it has been decided."""
    child, asker = kids.household_child(), far_director()
    number, bosses, start = asked(asker, child), [township(), township()], Barrier(2)

    def decide(boss: Person) -> FileAccessRefusal | None:
        try:
            with db.write():
                one, by = queries.access(number), boss.actor()
                actions.open_access(one, one.until, by=by, version=None)
        except Refusal as no:
            return FileAccessRefusal(no.code)
        return None

    def together(boss: Person) -> FileAccessRefusal | None:
        start.wait()
        return decide(boss)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(together, bosses))
    assert set(answers) == {None, FileAccessRefusal.decided}
    with db.read():
        assert len(db.session.scalars(select(Grant)).all()) == 1
