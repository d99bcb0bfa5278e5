"""Who works in the demo county: offices, townships, villages, schools; and how they sign in."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jiedui.access import actions, passwords, queries
from jiedui.access.rules import Actor, Office, Role, needs_second_factor
from jiedui.core.actors import SYSTEM
from jiedui.demo.invented import Inventor
from jiedui.regions import queries as regions

PAIRING_OFFICES = (Office.youth_league, Office.womens_federation, Office.civil_affairs)
WORDS = (
    "pingguo xiaohe yueliang shanpo zhulin daotian shiqiao denglong juzi yunduo maque muchuan "
    "shuijing xiangyang shizi fengzheng"
).split()


@dataclass(frozen=True)
class SignIn:
    """One account of the demo that has a password."""

    role: str
    office: str | None
    region: str
    unit: str | None
    username: str
    password: str
    totp_secret: str | None = None


@dataclass
class Staff:
    """The accounts of the demo, by what they are for (account ids)."""

    sign_ins: list[SignIn] = field(default_factory=list)
    accounts: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def of(self, role: Role, place: str) -> list[int]:
        """Accounts with a role at a place (division code), or with an office's name."""
        return self.accounts.get((role.value, place), [])

    def actor(self, role: Role, place: str, which: int = 0) -> Actor:
        """One of them as an action's actor."""
        return queries.actor_for(queries.get(self.of(role, place)[which]), None)


class Personnel:
    """Appoints people and notes how they sign in."""

    def __init__(self, inventor: Inventor, county_id: int) -> None:
        self.inventor, self.county_id = inventor, county_id
        self.staff = Staff()

    def appoint(self, post: actions.Post, place: str, *, password: bool, unit: str = "") -> int:
        """An account with a role; with a password only when it stands in the list of sign-ins."""
        phone = self.inventor.phone()
        account = actions.open_account(self.inventor.name(), phone, self.county_id, by=SYSTEM)
        holding = actions.give_role(account, post, by=SYSTEM)
        if password:
            self.give_password(account.id, holding.role, phone, post, unit)
        self.staff.accounts.setdefault((post.role.value, place), []).append(account.id)
        return account.id

    def give_password(
        self, account_id: int, role: Role, phone: str, post: actions.Post, unit: str = ""
    ) -> None:
        """A password by a single-use link, as every real one; noted for the demo's list."""
        token = actions.new_link(queries.get(account_id), by=SYSTEM)
        password = "-".join(secrets.choice(WORDS) for _ in range(4))
        actions.use_link(token, password, by=SYSTEM)
        secret = _authenticator(account_id) if needs_second_factor([role]) else None
        self.staff.sign_ins.append(
            SignIn(
                role=role.value,
                office=post.office.value if post.office else None,
                region=post.region.name,
                unit=unit or None,
                username=phone,
                password=password,
                totp_secret=secret,
            )
        )


def _authenticator(account_id: int) -> str:
    secret = passwords.new_secret()
    code = passwords.fresh_code(secret, 0) or ""
    actions.set_second_factor(queries.get(account_id), secret, code, by=SYSTEM)
    return secret


def appoint_county(personnel: Personnel) -> None:
    """County offices, each pairing office with its head; two of every role with a scope."""
    county = regions.get(personnel.county_id)
    post = actions.Post
    for office in Office:
        heads = (True, False) if office in PAIRING_OFFICES else (False,)
        for head in heads:
            personnel.appoint(
                post(Role.coordinator, county, office=office, head=head),
                office.value,
                password=office in (*PAIRING_OFFICES, Office.industry_federation, Office.education),
            )
    for role in (Role.duty_officer, Role.leader, Role.auditor, Role.account_admin):
        for _ in range(2):
            personnel.appoint(post(role, county), county.code, password=True)


def appoint_townships(personnel: Personnel) -> None:
    """A supervisor in every township, a director in every village, some grid workers."""
    county = regions.get(personnel.county_id)
    for number, township in enumerate(regions.townships(county.path)):
        known = number < 3
        place = actions.Post(Role.township_supervisor, township)
        personnel.appoint(place, township.code, password=known)
        for position, village in enumerate(regions.villages(township.path)):
            director = actions.Post(Role.child_director, village)
            listed = known and position < 2
            personnel.appoint(director, village.code, password=listed)
            if known and position == 0:
                grid = actions.Post(Role.grid_worker, village)
                personnel.appoint(grid, village.code, password=True)


def write_sign_ins(path: Path, sign_ins: list[SignIn]) -> None:
    """The list of accounts with passwords, readable by its owner only."""
    path.touch(mode=0o600)
    text = json.dumps([asdict(s) for s in sign_ins], ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
