"""Accounts from a sheet: all rows or none, each fault by row and column; hostile files refused."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from xlsxwriter import Workbook

from jiedui.access import actions
from jiedui.access.models import Account
from jiedui.access.rules import Role
from jiedui.core import db, sheets
from jiedui.core.actors import SYSTEM
from jiedui.core.sheets import FILE_MOST, UNFOLDED_MOST, BadFile, FileFault
from tests import people
from tests.client import Browser

Devices = Callable[[], Browser]
HEADS = ("姓名", "手机号", "村或乡镇", "身份")


def workbook(rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS) -> bytes:
    """A sheet as somebody fills it in."""
    return sheets.write("Sheet1", heads, rows)


def town(device: Devices) -> Browser:
    """A township supervisor's device."""
    mine = device()
    mine.sign_in(people.appoint(Role.township_supervisor, people.TOWNSHIP).phone)
    return mine


def upload(browser: Browser, data: bytes, name: str = "accounts.xlsx") -> int:
    """Send a file to the page of the sheet; the status of the answer."""
    browser.get("/accounts/sheet")
    fields = {**browser._hidden("/accounts/sheet"), "file": (io.BytesIO(data), name)}
    browser.page = browser.http.post("/accounts/sheet", data=fields)
    return browser.page.status_code


def accounts() -> int:
    """How many accounts there are."""
    with db.read():
        return db.session.query(Account).count()


def test_a_township_makes_its_villages_accounts_and_prints_slips(device: Devices) -> None:
    mine = town(device)
    phones = [people.phone_number() for _ in range(3)]
    rows = [
        ("甲主任", phones[0], "上村", "村（社区）儿童主任"),
        ("乙主任", phones[1], "北东山镇 下村", "child director in a village"),
        ("丙网格", phones[2], "长岭村", "Grid worker"),
    ]
    rows[1] = (*rows[1][:3], "Village child director")
    assert upload(mine, workbook(rows)) == 200
    assert "可以开通 3 个账号" in mine.words
    assert accounts() == 1, "a sheet that was only read makes nothing"
    hidden = mine._hidden("/accounts/sheet/make")
    page = mine._post("/accounts/sheet/make", hidden, True)
    assert page.status_code == 200
    assert mine.text.count('class="qr"') == 3
    assert mine.text.count("/link/") == 3
    assert accounts() == 4


def test_every_fault_is_named_by_row_and_column_and_nothing_is_made(device: Devices) -> None:
    mine = town(device)
    twice = people.phone_number()
    rows = [
        ("好人", people.phone_number(), "上村", "村（社区）儿童主任"),
        ("", "1390000", "没有的村", "校长"),
        ("甲", twice, "长岭村", "联络员"),
        ("乙", twice, "北东山镇", "村（社区）儿童主任"),
        ("丙", people.phone_number(), "南东山镇 上村", "乡镇儿童督导员"),
    ]
    assert upload(mine, workbook(rows)) == 422
    for words in (
        "姓名： 缺姓名",
        "手机号： 手机号不对，应为 11 位",
        "手机号： 表里有两个相同的手机号",
        "村或乡镇： 您的范围里没有这个地方",
        "村或乡镇： 这个身份不在这一级",
        "身份： 没有这个身份",
        "身份： 这个身份由县里开通",
    ):
        assert words.replace(" ", "") in mine.words.replace(" ", ""), words
    assert "好人" not in mine.words, "rows without faults are not shown among the faults"
    mine._post("/accounts/sheet/make", mine._hidden("/accounts/sheet"), True)
    assert accounts() == 1


def test_a_number_that_was_taken_meanwhile_stops_the_whole_sheet(device: Devices) -> None:
    mine = town(device)
    phone = people.phone_number()
    rows = [
        ("甲", people.phone_number(), "上村", "村（社区）儿童主任"),
        ("乙", phone, "下村", "村（社区）儿童主任"),
    ]
    upload(mine, workbook(rows))
    with db.write():
        county_id = people.region(people.COUNTY).id
        actions.open_account("快手", phone, county_id, by=SYSTEM)
    page = mine._post("/accounts/sheet/make", mine._hidden("/accounts/sheet/make"), True)
    assert page.status_code == 409
    assert accounts() == 2


def test_an_administrator_may_name_any_place_of_the_county(device: Devices) -> None:
    mine = device()
    mine.sign_in(people.appoint(Role.account_admin).phone)
    rows = [
        ("甲", people.phone_number(), "北西河乡", "乡镇儿童督导员"),
        ("乙", people.phone_number(), "上村", "村（社区）儿童主任"),
    ]
    assert upload(mine, workbook(rows)) == 422
    assert "有几个同名的地方" in mine.words
    rows[1] = ("乙", rows[1][1], "北西河乡上村", rows[1][3])
    assert upload(mine, workbook(rows)) == 200


def test_a_role_with_an_office_is_not_given_by_a_sheet(device: Devices) -> None:
    mine = device()
    mine.sign_in(people.appoint(Role.account_admin).phone)
    assert upload(mine, workbook([("甲", people.phone_number(), "北试县", "联络员")])) == 422
    assert "这个身份要选部门或单位" in mine.words


def test_a_number_that_excel_took_for_a_number_is_read(device: Devices) -> None:
    mine = town(device)
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    sheet.write_row(1, 0, ["甲", 13900000099, "上村", "村（社区）儿童主任"])
    book.close()
    assert upload(mine, file.getvalue()) == 200


@pytest.mark.parametrize("english", [False, True])
def test_the_empty_sheet_can_be_filled_in_and_read_back(device: Devices, english: bool) -> None:
    mine = town(device)
    if english:
        mine.english()
    template = mine.get("/accounts/sheet/template.xlsx").get_data()
    heads = sheets.read(template)[0]
    assert heads[0] == ("Name" if english else "姓名")
    row = ("甲", people.phone_number(), "上村", "Grid worker" if english else "网格员")
    assert upload(mine, workbook([row], heads)) == 200


def _zip(members: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _lying() -> bytes:
    """A zip whose table says that a member of 80 MB becomes one byte."""
    honest = _zip({"xl/workbook.xml": b"<x/>", "bomb": bytes(80 * 1024 * 1024)})
    size = struct.pack("<I", 80 * 1024 * 1024)
    return honest.replace(size, struct.pack("<I", 1))


HOSTILE = {
    "nothing": (b"", FileFault.missing),
    "large": (b"PK\x03\x04" + bytes(FILE_MOST), FileFault.too_large),
    "text": (b"name,phone\n", FileFault.not_xlsx),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), FileFault.old_xls),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), FileFault.not_xlsx),
    "other zip": (_zip({"readme.txt": b"hello"}), FileFault.not_xlsx),
    "cut": (workbook([])[:200], FileFault.not_xlsx),
    "bomb": (
        _zip({"xl/workbook.xml": b"<x/>", "xl/a": bytes(UNFOLDED_MOST + 1)}),
        FileFault.unfolds_too_large,
    ),
    "many": (
        _zip({"xl/workbook.xml": b"", **{f"m{n}": b"" for n in range(300)}}, ZIP_STORED),
        FileFault.unfolds_too_large,
    ),
    "lie": (_lying(), FileFault.unfolds_too_large),
    "empty book": (_zip({"xl/workbook.xml": b"<x/>"}), FileFault.unreadable),
    "rows": (workbook([("a", "b", "c", "d")] * 2100), FileFault.too_many_rows),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_not_opened(name: str) -> None:
    data, fault = HOSTILE[name]
    with pytest.raises(BadFile) as refused:
        sheets.read(data)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("name", "words"),
    [("bomb", "展开后超过 40 MB"), ("text", "这不是 Excel 文件"), ("nothing", "请选择文件")],
)
def test_why_a_file_is_not_opened_is_said_beside_it(device: Devices, name: str, words: str) -> None:
    mine = town(device)
    assert upload(mine, HOSTILE[name][0]) == 422
    assert words in mine.words


def test_a_sheet_with_other_columns_says_which_it_needs(device: Devices) -> None:
    mine = town(device)
    assert upload(mine, workbook([("甲", "1")], ("名字", "电话"))) == 422
    assert "第一行要有：姓名，手机号，村或乡镇，身份" in mine.words


def test_damaged_compression_is_refused() -> None:
    whole = bytearray(_zip({"xl/workbook.xml": zlib.compress(bytes(range(256)) * 40)}))
    whole[60:90] = b"\xff" * 30
    with pytest.raises(BadFile):
        sheets.read(bytes(whole))
