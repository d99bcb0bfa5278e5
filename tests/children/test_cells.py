"""How cells are read: dates, telephone numbers and identity numbers in every shape that people and
spreadsheets give them.

Made to catch: the day 0 of a sheet's calendar off by one, months without leading zero, a rounded
number taken for a wrong check digit."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.children.exchange import NATIONAL
from jiedui.core.resident_id import INVENTED, IdFault, ResidentId, check_digit
from jiedui.core.sheets import text
from jiedui.intake.exchange import Bad, Today, read_cell, read_id
from jiedui.intake.exchange.cells import read_date, read_month, read_phone

TODAY = Today(date(2026, 11, 25), invented=True)
DAYS = st.dates(date(1930, 1, 1), TODAY.day)
SHAPES = (
    "{y}年{m}月{d}日", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m:02d}-{d:02d}", "{y}{m:02d}{d:02d}",
    "{y}-{m}-{d}", "{y}年{m:02d}月{d:02d}日", "{y}-{m:02d}-{d:02d} 00:00:00",
)  # fmt: skip


@given(DAYS, st.sampled_from(SHAPES))
def test_a_day_is_read_however_it_is_written(day: date, shape: str) -> None:
    assert read_date(shape.format(y=day.year, m=day.month, d=day.day), TODAY) == day


@given(DAYS)
def test_a_day_as_a_number_of_the_sheet_is_read(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    assert read_date(text(serial), TODAY) == day


@given(st.text(max_size=12))
def test_any_other_text_is_a_day_or_refused(raw: str) -> None:
    with suppress(Bad):
        assert date(1900, 1, 1) <= read_date(raw, TODAY) <= TODAY.day


@given(DAYS, st.sampled_from(("{y}年{m}月", "{y}.{m}", "{y}-{m:02d}", "{y}{m:02d}", "{y}/{m}")))
def test_a_month_stands_for_its_first_day(day: date, shape: str) -> None:
    assert read_month(shape.format(y=day.year, m=day.month), TODAY) == day.replace(day=1)


@given(st.integers(13_000_000_000, 19_999_999_999))
def test_a_mobile_number_that_became_a_number_is_read(number: int) -> None:
    assert read_phone(text(float(number)), TODAY) == str(number)
    assert read_phone(f"+86 {str(number)[:3]}-{str(number)[3:]}", TODAY) == str(number)


@given(DAYS, st.integers(0, 999))
def test_an_identity_number_is_read_and_its_rounded_form_named(day: date, serial: int) -> None:
    first17 = f"{INVENTED}{day:%Y%m%d}{serial:03d}"
    number = first17 + check_digit(first17)
    said = read_id(f" {number[:6]} {number[6:].lower()}", TODAY)
    assert isinstance(said, ResidentId)
    assert said.birth_date == day
    if number[17] != "X":
        with pytest.raises(Bad) as bad:
            read_id(text(float(number)), TODAY)
        assert bad.value.code is IdFault.spreadsheet


@given(st.sampled_from([c for c in NATIONAL.columns if not c.keep]), st.text(max_size=30))
def test_no_text_in_any_column_does_more_than_be_refused(column, raw: str) -> None:  # type: ignore[no-untyped-def]
    with suppress(Bad):
        read_cell(column, raw, NATIONAL, TODAY)


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(Bad, match="in future"):
        read_date((TODAY.day + timedelta(days=1)).isoformat(), TODAY)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("sex", "女", "f"),
        ("year", "初二", "8"),
        ("categories", "留守、低保", frozenset({"left_behind", "minimum_allowance"})),
        ("father.unable", "服刑", "in custody"),
        ("father.unable", "正常", ""),
        ("carer.relation", "外婆", "grandmother"),
        ("boarding", "无", "no"),
        ("illness", "无", None),
    ],
)
def test_words_of_the_sheet_are_known(field: str, raw: str, value: object) -> None:
    assert read_cell(NATIONAL.by_field[field], raw, NATIONAL, TODAY) == value
