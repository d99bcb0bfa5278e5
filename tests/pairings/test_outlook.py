"""Nobody for a need yet: what can be done now, and what is still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db, jobs
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import HelperLanguage
from jiedui.helpers.rules import HelpKind, Language, Mode, Period
from jiedui.needs import queries as needs
from jiedui.pairings.actions import rounds
from jiedui.pairings.jobs import rounds as work
from jiedui.pairings.models import MissingDatum, Unmet
from jiedui.pairings.queries import missing
from jiedui.pairings.queries import rounds as find
from jiedui.pairings.rules.reasons import Change, Gap
from tests import people
from tests.builders.children import director
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import open_need
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]
SATURDAY = frozenset({15})
READING = {"offers": frozenset({HelpKind.reading}), "slots": SATURDAY}


def coordinator() -> Person:
    """Who looks at lists."""
    return people.appoint(Role.coordinator, office=Office.youth_league)


def listed(by: Person) -> int:
    """A list of the county as it is now; returns its id."""
    with db.write():
        number = rounds.start(people.region(people.COUNTY), by=by.actor()).id
    jobs.work_off()
    return number


def left_in(number: int) -> dict[int, Unmet]:
    """The needs a list leaves."""
    return {one.need_id: one for one in find.unmet_page(find.get(number))[0]}


def on(device: Device, person: Person, page: str) -> Browser:
    """A page as somebody sees it."""
    mine = device()
    mine.sign_in(person.phone)
    mine.get(page)
    return mine


def one_child_waits() -> tuple[Person, Person, int]:
    """The wish of one child for a month of reading at the Home; whoever could help cannot: online
    only, only next season, on another day. Returns director, coordinator and the need."""
    today = clock.today()
    local = director()
    period = {"starts": today, "ends": today + timedelta(days=30)}
    number = open_need(local, kind=HelpKind.reading, slots=SATURDAY, **period)
    cleared_volunteer(**READING, modes=frozenset({Mode.online}))
    later = (Period(today + timedelta(days=90), today + timedelta(days=120)),)
    cleared_volunteer(**READING, periods=later)
    cleared_volunteer(**READING | {"slots": frozenset({4})})
    return local, coordinator(), number


def test_what_can_be_done_now_is_counted_with_the_list(app: Flask) -> None:
    _local, by, need = one_child_waits()
    number = listed(by)
    with db.read():
        ways = left_in(number)[need].ways
        home = needs.get(need).place
        assert home is not None
        assert (ways["online"], ways["home"], ways["later"], ways["full"]) == (1, home.id, 1, 0)
        assert ways["later_from"] == (clock.today() + timedelta(days=90)).isoformat()


def test_a_coordinator_reads_it_on_the_list_and_on_the_need(device: Device) -> None:
    _local, by, need = one_child_waits()
    number = listed(by)
    for page in (f"/matching/{number}?show=unmet", f"/needs/{need}"):
        words = on(device, by, page).words
        assert "现在能做的" in words
        assert "线上：有 1 名还有空的志愿者可以帮。最近的儿童之家是" in words
        assert "有 1 名志愿者要到需求期限过后才来，最早" in words
        assert "最小的改动" in words


def test_who_visits_the_family_reads_it_without_any_helpers_name(device: Device) -> None:
    local, by, need = one_child_waits()
    listed(by)
    page = on(device, local, f"/needs/{need}")
    assert "暂时没有合适的人" in page.words
    assert "线上：有 1 名" in page.words
    assert not re.search(r"V-\d{4}", page.text)
    assert "/matching/" not in page.text
    other = people.appoint(Role.child_director, people.OTHER_COUNTY_VILLAGE)
    assert on(device, other, "/desk").http.get(f"/needs/{need}").status_code == 404


def test_a_need_that_somebody_is_suggested_for_later_says_nothing_more(device: Device) -> None:
    local, by, need = one_child_waits()
    first = listed(by)
    cleared_volunteer(**READING)
    with db.write():
        rounds.drop(first, by=by.actor())
    listed(by)
    assert "暂时没有合适的人" not in on(device, local, f"/needs/{need}").words


def test_who_is_needed_elsewhere_is_not_called_full(app: Flask) -> None:
    """One volunteer for two: the other child's wish is told so, and nobody else is counted."""
    local, by = director(), coordinator()
    cleared_volunteer(**READING, capacity=1)
    for _ in range(2):
        open_need(local, kind=HelpKind.reading, slots=SATURDAY)
    number = listed(by)
    with db.read():
        (left,) = left_in(number).values()
        assert left.barriers["possible"] == 1
        assert (left.ways["full"], left.ways["online"], left.ways["later"]) == (0, 0, 0)


def test_every_smallest_change_is_looked_for_in_the_end(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a list made by hand leaves untried, a worker tries portion by portion."""
    monkeypatch.setattr(work, "WAITING_SECONDS", 1e-9)
    monkeypatch.setattr(work, "PORTION_SECONDS", 1e-9)  # one need a portion
    by = coordinator()
    local = director()
    for _ in range(3):
        open_need(local, kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer(**READING | {"slots": frozenset({4})})
    number = listed(by)
    with db.read():
        left = left_in(number)
        assert len(left) == 3
        assert all(one.change for one in left.values())
        assert find.untried_ids(number) == []


def test_one_more_volunteer_is_described_by_kind_township_and_time(device: Device) -> None:
    local, by = director(), coordinator()
    need = open_need(local, kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer()  # somebody who does not read
    number = listed(by)
    with db.read():
        change = left_in(number)[need].change
        assert change["code"] == Change.new_helper.value
    for person in (by, local):
        words = on(device, person, f"/needs/{need}").words
        assert "再招一名志愿者：读书" in words
        assert "周六上午" in words


# --- what is missing ---------------------------------------------------------------------------


def test_a_wish_without_a_language_takes_any(device: Device) -> None:
    """The form says so: nothing is asked of the director, and the pair is as sure as it can be."""
    local, by = director(), coordinator()
    open_need(local, kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer(**READING, languages=frozenset({Language.hakka}))
    listed(by)
    with db.read():
        assert list(missing.page(by.actor())[0]) == []
    assert "/matching/missing" not in on(device, local, "/desk").text


def one_language_missing() -> tuple[Person, Person, int]:
    """The child speaks Hakka; nobody asked the one volunteer, who fits all the same."""
    local, by = director(), coordinator()
    open_need(local, kind=HelpKind.reading, slots=SATURDAY, languages=frozenset({Language.hakka}))
    _person, helper = cleared_volunteer(**READING, languages=frozenset())
    listed(by)
    return local, by, helper


def test_a_missing_language_is_listed_with_the_pairs_it_counts_for(device: Device) -> None:
    local, by, helper = one_language_missing()
    with db.read():
        rows = [r for r in missing.page(by.actor())[0] if r.datum is Gap.helper_languages]
        assert [(r.helper_id, r.pairs) for r in rows] == [(helper, 1)]
    page = on(device, by, "/matching/missing")
    assert "结对人会说什么话" in page.words
    assert "/matching/missing" in on(device, by, "/desk").text
    assert "/matching/missing" not in on(device, local, "/desk").text


def test_what_is_filled_in_is_asked_for_no_more(device: Device) -> None:
    _local, by, helper = one_language_missing()
    with db.write():
        helpers.get(helper).languages = [HelperLanguage(language=Language.hakka)]
    assert "/matching/missing" not in on(device, by, "/desk").text
    assert "没有缺的信息" in on(device, by, "/matching/missing").words


def test_only_what_counts_for_a_pair_is_asked_for(app: Flask) -> None:
    """Nobody could help this child anyway: its language makes no pair surer."""
    by = coordinator()
    open_need(kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer()
    listed(by)
    with db.read():
        assert [r for r in missing.page(by.actor())[0] if r.need_id] == []


def test_volunteers_are_asked_for_their_own(device: Device) -> None:
    by = coordinator()
    open_need(kind=HelpKind.reading, slots=SATURDAY, languages=frozenset({Language.mandarin}))
    person, helper = cleared_volunteer(**READING, languages=frozenset())
    listed(by)
    page = on(device, person, "/desk")
    assert "您的登记信息还缺一些" in page.words
    assert "/helpers/mine/change" in page.text
    assert f"V-{helper:04d}" in on(device, by, "/matching/missing").words
    assert "由志愿者本人补充" in on(device, by, "/matching/missing").words


def test_each_reads_only_what_is_missing_in_their_area(device: Device) -> None:
    _local, by, helper = one_language_missing()
    assert f"/helpers/{helper}" in on(device, by, "/matching/missing").text
    far = [
        people.appoint(Role.child_director, people.OTHER_COUNTY_VILLAGE),
        people.appoint(Role.coordinator, people.OTHER_COUNTY, office=Office.youth_league),
    ]
    for person in far:
        assert f"/helpers/{helper}" not in on(device, person, "/matching/missing").text
        assert "/matching/missing" not in on(device, person, "/desk").text


def test_the_database_keeps_one_side_and_one_row_for_each_datum(either_app: Flask) -> None:
    _local, _by, helper = one_language_missing()
    with db.read():
        mine = select(MissingDatum).where(MissingDatum.helper_id == helper)
        row = db.session.scalars(mine).first()
        assert row is not None
        county, datum = row.county_id, row.datum
    need = open_need()
    for wrong in (
        {"helper_id": helper, "datum": datum, "pairs": 1},
        {"need_id": need, "helper_id": helper, "datum": Gap.need_slots, "pairs": 1},
        {"datum": Gap.need_slots, "pairs": 1},
        {"need_id": need, "datum": Gap.need_slots, "pairs": 0},
    ):
        with pytest.raises(IntegrityError), db.write():
            db.session.add(MissingDatum(county_id=county, **wrong))


# --- whom to look for --------------------------------------------------------------------------


def test_the_recruitment_plan_waits_on_the_coordinators_desk(device: Device) -> None:
    local, by = director(), coordinator()
    for _ in range(2):
        open_need(local, kind=HelpKind.reading, slots=SATURDAY)
    cleared_volunteer()
    number = listed(by)
    with db.read():
        more = sum(row["more"] for row in (find.get(number).figures or {})["recruits"])
    desk = on(device, by, "/desk")
    assert more >= 1
    assert "招募志愿者" in desk.words
    assert f"/matching/{number}/recruitment" in desk.text
    assert f"/matching/{number}/recruitment" not in on(device, local, "/desk").text
