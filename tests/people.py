"""Invented people for the tests: accounts with roles, and identity numbers that can be nobody's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from flask import Flask
from sqlalchemy import select

from jiedui.access import actions, queries
from jiedui.access.actions import Post
from jiedui.access.models import Account
from jiedui.access.passwords import hashed
from jiedui.access.rules import AccountState, Actor, Office, Role
from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.core.resident_id import INVENTED, check_digit
from jiedui.regions.models import Region
from jiedui.settings import Mode, Settings
from tests.client import PASSWORD

_numbers = count(60_000_001)  # 1396…: no number that a test writes down is among these
_serials = count(1)
_hash: list[str] = []
COUNTY, TOWNSHIP, OTHER_TOWNSHIP = "990001000000", "990001001000", "990001002000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "990001001001", "990001001002", "990001002001"
OTHER_COUNTY, OTHER_COUNTY_VILLAGE = "990002000000", "990002001001"


@dataclass(frozen=True)
class Person:
    """Somebody with an account: how they sign in, and their ids."""

    phone: str
    account_id: int

    def actor(self) -> Actor:
        """The person as an action's actor (inside a transaction)."""
        return queries.actor_for(queries.get(self.account_id), None)


def id_number(birth: date = date(1990, 5, 17), sex: str = "f") -> str:
    """An identity number with the division code that was never allotted."""
    serial = next(_serials) * 2 % 1000 + (1 if sex == "m" else 0)
    first17 = f"{INVENTED}{birth:%Y%m%d}{serial % 1000:03d}"
    return first17 + check_digit(first17)


def rounded_id_number(year: int = 1990) -> str:
    """As a spreadsheet leaves one: its last three signs are 0, and it shows. (One of eleven such
    fits its check digit all the same: nobody could tell.)"""
    ends = (id_number(date(year, 5, day))[:15] + "000" for day in range(1, 29))
    return next(one for one in ends if check_digit(one[:17]) != one[17])


def phone_number() -> str:
    """A mobile number of a series nobody here has."""
    return f"139{next(_numbers):08d}"


def region(code: str) -> Region:
    """A division of the test counties by its code."""
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def appoint(
    role: Role,
    code: str = COUNTY,
    *,
    office: Office | None = None,
    head: bool = False,
    unit_id: int | None = None,
    name: str = "测试员",
) -> Person:
    """An account in use with one role (opens its own write)."""
    if not _hash:
        _hash.append(hashed(PASSWORD))
    phone = phone_number()
    with db.write():
        place = region(code)
        account = actions.open_account(name, phone, place.county_id or place.id, by=SYSTEM)
        account.state, account.password_hash = AccountState.active, _hash[0]
        post = Post(role, place, office=office, head=head, unit_id=unit_id)
        actions.give_role(account, post, by=SYSTEM)
        db.session.flush()
        number = account.id
    return Person(phone, number)


def account_of(person: Person) -> Account:
    """The person's account (inside a transaction)."""
    return queries.get(person.account_id)


def as_in_production(app: Flask) -> Settings:
    """The portal's settings as if real people's data were in it."""
    known: Settings = app.config["SETTINGS"]
    return replace(known, mode=Mode.production)
