"""Statements agree with the books whatever happened; whoever gave sees where it is, and no child.

Seen to fail: an entry counted under the account it goes to instead of the one beside the stock
(rules.statements, lines), townships named from one share on (rules.tracing, shares), a giver named
without their yes (donations/_trace.html)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.core import clock, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.donations.actions import allotments, gifts
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries import statements as queries
from jiedui.donations.queries import wishes as find_wishes
from jiedui.donations.rules.books import Account, AllotmentState, GiftForm
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.statements import Fact, Grouping, Span, lines, month_of, parts
from jiedui.donations.rules.tracing import PARTS_LEAST, Part, shares
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.builders.helpers import agency
from tests.client import Browser

Devices = Callable[[], Browser]
FIRST = date(2026, 1, 1)
WAYS = [
    (Account.giver, Account.stock),
    (Account.stock, Account.allocated),
    (Account.stock, Account.returned),
    (Account.stock, Account.written_off),
]
moves = st.tuples(
    st.sampled_from(["a", "b"]),
    st.sampled_from(list(GiftForm)),
    st.integers(0, 400).map(lambda n: FIRST + timedelta(days=n)),
    st.sampled_from(WAYS),
    st.booleans(),
    st.integers(1, 50),
)


Move = tuple[str, GiftForm, date, tuple[Account, Account], bool, int]


def fact(move: Move) -> Fact:
    """An entry, or one that reverses such an entry."""
    key, form, on, way, back, n = move
    source, target = reversed(way) if back else way
    return Fact(key, form, GoodsKind.books, on, source, target, n)


@given(st.lists(moves, max_size=40), st.integers(0, 400), st.integers(0, 200))
def test_opening_and_what_moved_is_closing_and_the_next_opening(
    rows: list[Move],
    start: int,
    length: int,
) -> None:
    """Any entries, any days: closing is what all entries up to then add up to, whether the time is
    told as a whole or in parts."""
    facts = [fact(row) for row in rows]
    span = Span(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length))
    held: dict[tuple[str, GiftForm], int] = {}
    for one in facts:
        if one.on <= span.end:
            cell = one.key, one.form
            held[cell] = held.get(cell, 0) + one.into_stock
    found = {(line.key, line.form): line for line in lines(facts, span)}
    assert {cell: line.closing for cell, line in found.items() if line.closing} == {
        cell: n for cell, n in held.items() if n
    }
    for line in found.values():
        out = line.allocated + line.returned + line.written_off
        assert line.closing == line.opening + line.received - out
    pieces = parts(span)
    assert (pieces[0].start, pieces[-1].end) == (span.start, span.end)
    for before, after in zip(pieces, pieces[1:], strict=False):
        assert after.start == before.end + timedelta(days=1)
        ended = {(x.key, x.form): x.closing for x in lines(facts, before) if x.closing}
        began = {(x.key, x.form): x.opening for x in lines(facts, after) if x.opening}
        assert ended == began


towns = st.tuples(st.sampled_from("ABCD"), st.sampled_from(list(AllotmentState)))


@given(st.lists(towns, max_size=40))
def test_a_township_is_named_from_five_shares_on(rows: list[tuple[str, AllotmentState]]) -> None:
    went = [Part(town, 1, state) for town, state in rows]
    living = [part for part in went if part.state is not AllotmentState.taken_back]
    found = shares(went)
    assert sum(one.amount for one in found) == len(living)
    for one in found:
        if one.place:
            assert one.parts == sum(part.township == one.place for part in living) >= PARTS_LEAST


def test_closing_today_is_the_stock_of_each_gift(app: Flask) -> None:
    """What the database keeps as stock, and the statement of today, by gift, giver and time."""
    officer, her = build.officer(), director()
    bags = build.gift(officer, build.goods(9))
    money = build.gift(officer, build.funds(), build.charity("北试助学会"))
    wish = build.wish(household_child(her), her)
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    with db.write():
        to = find_wishes.get(wish)
        part = allotments.allot(build.read(bags), to, 1, "名单", by=officer.actor()).id
    with db.write():
        gifts.take_out(build.read(bags), Account.written_off, 2, "盘点", by=officer.actor())
    with db.write():
        gifts.take_out(build.read(money), Account.returned, 30_000, "退回", by=officer.actor())
    with db.write():
        allotments.take_back(find.allotment(part), "没有送到", by=officer.actor())
    span = month_of(clock.today())
    with db.read():
        county = people.region(people.COUNTY).id
        left = {number: build.read(number).stock.in_stock for number in (bags, money)}
        assert left == {bags: 7, money: 70_000}
        for by in (Grouping.gift, Grouping.giver, Grouping.time):
            found = queries.statement(county, span, by)
            assert sorted(line.closing for _name, line in found) == sorted(left.values())
        assert [line.allocated for line in queries.township_lines(county, span)] == []


def test_an_office_takes_a_statement_away_and_that_is_on_record(
    app: Flask, device: Devices
) -> None:
    officer = build.officer()
    build.gift(officer, build.goods(9, name="=贾善人"))
    office = device()
    office.sign_in(officer.phone)
    office.get("/gifts/statement?by=giver")
    assert "=贾善人" in office.words
    assert "期末库存" in office.words
    office.get("/gifts/statement?by=gift&starts=2026-05-01&ends=2026-04-01")
    assert "结束日期早于开始日期" in office.words
    file = office.get("/gifts/statement/csv?by=giver").get_data(as_text=True)
    assert "'=贾善人" in file
    assert office.get("/gifts/statement/xlsx").get_data()[:2] == b"PK"
    assert office.get("/gifts/statement/exe").status_code == 404
    with db.read() as session:
        taken = session.query(AuditEntry).filter_by(act=Act.gift_statement_taken).count()
    assert taken >= 2


def test_by_the_number_a_giver_sees_the_way_and_never_a_child(app: Flask, device: Devices) -> None:
    """Masked name, no telephone, no village, no words of the wish; a number of nobody is 404."""
    her, officer = director(), build.officer()
    child_id = household_child(her)
    wish = build.wish(child_id, her, build.said(words="想要一个蓝色的书包"))
    build.looked_at(wish, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    number = build.gift(officer, build.goods(3, phone="13912345678"))
    with db.write():
        to = find_wishes.get(wish)
        one = allotments.allot(build.read(number), to, 1, "名单", by=officer.actor())
        allotments.dispatch(one, by=officer.actor())
    with db.read():
        public, name = build.read(number).number, children.get(child_id).name
    anybody = device()
    anybody.send("/given", number=public.lower().replace("-", " "))
    for said in (public, "贾＊＊", "北试慈善会", "票 0001", "没送到", "全县"):
        assert said in anybody.words, said
    for hidden in (name, "贾善人", "13912345678", "蓝色", "上村", "北东山镇", "名单"):
        assert hidden not in anybody.text, hidden
    wrong = anybody.get("/given/0000-0000-0000-0000")
    assert wrong.status_code == 404
    assert "没有查到这个编号的捐赠" in anybody.words
    anybody.send("/given", number="12")
    assert "应为 16 位字母和数字" in anybody.words
    office = device()
    office.sign_in(officer.phone)
    office.get(f"/gifts/{number}/slip")
    assert f"/given/{public}" in office.text
    assert "贾善人" not in office.words


def test_a_unit_sees_its_own_gifts_and_takes_its_sheet_of_the_year(
    app: Flask, device: Devices
) -> None:
    """Two units; each sees its own alone, on a page, step by step, and on paper."""
    officer = build.officer()
    mine, others = agency("北试纺织厂", UnitKind.company), agency("北试药店", UnitKind.company)
    bags = build.gift(officer, build.goods(5, name="", phone="", unit_id=mine, words="厂里的书包"))
    said = build.goods(6, name="", phone="", unit_id=others, words="药店的书")
    other = build.gift(officer, said, build.charity("北试助学会"))
    manager = people.appoint(Role.unit_manager, people.VILLAGE, unit_id=mine)
    me = device()
    me.sign_in(manager.phone)
    me.get("/gifts/ours")
    assert "厂里的书包" in me.words
    assert "药店的书" not in me.words
    assert me.get(f"/gifts/ours/{bags}").status_code == 200
    assert me.get(f"/gifts/ours/{other}").status_code == 404
    me.get("/gifts/ours/year")
    for said in ("北试纺织厂", "票 0001", "本期接收物资 5 件"):
        assert said in me.words, said
    assert me.get("/gifts/ours/year.pdf").get_data()[:5] == b"%PDF-"
    office = device()
    office.sign_in(people.appoint(Role.coordinator, office=Office.youth_league).phone)
    office.get(f"/gifts/{other}/year")
    assert "北试药店" in office.words
    assert "厂里的书包" not in office.words
