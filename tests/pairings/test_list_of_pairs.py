"""A list of pairs from before comes in: between people and children who are here, once, and no pair
that has ended begins anew.

Seen to fail: an ended pair brought again, seats not counted over the rows of a sheet (planned), a
mended row not counted with the others (apart), another office reading the list (own_office)."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import event, func, select

from jiedui.access import queries as access
from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.helpers.rules import HelperKind
from jiedui.intake import queries as intake
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import ending
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import legacy
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import CloseReason, NeedAfter, PairingState
from jiedui.pairings.rules.legacy import DAYS, PairForm
from tests import people
from tests.builders import children as kids
from tests.builders import helpers as make
from tests.builders.sheets import counts, pair, paired, problems, take
from tests.client import Browser
from tests.people import Person


def federation(code: str = people.COUNTY) -> Person:
    """Somebody of the women's federation."""
    return people.appoint(Role.coordinator, code, office=Office.womens_federation)


def mother(by: Person, **over: object) -> int:
    """A caring mother whom the office has entered."""
    return make.on_paper(by, kind=HelperKind.caring_mother, **over)


def child(**over: object) -> int:
    """A child nobody has been asked about."""
    return kids.household_child(consent=False, view=False, **over)  # type: ignore[arg-type]


def pairs() -> list[Pairing]:
    """Every pairing, in its order (inside a transaction)."""
    return list(db.session.scalars(select(Pairing).order_by(Pairing.id)))


def test_a_row_becomes_a_pair_from_before_that_opens_nothing(either_app: Flask) -> None:
    by = federation()
    said = pair(child(), mother(by))
    sheet = paired([said], by)
    assert counts(sheet) == {"new": 1}
    with db.read():
        assert pairs() == [], "a list that was only checked makes no pair"
    take(sheet, by)
    with db.read():
        one = pairs()[0]
        assert (one.state, one.form) == (PairingState.legacy, PairForm.one_to_one)
        assert one.first_meeting_on == date(2024, 3, 1)
        assert one.need.state is NeedState.met
        assert access.living_grants("pairing", one.id) == []
        assert one.proposers == [by.account_id], "whoever brought the list does not take it on"
        assert (legacy.due(one) - clock.today()).days <= DAYS


def test_the_same_list_again_makes_nothing(either_app: Flask) -> None:
    by = federation()
    rows = [pair(child(), mother(by)), pair(child(), mother(by))]
    take(paired(rows, by), by)
    again = paired(rows[::-1], by)
    assert counts(again) == {"same": 2}
    take(again, by)
    with db.read():
        assert len(pairs()) == 2


def test_one_for_several_and_several_for_one(app: Flask) -> None:
    """One mother of three children, three mothers of one child, a team of two for two."""
    by, three = federation(), [child() for _ in range(3)]
    one = mother(by, capacity=3)
    rows = [pair(c, one, form="一对多") for c in three]
    alone, mothers = child(), [mother(by, capacity=2) for _ in range(3)]
    rows += [pair(alone, m, form="多对一") for m in mothers]
    both, team = [child(), child()], [mother(by, capacity=2) for _ in range(2)]
    rows += [pair(c, m, form="团队") for c in both for m in team]
    sheet = paired(rows, by)
    assert counts(sheet) == {"new": 10}
    take(sheet, by)
    with db.read():
        forms = [p.form for p in pairs()]
        assert [forms.count(form) for form in PairForm] == [0, 3, 3, 4]


def test_a_fourth_mother_and_a_second_child_are_refused_before_anything_is_taken(
    app: Flask,
) -> None:
    by, alone, single = federation(), child(), mother(federation())
    rows = [pair(alone, mother(by)) for _ in range(4)]
    rows += [pair(child(), single), pair(child(), single)]
    sheet = paired(rows, by)
    assert problems(sheet) == [(5, "child_name", "child full"), (7, "helper_name", "helper full")]
    take(sheet, by, without_faulty=True)
    with db.read():
        assert len(pairs()) == 4


def test_a_row_mended_alone_is_counted_with_the_others_before_the_first_is_taken(
    app: Flask,
) -> None:
    """Both rows name the same mother of one child at most; each alone would be good."""
    by, single = federation(), mother(federation())
    sheet = paired([pair(child(), single), pair(child(), single, village="没有村")], by)
    with db.read():
        wrong = intake.part(sheet, 2, 1)[0].id
    office = Browser(app)
    office.sign_in(by.phone)
    office.send(f"/sheets/row/{wrong}", **{"cell-village": "上村"})
    assert "全部核对无误" in office.words
    take(sheet, by)
    with db.read():
        assert pairs() == [], "nothing is taken while a row is open"
    assert problems(sheet) == [(3, "helper_name", "helper full")]


def test_who_is_not_here_yet_is_named_with_what_to_do_first(app: Flask) -> None:
    by = federation()
    one, kid = mother(by), child()
    elsewhere = kids.household_child(code=people.OTHER_COUNTY_VILLAGE, consent=False, view=False)
    with db.read():
        foreign = kids.queries.get(elsewhere)
        name, day = foreign.name, foreign.birth_date.isoformat()
    rows = [
        pair(kid, one, child_name="示没有"),
        pair(kid, one, child_id=people.id_number(kids.born(9)), child_birth=""),
        pair(kid, one, child_name=name, child_birth=day),
        pair(kid, one, helper_id=people.id_number()),
        pair(kid, one, helper_name="贾别人"),
        pair(kid, one, helper_id="", helper_phone=people.phone_number()),
        pair(kid, one, helper_id=""),
        pair(kid, one, child_birth=""),
        pair(kid, one, since="明年", kind="做饭", form="三对三"),
    ]
    sheet = paired(rows, by)
    assert problems(sheet) == [
        (2, "child_name", "child unknown"),
        (3, "child_id", "child unknown"),
        (4, "child_name", "child unknown"),
        (5, "helper_id", "unknown"),
        (6, "helper_name", "name differs"),
        (7, "helper_phone", "unknown"),
        (8, "helper_id", "number or phone"),
        (9, "child_id", "child unclear"),
        (10, "since", "no date"),
        (10, "kind", "unknown word"),
        (10, "form", "unknown word"),
    ]
    office = Browser(app)
    office.sign_in(by.phone)
    office.get(f"/sheets/batch/{sheet}")
    assert "请先导入全国系统表格或为儿童建档" in office.words
    assert "请先导入志愿者名单" in office.words


def test_a_telephone_finds_somebody_and_a_shared_one_does_not(app: Flask) -> None:
    by, phone = federation(), people.phone_number()
    one = mother(by, name="贾甲", phone=phone)
    two, same = mother(by, name="贾乙", phone=phone), mother(by, name="贾乙", phone=phone)
    assert same != two
    rows = [pair(child(), n, helper_id="", helper_phone=float(phone)) for n in (one, two)]
    assert problems(paired(rows, by)) == [(3, "helper_phone", "several")]


def test_of_two_children_of_one_name_and_birthday_somebody_chooses(app: Flask) -> None:
    by, director = federation(), kids.director()
    first = child(name="示双")
    second = kids.household_child(director, name="示双", another=True, consent=False, view=False)
    sheet = paired([pair(first, mother(by))], by)
    assert counts(sheet) == {"double": 1}
    office = Browser(app)
    office.sign_in(by.phone)
    with db.read():
        row = f"/sheets/row/{intake.part(sheet, 0, 1)[0].id}"
    office.press(row, f"{row}/who", who=str(second))
    assert counts(sheet) == {"new": 1}
    take(sheet, by)
    with db.read():
        assert [c.id for c in pairs()[0].need.children] == [second]


def test_a_pair_that_has_ended_does_not_begin_anew(app: Flask) -> None:
    by = federation()
    said = pair(child(), mother(by))
    take(paired([said], by), by)
    with db.write():
        number = pairs()[0].id
        ending.begin(pairs()[0], CloseReason.guardian_withdrew, by=by.actor())
        ending.close(number, clock.today(), NeedAfter.close, by=by.actor())
    with db.read():
        assert find.get(number).state is PairingState.closed
    assert problems(paired([said | {"since": ""}], by)) == [(2, "helper_name", "ended")]


def test_a_township_office_reaches_its_own_township_only(app: Flask) -> None:
    """Neither the children nor the volunteers of another one, by number or by telephone."""
    here, there = federation(people.TOWNSHIP), federation(people.OTHER_TOWNSHIP)
    said = pair(child(), mother(here))
    assert problems(paired([said], there)) == [
        (2, "village", "village unknown"),
        (2, "helper_id", "known elsewhere"),
    ]
    office = Browser(app)
    office.sign_in(there.phone)
    sheet = paired([said | {"kind": "阅读"}], here)
    assert office.get(f"/sheets/batch/{sheet}").status_code == 404


def test_another_office_does_not_read_the_list(app: Flask) -> None:
    """What an office has brought is its own, children's numbers with it; on the desk too."""
    sheet = paired([pair(child(), mother(federation()), since="明年")], federation())
    for office in (Office.youth_league, Office.civil_affairs, Office.womens_federation):
        one = Browser(app)
        one.sign_in(people.appoint(Role.coordinator, office=office).phone)
        own = office is Office.womens_federation
        assert (f"/sheets/batch/{sheet}" in one.text) is own, "the desk leads to what waits"
        assert (f"/sheets/batch/{sheet}" in one.get("/sheets/pairs-before").text) is own
        assert (one.get(f"/sheets/batch/{sheet}").status_code == 200) is own


def test_what_all_pairs_lack_is_asked_for_at_once(app: Flask) -> None:
    """As many queries for twelve pairs as for two. Seen to fail: the answers of each pair asked
    for by themselves (2 queries a pair)."""
    by = federation()
    one = [pair(child(), mother(by)) for _ in range(2)]
    take(paired(one, by), by)
    few = _queries(by)
    more = [pair(child(), mother(by)) for _ in range(10)]
    take(paired(more, by), by)
    assert _queries(by) == few


def _queries(by: Person) -> int:
    asked: list[str] = []
    with db.read() as session:
        actor = by.actor()

        def hear(_c: object, _u: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(session.get_bind(), "before_cursor_execute", hear)
        gaps = legacy.gaps(actor)
        for gap in gaps:  # what the page says of each
            _said = [c.name for c in gap.pairing.need.children], gap.pairing.helper.name
        event.remove(session.get_bind(), "before_cursor_execute", hear)
        assert len(gaps) == db.session.scalar(select(func.count()).select_from(Pairing))
    return len(asked)
