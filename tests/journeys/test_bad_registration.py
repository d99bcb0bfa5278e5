"""Bad input of whoever offers to help, on their own or from a signed form, and of whoever vets
them: named beside its field, nothing lost, nothing written, and taken once it is right.

Seen failing: with `WhoForm.faults` asking nobody's age.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jiedui.access.models import Account
from jiedui.access.rules import Role
from jiedui.core import clock
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Gate, GateState
from tests import people
from tests.builders import helpers as built
from tests.client import Browser
from tests.helpers import filling
from tests.helpers.test_entering import form as on_paper
from tests.helpers.test_vetting_pages import states
from tests.journeys.seen import (
    CHECKSUM,
    ENGLISH,
    NO_PHONE,
    NO_SLOT,
    SHORT,
    named,
    reading,
    rows,
    still_there,
    wrong_digit,
)

Change = Callable[[], dict[str, Any]]


def seventeen() -> date:
    """A birth date in the year in which somebody becomes seventeen."""
    return date(clock.today().year - 17, 1, 2)


OF_A_HELPER: list[tuple[str, Change, str, tuple[str, str]]] = [
    ("checksum", lambda: {"id_number": wrong_digit(people.id_number())}, "id_number", CHECKSUM),
    (
        "under 18",
        lambda: {"id_number": people.id_number(seventeen())},
        "id_number",
        ("年满 18 周岁", "is for people of 18 and over"),
    ),
    ("no phone", lambda: {"phone": "12345678901"}, "phone", NO_PHONE),
    ("short phone", lambda: {"phone": "1390000123"}, "phone", SHORT),
]


@ENGLISH
@pytest.mark.parametrize("change", OF_A_HELPER, ids=[row[0] for row in OF_A_HELPER])
def test_registering_names_the_fault_and_goes_on_once_it_is_right(
    device: Callable[[], Browser], change: tuple[str, Change, str, tuple[str, str]], english: bool
) -> None:
    _name, fault, field, words = change
    one, said = reading(device(), english), filling.who(**fault())
    one.send("/register", **said)
    named(one, field, words[english])
    still_there(one, said)
    said |= {"id_number": people.id_number(), "phone": people.phone_number()}
    page = one.send("/register", fresh=False, **said)
    assert page.request.path == "/register/help"
    one.send("/register/help", **filling.what())
    one.send("/register/where", **filling.where())
    assert rows(Helper, Account) == [0, 0]
    one.send("/register/check", **filling.check())
    assert rows(Helper, Account) == [1, 1]


@ENGLISH
def test_a_helper_without_a_slot_is_asked_for_one(
    device: Callable[[], Browser], english: bool
) -> None:
    one = reading(device(), english)
    one.send("/register", **filling.who())
    one.send("/register/help", **filling.what())
    said = filling.where(slots=[], from_1="2099-03-01", until_1="2099-06-30", also_online="y")
    one.send("/register/where", **said)
    named(one, "slots", NO_SLOT[english])
    still_there(one, said)
    page = one.send("/register/where", fresh=False, **said | {"slots": ["weekend"]})
    assert page.request.path == "/register/check"


@ENGLISH
@pytest.mark.parametrize("change", OF_A_HELPER, ids=[row[0] for row in OF_A_HELPER])
def test_entering_a_signed_form_names_the_fault_too(
    device: Callable[[], Browser], change: tuple[str, Change, str, tuple[str, str]], english: bool
) -> None:
    """A landline is a number here: only what no telephone can ring is refused."""
    _name, fault, field, words = change
    one = reading(device(), english)
    one.sign_in(people.appoint(Role.township_supervisor, people.TOWNSHIP).phone)
    said = on_paper(**{"phone": "07975622000"} | fault(), about="周三值班")
    one.send("/helpers/enter", **said)
    named(one, field, NO_PHONE[english] if words is SHORT else words[english])
    still_there(one, said)
    assert rows(Helper) == [0]
    said |= {"id_number": people.id_number(), "phone": "0797-5622000"}
    one.send("/helpers/enter", fresh=False, **said)
    assert rows(Helper) == [1]


@ENGLISH
def test_a_check_that_has_expired_is_not_taken(
    device: Callable[[], Browser], english: bool
) -> None:
    one, (_person, helper_id) = reading(device(), english), built.volunteer()
    one.sign_in(built.vetter().phone)
    old = (clock.today() - timedelta(days=900)).isoformat()
    said = {"outcome": "good", "done_on": old, "authority": "北试县公安局"}
    path = f"/helpers/{helper_id}/finding/record_check"
    one.send(path, **said)
    named(one, "done_on", ("已经过期，要重新办", "This has run out already")[english])
    still_there(one, said)
    assert states(helper_id)[Gate.record_check] is GateState.missing
    one.send(path, fresh=False, **said | {"done_on": clock.today().isoformat()})
    assert states(helper_id)[Gate.record_check] is GateState.good
