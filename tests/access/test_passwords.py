"""Passwords as people choose them (OWASP ASVS 5, 6.2): length counts, not the kind of characters.

Seen to fail: a rule that asked for a digit, and a hash of the first 32 characters only.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import extract_parameters

from jiedui.access import passwords
from jiedui.access.rules import AccessRefusal, Role, password_fault
from jiedui.core import db
from jiedui.settings import ARGON2_FLOOR_KIB, Settings
from tests import people
from tests.client import PASSWORD, Browser

PHONE = "13912345678"
LONG = "一句很长的话 " * 12 + "end"


@pytest.mark.parametrize(
    "good", ["just small letters", "ALLCAPITALS", "94837261504", "四个词 连在 一起 也行呢", LONG]
)
def test_any_kind_of_characters_will_do(good: str) -> None:
    assert password_fault(good, [PHONE]) is None


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("nine char", AccessRefusal.password_short),
        ("Woaini1314", AccessRefusal.password_common),
        ("aaaaaaaaabbb", AccessRefusal.password_common),
        (f"my {PHONE}", AccessRefusal.password_has_name),
    ],
)
def test_what_is_guessed_first_is_refused(bad: str, fault: AccessRefusal) -> None:
    assert password_fault(bad, [PHONE]) is fault


def test_every_character_counts() -> None:
    """No cut, no change of case: the last character of a long one is looked at too."""
    kept = passwords.hashed(LONG)
    assert passwords.fits(kept, LONG)
    assert not passwords.fits(kept, LONG[:-1])
    assert not passwords.fits(kept, LONG[:-1] + "D")
    assert not passwords.fits(kept, LONG.upper())


def test_the_cost_is_that_of_the_guidance() -> None:
    """As an installation comes: argon2id, 19 MiB, two rounds (OWASP Password Storage)."""
    passwords.configure(Settings().argon2_memory_kib, Settings().argon2_rounds)
    said = extract_parameters(passwords.hashed("any phrase at all"))
    passwords.configure(64, 1)  # as cheap again as tests have it
    assert said.type.name == "ID"
    assert said.memory_cost >= ARGON2_FLOOR_KIB == 19_456
    assert said.time_cost >= 2


def test_a_long_one_is_set_and_opens(device: Callable[[], Browser]) -> None:
    """Through the pages, up to sixty-four characters and more."""
    one, mine = people.appoint(Role.auditor), device()
    mine.sign_in(one.phone)
    mine.send("/me/password", present=PASSWORD, new_password=LONG, again=LONG)
    assert device().sign_in(one.phone, LONG).request.path == "/desk"
    with db.read():
        assert LONG not in (people.account_of(one).password_hash or "")


def test_the_fields_let_a_keeper_of_passwords_work(device: Callable[[], Browser]) -> None:
    """Hidden while typed, named for the browser, nothing stops a paste."""
    page = device().get("/sign-in").get_data(as_text=True)
    field = page[page.index('name="password"') - 300 :][:600]
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "maxlength" not in field
