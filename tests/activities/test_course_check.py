"""Anybody checks a certificate of training by its number: what it was, from whom, until when it
counts; a family name at most, and of a family's grown-up nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jiedui.activities import actions
from jiedui.activities.models import CourseMember
from jiedui.activities.queries import courses
from jiedui.activities.rules.courses import CourseFor
from jiedui.core import clock, db
from jiedui.core.numbers import tidy_number
from tests.activities.test_classes import execute
from tests.activities.test_courses import joined, untrained
from tests.activities.test_pages import signed_in
from tests.builders import courses as build
from tests.builders.children import director, household_child
from tests.client import Browser

Device = Callable[[], Browser]


def numbers(of: build.Planned) -> list[str | None]:
    """The numbers of all places, by seat."""
    with db.read():
        return [one.number for one in of.read().members_on]


def held(of: build.Planned) -> None:
    """Told and confirmed, today."""
    build.told(of)
    build.confirmed(of)


def test_anybody_checks_what_somebody_has_learned(either_app: Flask, device: Device) -> None:
    """From the paper to the open page: the family name and two stars, typed as people type. Seen to
    fail: the whole name shown (`in_public`)."""
    person, _ = untrained(name="贾受训")
    of = build.planned()
    joined(of, person)
    with clock.moved_to(of.after()):
        held(of)
        (number,) = numbers(of)
        assert number
        with db.read():
            member, until = of.read().members_on[0].id, of.read().until
        mine = signed_in(device, person)
        mine.get(f"/courses/members/{member}/certificate")
        assert number in mine.words
        assert f"/check/{number}" not in mine.words  # in the code, not in the words
        anybody = device()
        anybody.send("/check", number=number.lower().replace("-", " "))
        for words in ("此证明有效", "贾**", "志愿者岗前培训", "北试社工中心", "2 小时"):
            assert words in anybody.words
        assert "受训" not in anybody.text
        assert "T-0" not in anybody.text
    with clock.moved_to(clock.at(until, 12)):
        anybody.get(f"/check/{number}")
        assert "此证明有效" in anybody.words
    with clock.moved_to(clock.at(until.replace(year=until.year + 1), 12)):
        anybody.get(f"/check/{number}")
        assert "此证明有效期至" in anybody.words
        assert "已过期" in anybody.words


def test_of_a_familys_grown_up_no_name_stands_there(app: Flask, device: Device) -> None:
    """Nor the village. Seen to fail: `in_public` with the guardian's name."""
    of = build.planned(audience=CourseFor.guardians)
    her = director()
    household_child(her)
    with db.read():
        number, words = next(iter(courses.could_be_signed(of.read(), her.actor()).items()))
    with db.write():
        actions.sign_up_for_course(of.read(), number, by=her.actor())
    name, village = words.split(" · ")
    with clock.moved_to(of.after()):
        held(of)
        (public,) = numbers(of)
        anybody = device()
        anybody.get(f"/check/{public}")
        assert "此证明有效" in anybody.words
        assert name not in anybody.text
        assert f"{name[0]}**" not in anybody.text
        assert village not in anybody.text


def test_only_what_is_confirmed_has_a_number_and_no_other_is_known(
    app: Flask, device: Device
) -> None:
    """Who did not come gets none; the portal's own number of a place opens nothing; one sign wrong
    is no number from here. Seen to fail: numbers for everybody on the list."""
    (first, one), (second, _) = untrained(name="贾到"), untrained(name="贾缺")
    of = build.planned()
    joined(of, first, second)
    with clock.moved_to(of.after()):
        with db.read():
            came = [m.id for m in of.read().members_on if m.helper_id == one]
        build.told(of, came)
        assert numbers(of) == [None, None]
        build.confirmed(of)
        number, none = numbers(of)
        assert none is None
        assert number is not None
        assert tidy_number(number) == number
        anybody = device()
        wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
        for asked in (wrong, "T-0001-001", "1"):
            assert anybody.get(f"/check/{asked}").status_code == 404
            assert "志愿者岗前培训" not in anybody.text


@pytest.mark.parametrize("change", [{"came": False}, {"number": "0"}])
def test_the_database_holds_a_number_to_one_who_came(
    either_app: Flask, change: dict[str, object]
) -> None:
    """Seen to fail: without the CHECK number, without the unique index."""
    of = build.planned()
    joined(of, untrained()[0], untrained()[0])
    with clock.moved_to(of.after()):
        held(of)
    with pytest.raises(IntegrityError):
        execute(update(CourseMember).values(**change))
    with db.read():
        assert len(set(db.session.scalars(select(CourseMember.number)))) == 2
