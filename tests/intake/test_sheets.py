"""A sheet as somebody brings it: read with hostile files refused, rows mended in the page, the
corrected sheet, taken over, given up.

Made to catch: a formula not looked for, an external link let through, the corrected sheet without
marks, a stale page taken."""

from __future__ import annotations

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from jiedui.children.exchange import NATIONAL
from jiedui.core import db, jobs, sheets
from jiedui.core.sheets import LARGE, BadFile, FileFault
from jiedui.intake import queries
from tests import people
from tests.builders import children, national
from tests.builders.national import FIELDS, row, workbook
from tests.client import Browser

Devices = Callable[[], Browser]
HOME = "/sheets/national"


def town(device: Devices) -> Browser:
    """A township supervisor's device."""
    mine = device()
    mine.sign_in(national.township().phone)
    return mine


def bring(browser: Browser, data: bytes, name: str = "export.xlsx") -> str:
    """Send a file and let the worker look at it; the address of the page that follows."""
    browser.get(HOME)
    fields = {**browser._hidden(HOME), "file": (io.BytesIO(data), name)}
    browser.page = browser.http.post(HOME, data=fields)
    jobs.work_off()
    return browser.page.location or ""


def first_row(sheet: str) -> str:
    """The address of the first row of a sheet."""
    with db.read():
        return f"/sheets/row/{queries.part(int(sheet.rpartition('/')[2]), 0, 1)[0].id}"


def test_a_sheet_is_checked_mended_in_the_page_and_taken_over(device: Devices) -> None:
    mine = town(device)
    sheet = bring(mine, workbook([row(village="没有村", name="示一"), row(name="示二")]))
    mine.get(sheet)
    assert "还有 1 行需要处理" in mine.words
    assert "示一" in mine.words
    assert "您的范围里没有这个村" in mine.words
    one = first_row(sheet)
    assert f'href="{one}"' in mine.text
    mine.send(one, **{"cell-village": "还是没有"})
    assert "您的范围里没有这个村" in mine.words
    mine.send(one, **{"cell-village": "下村"})
    assert "全部核对无误" in mine.words
    mine.send(f"{sheet}/take")
    jobs.work_off()
    mine.get(sheet)
    assert "已导入 2 行" in mine.words
    mine.get("/children")
    assert "示一" in mine.words


def test_rows_that_are_not_settled_are_asked_for_before_anything_is_taken(device: Devices) -> None:
    mine = town(device)
    sheet = bring(mine, workbook([row(village="没有村"), row()]))
    assert mine.send(f"{sheet}/take").status_code == 422
    assert "还有行没有处理" in mine.words
    mine.send(f"{sheet}/take", without_faulty="y")
    jobs.work_off()
    mine.get(sheet)
    assert "新增 1 行，更新 0 行，无变化 0 行，未导入 1 行" in mine.words


def test_a_double_is_decided_in_the_page(device: Devices) -> None:
    mine = town(device)
    known = children.household_child(name="示重名", birth_date=children.born(9))
    sheet = bring(mine, workbook([row(name="示重名")]))
    one = first_row(sheet)
    mine.get(one)
    assert f"C-{known:04d}" in mine.words
    mine.press(one, f"{one}/who")
    assert mine.page is not None
    assert mine.page.status_code == 422, "nothing is chosen for the person"
    mine.press(one, f"{one}/who", who=str(known))
    assert "全部核对无误" in mine.words


def test_the_corrected_sheet_says_what_is_wrong_and_comes_back(device: Devices) -> None:
    mine = town(device)
    sheet = bring(mine, workbook([row(village="没有村"), row(address="=1+1")]))
    data = mine.get(f"{sheet}/corrected.xlsx").get_data()
    table = sheets.read(data, LARGE)
    assert len(table[0]) == len(FIELDS) + 1
    assert table[1][-1] == "村（社区）: 您的范围里没有这个村"
    assert table[2][-1] == ""
    with ZipFile(io.BytesIO(data)) as book:
        assert b"FFF8D7DA" in book.read("xl/styles.xml")
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    at = table[0].index("村（社区）")
    table[1][at] = "上村"
    again = bring(mine, sheets.write("x", table[0], table[1:]))
    assert again != sheet
    mine.get(again)
    assert "全部核对无误" in mine.words


def test_a_sheet_that_is_given_up_leaves_nothing(device: Devices) -> None:
    mine = town(device)
    sheet = bring(mine, workbook([row()]))
    mine.send(f"{sheet}/drop")
    assert "已放弃这张表" in mine.words
    mine.get(sheet)
    assert "已清除" in mine.words
    assert mine.send(f"{sheet}/take", fresh=True).status_code >= 400


def test_two_who_decide_on_one_page_do_not_both_win(device: Devices) -> None:
    mine, sheet = town(device), ""
    sheet = bring(mine, workbook([row()]))
    mine.get(f"{sheet}/drop")
    old = mine._hidden(f"{sheet}/drop")
    mine.press(sheet, f"{sheet}/again")
    jobs.work_off()
    assert mine._post(f"{sheet}/drop", {**old, "once": "another"}, True).status_code == 422
    assert "已经有人改过" in mine.words or "其他人" in mine.words or "有人" in mine.words


@pytest.mark.parametrize("english", [False, True])
def test_the_empty_sheet_has_the_systems_heads_and_lists(device: Devices, english: bool) -> None:
    mine = town(device)
    if english:
        mine.english()
    data = mine.get("/sheets/national/template.xlsx").get_data()
    heads = sheets.read(data, LARGE)[0]
    assert heads[1] == "姓名"
    with ZipFile(io.BytesIO(data)) as book:
        text = book.read("xl/worksheets/sheet1.xml")
    assert text.count(b"<dataValidation ") >= 15
    said = row()
    table = [[str(said.get(f, "")) for f in FIELDS]]
    from_template = sheets.write("x", [heads[_at(f)] for f in FIELDS], table)
    mine.get(bring(mine, from_template))
    assert "All rows are in order" in mine.words or "全部核对无误" in mine.words


def _at(field: str) -> int:

    return [c.field for c in NATIONAL.columns].index(field)


def test_a_title_above_the_heads_and_other_columns_do_no_harm(device: Devices) -> None:
    mine, said = town(device), row()

    heads = [NATIONAL.by_field[f].head for f in FIELDS]
    table = [
        ["全国儿童福利信息系统导出"],
        [*heads, "新列"],
        [*[str(said.get(f, "")) for f in FIELDS], "值"],
    ]
    mine.get(bring(mine, sheets.write("x", ["导出时间 2026-11-01"], table)))
    assert "全部核对无误" in mine.words


def test_missing_columns_are_named(device: Devices) -> None:
    mine = town(device)
    mine.get(bring(mine, workbook([row()], ("name", "sex", "village", "address"))))
    assert "缺少这些列：身份证号码" in mine.words
    mine.get(bring(mine, sheets.write("x", ["甲", "乙"], [["1", "2"]])))
    assert "缺少这些列：姓名，身份证号码，村（社区）" in mine.words


def _with(members: dict[str, bytes], base: bytes = b"") -> bytes:
    """A good workbook with more in it."""
    file = io.BytesIO(base or workbook([row()]))
    with ZipFile(file, "a", ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return file.getvalue()


def _formula() -> bytes:
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "身份证号码", "村（社区）"])
    sheet.write_formula(1, 0, '=HYPERLINK("x","y")')
    book.close()
    return file.getvalue()


def _many() -> bytes:
    return sheets.write("x", ["姓名", "身份证号码", "村（社区）"], [["a", "b", "c"]] * 20_001)


HOSTILE = {
    "formula": (_formula, FileFault.formulas, "表里有公式"),
    "macros": (lambda: _with({"xl/vbaProject.bin": b"x"}), FileFault.macros, "文件带有宏"),
    "link": (
        lambda: _with({"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        FileFault.outside,
        "引用了其他文件",
    ),
    "query": (lambda: _with({"xl/connections.xml": b"<x/>"}), FileFault.outside, "数据连接"),
    "entity": (
        lambda: _with(
            {"xl/worksheets/sheet9.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'}
        ),
        FileFault.entities,
        "不是 Excel 正常生成的文件",
    ),
    "xls": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        FileFault.old_xls,
        "请先另存为 xlsx",
    ),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        FileFault.protected,
        "文件设了密码",
    ),
    "bomb": (
        lambda: _with({"xl/media/a": bytes(LARGE.unfolded + 1)}),
        FileFault.unfolds_too_large,
        "展开后超过 200 MB",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(device: Devices, name: str) -> None:
    make, fault, said = HOSTILE[name]
    data = make()
    with pytest.raises(BadFile) as bad:
        sheets.measure(data, LARGE)
    assert bad.value.fault is fault
    mine = town(device)
    assert bring(mine, data) == ""
    assert mine.page is not None
    assert mine.page.status_code == 422
    assert said in mine.words


def test_too_many_rows_are_refused_in_the_worker(device: Devices) -> None:
    mine = town(device)
    mine.get(bring(mine, _many()))
    assert "表超过 20,000 行" in mine.words


def test_somebody_elses_sheet_is_not_there(device: Devices) -> None:
    sheet = bring(town(device), workbook([row()]))
    other = device()
    other.sign_in(national.township(people.OTHER_TOWNSHIP).phone)
    assert other.get(sheet).status_code == 404
    assert other.get(first_row(sheet)).status_code == 404
