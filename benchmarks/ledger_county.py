"""An invented county for benchmarks/ledger.py: its people, its sheet, and many files at once."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.models import Account
from jiedui.access.rules import AccountState, Actor, Office, Role
from jiedui.children.actions.opening import NewFile, open_files
from jiedui.children.exchange import NATIONAL, read_facts, read_values
from jiedui.core import clock, db, heap, schema
from jiedui.core.actors import SYSTEM
from jiedui.core.resident_id import INVENTED, check_digit
from jiedui.demo import county as demo
from jiedui.factory import connect, create_app
from jiedui.intake.exchange import Today, Villages
from jiedui.intake.rules import IntakeFault
from jiedui.regions import actions as regions
from jiedui.regions.exchange import read_csv
from jiedui.regions.models import Region
from jiedui.regions.rules import Level
from jiedui.settings import Mode, Settings

SERVER = os.environ.get("JIEDUI_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/postgres")
PART = 1_500  # files in one write when a county grows beside the import; a multiple of three


def settings_at(folder: Path, url: str) -> Settings:
    """Settings with everything under one folder."""
    return Settings(
        mode=Mode.test, var=folder, database_url=url, key_file=folder / "keys.json",
        secret_key="b" * 48, argon2_memory_kib=64, argon2_rounds=1,
    )  # fmt: skip


def begin(folder: Path, url: str) -> None:
    """A county with three accounts: two officers of civil affairs, a township's supervisor."""
    schema.upgrade(url)
    connect(settings_at(folder, url), queue=False)
    with db.write():
        county = regions.start_county(read_csv(demo.DIVISIONS), by=SYSTEM)
        towns = select(Region).where(Region.level == Level.township).order_by(Region.code)
        town = db.session.scalars(towns).first() or county
        civil = access.Post(Role.coordinator, county, office=Office.civil_affairs)
        posts = [civil, access.Post(Role.township_supervisor, town), civil]
        for number, post in enumerate(posts, start=1):
            account = access.open_account("示例员", f"1390000000{number}", county.id, by=SYSTEM)
            account.state, account.password_hash = AccountState.active, "-"  # nobody signs in by it
            access.give_role(account, post, by=SYSTEM)


def reopen(folder: Path, url: str) -> list[Actor]:
    """The same county in a process of its own: officer, supervisor, second officer."""
    connect(settings_at(folder, url), queue=False)
    with db.read():
        found = db.session.scalars(select(Account).order_by(Account.id))
        people = [accounts.actor_for(account, None) for account in found]
    heap.settle()  # as the worker does
    return people


def portal(folder: Path, url: str) -> Flask:
    """The portal on this county."""
    return create_app(settings_at(folder, url), queue=False)


def named(path: str) -> list[tuple[str, str]]:
    """Township and village, of those that a sheet can name: some share a name with another."""
    known = Villages(path, NATIONAL)
    found = [(one.township, one.name) for one in known.by_id.values()]
    return [names for names in found if not isinstance(known.find(*names), IntakeFault)]


def number(birth: date, serial: int) -> str:
    """An identity number that can be nobody's."""
    first17 = f"{INVENTED}{birth:%Y%m%d}{serial % 1000:03d}"
    return first17 + check_digit(first17)


def invented(rows: int, villages: list[tuple[str, str]], first: int = 0) -> Iterator[list[str]]:
    """Rows of the national sheet: two parents who are away, a grandmother who cares. Every third
    child is a brother or sister of the one before. `first` goes on where an earlier call ended."""
    chance, today, born_then = random.Random(7), date.today(), Counter[date]()
    for n in range(first + rows):
        home = n - (n % 3 == 2)
        village = villages[home % len(villages)]
        born = today - timedelta(days=400 + chance.randrange(15 * 365))
        born_then[born] += 1
        if n < first:
            continue
        away = timedelta(days=home % 5000)
        father, mother = date(1978, 1, 1) + away, date(1979, 1, 1) + away
        said = {
            "code": f"N{n:06d}", "name": f"示例{n}", "sex": "", "ethnicity": "汉",
            "birth_date": f"{born.year}年{born.month}月{born.day}日",
            "id_number": number(born, born_then[born]), "registered": "是", "rural": "农业",
            "registered_at": "示例县示例镇", "township": village[0],
            "village": village[1], "address": f"{home}号", "health": "健康", "school": "小学",
            "boarding": "否", "categories": "农村留守儿童", "father.name": f"示父{home}",
            "father.id_number": number(father, home // 5000), "father.phone": f"139{home:08d}",
            "father.away": "是", "father.work_place": "外省", "father.beyond_county": "县外",
            "father.away_since": "2019年3月", "mother.name": f"示母{home}",
            "mother.id_number": number(mother, 500 + home // 5000),
            "mother.phone": f"138{home:08d}", "mother.away": "是", "mother.work_place": "外省",
            "mother.away_since": "2020.1", "grandmother.name": f"示奶{home}",
            "carer.name": f"示奶{home}", "carer.relation": "奶奶",
            "carer.phone": f"137{home:08d}", "income": "务工", "filled_by": "示例员",
        }  # fmt: skip
        yield [said.get(column.field, "") for column in NATIONAL.columns]


def grow(by: Actor, rows: int, first: int) -> None:
    """Open more files straight by the action that an import opens them with: the reading, staging
    and checking of a sheet is measured elsewhere."""
    today = Today(clock.today(), True)
    with db.read():
        known, places = Villages(by.scope, NATIONAL), named(by.scope)
    fields, part = [column.field for column in NATIONAL.columns], list[NewFile]()
    for n, cells in enumerate(invented(rows, places, first), start=first):
        read = read_values(dict(zip(fields, cells, strict=True)), NATIONAL, today, known)
        assert read.village is not None, read.problems
        beside = len(part) - 1 if n % 3 == 2 and part else None
        facts = read_facts(read.values, today.day)
        part.append(NewFile(facts, read.village.id, None, beside))
        if len(part) == PART:
            _open(part, by)
    _open(part, by)


def _open(part: list[NewFile], by: Actor) -> None:
    if part:
        with db.write():
            open_files(part, by.county_id, by=by, brought_by=by.account_id)
    part.clear()
