"""Identity in words that others will read. Made to catch: digits with gaps or in full width that
are read over (GAPS, tidy left out), any long number taken for an identity number (check_digit),
a text of blanks and signs that makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.core.identity import Family, Told, told
from jiedui.core.resident_id import check_digit
from tests import people

HOME = Family(
    frozenset({"云霁儿", "钟阿婆", "云"}), frozenset({"河边三组七号"}), frozenset({"上村小学"})
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一起读了两本书，孩子很高兴", []),
        ("云霁儿今天数学全对", [Told.name]),
        ("和钟 阿婆聊了聊", [Told.name]),
        ("天上的云很好看", []),
        ("电话13800138000", [Told.mobile]),
        ("打 138 0013 8000 找她", [Told.mobile]),
        ("１３８００１３８０００", [Told.mobile]),
        ("+8613800138000", [Told.mobile]),
        ("订单号 2138001380001", []),
        ("在上村小学门口见面", [Told.school]),
        ("在学校门口见面", []),
        ("住在河边三组七号", [Told.address]),
        ("新家在长街巷12号", [Told.address]),
        ("10月12号又见了一次", []),
        ("第3组练习做完了", []),
    ],
)
def test_what_a_text_seems_to_hold(text: str, found: list[Told]) -> None:
    assert told(text, HOME) == found


def test_an_identity_number_is_one_when_its_last_character_fits() -> None:
    number = people.id_number()
    right = check_digit(number[:17])
    wrong = number[:17] + ("1" if right != "1" else "2")
    assert told(f"号码是{number}。") == [Told.id_number]
    assert told(f"{number[:6]} {number[6:14]} {number[14:]}") == [Told.id_number]
    assert told(f"单号{wrong}。") == []


@given(st.text(), st.text(max_size=8))
def test_any_text_can_be_asked(text: str, name: str) -> None:
    """And a name that stands in it is found, however it is surrounded."""
    told(text)
    bare = "".join(name.split())
    if len(bare) >= 2:
        assert Told.name in told(f"{text}{bare}{text}", Family(frozenset({bare})))
