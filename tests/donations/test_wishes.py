"""Small material wishes: raised in a village, looked at by the township, never naming anybody.

Made to fail: words that are not looked through; somebody who looks at their own wish; a wish that
outlives its last day; a ceiling taken from the default instead of the county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.withheld import LEAST
from jiedui.disclosure.rules import Hidden, pooled
from jiedui.donations.actions import following
from jiedui.donations.actions import wishes as actions
from jiedui.donations.jobs import close_what_ran_out
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import WISH_DAYS, WishCloseReason, WishRefusal, WishState
from jiedui.needs.rules import Urgency
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.client import Browser


def refused(child_id: int, by: people.Person, **over: object) -> WishRefusal:
    """Why a wish is refused."""
    wished = build.said(**over)  # type: ignore[arg-type]
    with db.write(), pytest.raises(Refusal) as no:
        actions.raise_wish(children.get(child_id), wished, by=by.actor())
    assert isinstance(no.value.code, WishRefusal)
    return no.value.code


def test_a_wish_waits_for_the_township(app: Flask) -> None:
    her = director()
    number = build.wish(household_child(her), her)
    with db.read():
        wish = find.get(number)
        assert wish.state is WishState.waiting
        assert find.open_counts(wish.county_id) == {}
    build.looked_at(number, by=people.appoint(Role.township_supervisor, people.TOWNSHIP))
    with db.read():
        wish = find.get(number)
        assert wish.state is WishState.open
        assert find.open_counts(wish.county_id) == {wish.township: {GoodsKind.school_things: 1}}


def test_it_names_neither_family_nor_school_nor_village(app: Flask) -> None:
    her = director()
    child_id = household_child(her)
    with db.read():
        child = children.get(child_id)
        assert child.village.parent is not None
        names = [child.name, child.household.guardians[0].name, child.village.name]
        names += [child.village.parent.name, "13900000001"]
    for name in names:
        assert refused(child_id, her, words=f"给{name}的书包") is WishRefusal.identity
    assert refused(child_id, her, size=names[0]) is WishRefusal.identity


def test_no_dearer_than_the_county_allows(app: Flask) -> None:
    her = director()
    child_id = household_child(her)
    assert refused(child_id, her, price=20_001) is WishRefusal.too_dear
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.wish_ceiling, 5_000, by=SYSTEM)
    assert refused(child_id, her, price=5_001) is WishRefusal.too_dear
    assert refused(child_id, her, price=0) is WishRefusal.no_price
    build.wish(child_id, her, build.said(price=5_000))


def test_three_wishes_of_a_child_and_one_of_a_kind(app: Flask) -> None:
    her = director()
    child_id = household_child(her)
    for kind in (GoodsKind.books, GoodsKind.toy, GoodsKind.bedding):
        build.wish(child_id, her, build.said(kind))
        assert refused(child_id, her, kind=kind) is WishRefusal.same_kind
    assert refused(child_id, her, kind=GoodsKind.other) is WishRefusal.too_many


def test_nobody_looks_at_their_own_wish(either_app: Flask) -> None:
    """Neither by rule nor in the database, whatever a program does."""
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    number = build.wish(household_child(), supervisor)
    with pytest.raises(Refusal) as no:
        build.looked_at(number, by=supervisor)
    assert no.value.code is WishRefusal.own_wish
    with db.read():
        assert find.to_check(supervisor.actor()) == []
    himself = "UPDATE material_wish SET state = 'open', checked_by = raised_by"
    with pytest.raises(IntegrityError), db.write() as session:
        session.execute(text(himself))


def test_a_ticked_wish_that_has_changed_is_left_out(app: Flask) -> None:
    her = director()
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    first = build.wish(household_child(her), her)
    second = build.wish(household_child(her), her)
    with db.read():
        seen = {number: find.get(number).version for number in (first, second)}
    with db.write():
        actions.close(find.get(first), WishCloseReason.no_longer_wished, by=her.actor())
    with db.write():
        rows = find.chosen(seen, supervisor.actor())
        good = actions.check(rows, by=supervisor.actor(), versions=seen)
        assert [one.id for one in good] == [second]


def test_a_wish_holds_half_a_year(app: Flask) -> None:
    her = director()
    number = build.wish(household_child(her), her)
    county = her_county()
    with clock.moved_to(clock.now() + timedelta(days=WISH_DAYS)):
        assert close_what_ran_out(0, county=county) == {"closed": 0}
    with clock.moved_to(clock.now() + timedelta(days=WISH_DAYS + 1)):
        assert close_what_ran_out(0, county=county) == {"closed": 1}
    with db.read():
        assert find.get(number).close_reason is WishCloseReason.ran_out


def her_county() -> int:
    """The county's id."""
    with db.read():
        return people.region(people.COUNTY).id


def test_words_go_with_the_childs_identity(app: Flask) -> None:
    her = director()
    child_id = household_child(her)
    number = build.wish(child_id, her, build.said(words="喜欢蓝色"))
    with db.write():
        following.forget_child(child_id)
    with db.read():
        assert find.get(number).words == ""


def test_from_the_file_to_the_public_page(app: Flask, device: Callable[[], Browser]) -> None:
    """Four wishes of a kind in a township stand with the county; with the fifth they are told."""
    her, supervisor = director(), people.appoint(Role.township_supervisor, people.TOWNSHIP)
    mine, town, guest = device(), device(), device()
    mine.sign_in(her.phone)
    town.sign_in(supervisor.phone)
    names = []
    with db.read():
        township = people.region(people.TOWNSHIP).name
    for n in range(LEAST):
        child_id = household_child(her)
        with db.read():
            names.append(children.get(child_id).name)
        page = f"/children/{child_id}/gift-wish"
        if not n:
            mine.get(f"/children/{child_id}")
            assert page in mine.text
            said = {"kind": "shoes", "price": "90", "season": "winter", "urgency": "normal"}
            mine.send(page, agreed_how="spoken", **said)
            assert "衣服和鞋要写尺码" in mine.words
        said = {"kind": "shoes", "size": "36", "price": "90.50", "season": "winter"}
        mine.send(page, urgency="normal", agreed_how="spoken", **said)
        assert "心愿要先经家里的监护人或照护人同意" in mine.words
        with db.read():
            who = find.who_may_agree(children.get(child_id))[0].id
        mine.send(page, urgency="normal", agreed_how="spoken", agreed=str(who), **said)
        assert "微心愿已登记" in mine.words
        town.get("/desk")
        assert "审核微心愿" in town.words
        town.get("/gifts/wishes/check")
        ticks = [part.split('"')[0] for part in town.text.split('name="wishes" value="')[1:]]
        town.send("/gifts/wishes/check", wishes=ticks)
        assert "已通过 1 个微心愿" in town.words
        guest.get("/wishes")
        few = n + 1 < LEAST
        cells = guest.text.split("<tbody")[1]
        assert (">少<" in cells, township in cells) == (few, not few)
    assert not any(name in guest.text for name in names)


def test_an_office_reads_wishes_without_a_name(app: Flask, device: Callable[[], Browser]) -> None:
    her = director()
    child_id = household_child(her)
    build.looked_at(
        build.wish(child_id, her, build.said(urgency=Urgency.red)),
        by=people.appoint(Role.township_supervisor, people.TOWNSHIP),
    )
    office = device()
    office.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    office.get("/gifts/wishes")
    with db.read():
        child = children.get(child_id)
        name, village = child.name, child.village.name
    assert "W-0001" in office.words
    assert name not in office.text
    assert village not in office.text
    mine = device()
    mine.sign_in(her.phone)
    mine.get("/gifts/wishes")
    assert name in mine.text


KINDS = st.sampled_from([GoodsKind.shoes, GoodsKind.toy, GoodsKind.books])
CELLS = st.dictionaries(KINDS, st.integers(0, 12), max_size=3)


@given(st.dictionaries(st.sampled_from("甲乙丙丁"), CELLS, max_size=4))
def test_no_place_shows_a_small_number(counts: dict[str, dict[GoodsKind, int]]) -> None:
    """And nothing is lost: what is shown and what is called few are all there are. Made to fail
    with the county's rest given as it is."""
    lines = pooled(counts)
    for kind, place, figure in lines:
        assert figure is Hidden.few or (isinstance(figure, int) and figure >= LEAST)
        assert not place or figure == counts[place][kind]
    for kind in {kind for kind, _, _ in lines}:
        real = sum(cells.get(kind, 0) for cells in counts.values())
        shown = sum(f for k, _, f in lines if k is kind and isinstance(f, int))
        few = any(k is kind and f is Hidden.few for k, _, f in lines)
        assert real == shown if not few else 0 < real - shown < LEAST
