"""Invented people: names that are obviously examples, numbers that can be nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from jiedui.core.resident_id import INVENTED, Sex, check_digit

SURNAMES = "范贾余梅甄吴施魏倪毕易虞莫费殷穆"
GIVEN = (
    "小例 样本 示例 演示 试样 例一 例二 例三 例四 例五 例六 例七 例八 例九 甲例 乙例 丙例 丁例 "
    "样甲 样乙 样丙 样丁 试甲 试乙 试丙 试丁 示甲 示乙 示丙 示丁 假名 化名 某例 某样 拟名 代称 虚构"
).split()


@dataclass(frozen=True)
class Someone:
    """An invented person."""

    name: str
    id_number: str
    birth_date: date
    sex: Sex
    phone: str


class Inventor:
    """Makes invented people, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._phones, self._serials = count(1), count(1)

    def name(self) -> str:
        """A surname that sounds like "example", and a given name that says so."""
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def phone(self) -> str:
        """A mobile number in a series kept for the demo."""
        return f"1990000{next(self._phones):04d}"

    def born(self, today: date, youngest: int, oldest: int) -> date:
        """A birth date that makes somebody between these ages."""
        days = self.random.randint(youngest * 366, oldest * 365)
        return today - timedelta(days=days)

    def person(self, birth_date: date, sex: Sex | None = None) -> Someone:
        """A whole person with a number that passes every check but is nobody's."""
        sex = sex or self.random.choice(list(Sex))
        serial = next(self._serials) * 2 % 1000 + (1 if sex is Sex.male else 0)
        first17 = f"{INVENTED}{birth_date:%Y%m%d}{serial % 1000:03d}"
        number = first17 + check_digit(first17)
        return Someone(self.name(), number, birth_date, sex, self.phone())
