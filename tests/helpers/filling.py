"""Filling in the registration as people do, step by step."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from jiedui.core import db
from tests import people
from tests.client import PASSWORD, Browser


def region_id(code: str = people.VILLAGE) -> int:
    """The id of a division (opens its own read)."""
    with db.read():
        return people.region(code).id


def who(**over: Any) -> dict[str, Any]:
    """First step: a volunteer."""
    plain = {
        "kind": "volunteer",
        "name": "贾志愿",
        "id_number": people.id_number(),
        "phone": people.phone_number(),
        "languages": ["mandarin", "hakka"],
    }
    return plain | over


def what(**over: Any) -> dict[str, Any]:
    """Second step: mathematics for the lower years."""
    plain = {
        "offers": ["companionship", "tutoring"],
        "subjects": ["mathematics"],
        "stages": ["primary_lower"],
        "capacity": "2",
        "unit_id": "0",
    }
    return plain | over


def where(**over: Any) -> dict[str, Any]:
    """Third step: Saturday morning and one evening, by electric bicycle."""
    plain = {
        "village": str(region_id()),
        "travel": "ebike",
        "reach": "10",
        "slots": ["saturday_morning", "8"],
    }
    return plain | over


def check(**over: Any) -> dict[str, Any]:
    """Last step: a password and the agreement."""
    return {"new_password": PASSWORD, "again": PASSWORD, "agreed": "y"} | over


def to_last_step(one: Browser, **over: Any) -> dict[str, Any]:
    """Fill in the first three steps; returns what was said of the person."""
    said = who(**over)
    one.send("/register", **said)
    one.send("/register/help", **what())
    one.send("/register/where", **where())
    return said


def registered(one: Browser, **over: Any) -> tuple[dict[str, Any], TestResponse]:
    """Register to the end, and sign in with what was typed."""
    said = to_last_step(one, **over)
    return said, finished(one, said)


def finished(one: Browser, said: dict[str, Any]) -> TestResponse:
    """The last step, and the sign-in that it leads to."""
    asked = one.send("/register/check", **check())
    assert asked.request.path == "/sign-in"
    return one.send(asked.request.full_path, phone=said["phone"], password=PASSWORD)
