"""A township supervisor's quarter, in a browser: the national sheet comes in and is mended in the
page, a second person checks it, houses are visited, the review is signed off, and the statement
shows on the page, in Word and in Excel what a hand has counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser

from jiedui.access.rules import Role
from jiedui.core import jobs
from tests import people
from tests.browser.conftest import ItIs, Served
from tests.browser.hand import Hand
from tests.builders import national
from tests.builders import reviews as quarterly
from tests.people import Person

NAMES = ("示春来", "示春晓", "示春山", "示春雨", "示春禾", "示春江")
WELL = {"outcome": "seen", "doing": "well", "carer": "grandparent", "contact": "weekly"}


class Supervisor(Hand):
    """A supervisor at the township's computer."""

    def __init__(self, browser: Browser, served: Served, person: Person) -> None:
        super().__init__(browser, served.url)
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.sign_in(person.phone)

    def follow(self, words: str) -> None:
        """Follow the link of the page with these words."""
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state()

    def download(self, words: str, folder: Path) -> Path:
        """Have a file from the page."""
        with self.page.expect_download() as waiting:
            self.page.locator("main a", has_text=words).click()
        file = folder / waiting.value.suggested_filename
        waiting.value.save_as(file)
        return file


def sheet(folder: Path) -> Path:
    """Six children; one with a wrong digit, one of a village there is not."""
    rows = [national.row(name=name) for name in NAMES]
    number = rows[1]["id_number"]
    rows[1]["id_number"] = number[:-1] + ("1" if number[-1] != "1" else "2")
    rows[4]["village"] = "没有的村"
    file = folder / "national.xlsx"
    file.write_bytes(national.workbook(rows))
    rows[1]["id_number"], rows[4]["village"] = number, "上村"
    file.with_suffix(".right").write_text(number)
    return file


def bring(mine: Supervisor, file: Path) -> None:
    """The sheet is uploaded, its faults are mended in the page, and it is taken over."""
    mine.go("/sheets")
    mine.page.locator('#kind-national ~ * a, [aria-labelledby="kind-national"] a').last.click()
    mine.page.locator('main [type="file"]').set_input_files(file)
    mine.press("上传并核对")
    jobs.work_off()
    mine.page.reload()
    mine.sees("还有 2 行需要处理")
    mine.page.locator("main td a, main th a").first.click()
    mine.sees("身份证号")
    mine.fill(**{"cell-id_number": file.with_suffix(".right").read_text()})
    mine.press()
    mine.fill(**{"cell-village": "上村"})
    mine.press()
    mine.sees("全部核对无误")
    mine.page.locator("main a.btn-primary", has_text="导入").click()
    mine.press("导入 6 行")
    jobs.work_off()
    mine.page.reload()
    mine.sees("已导入 6 行")


def check(mine: Supervisor, second: Supervisor) -> None:
    """Who brought the sheet cannot check it; a colleague does."""
    mine.go("/children/check")
    mine.sees("由别人审核")
    assert mine.page.locator('main [name="child"]').count() == 0
    second.go("/children/check")
    for box in second.page.locator('main [name="child"]').all():
        box.check()
    second.press()
    second.sees("已审核 6 份档案")


def visit(mine: Supervisor, name: str, **found: Any) -> None:
    """A house of the walking list is visited: the next one, or one further down."""
    mine.go("/visits")
    mine.follow("上村")
    following = mine.page.locator(".jd-next")
    if name in following.inner_text():
        following.locator("a.btn-primary").click()
    else:
        mine.page.locator(".jd-stop a", has_text=name).first.click()
    mine.page.wait_for_url("**/new")
    assert mine.page.locator("main h1").inner_text() == name
    mine.fill(**(WELL | found))
    mine.press("保存")
    mine.page.wait_for_url("**/visits/villages/*")


def review(mine: Supervisor) -> None:
    """One child has left; the rest of the village is confirmed in one act; the sign-off."""
    mine.go("/reviews")
    mine.follow("上村")
    mine.press("确认")
    mine.go("/reviews")
    mine.page.locator("main a", has_text="签字确认").first.click()
    mine.press()
    mine.sees("复核已签字")


def figure_of(page: Any, name: str) -> list[str]:
    """A line of the page's tables: its figures."""
    line = page.locator("main tr").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    return [cell.inner_text().strip() for cell in line.first.locator("td").all()]


def test_a_township_supervisors_quarter(
    browser: Browser, served: Served, it_is: ItIs, tmp_path: Path
) -> None:
    it_is(date(2026, 5, 11))
    person, colleague = national.township(), national.township()
    people.appoint(Role.child_director, people.VILLAGE)
    mine, second = Supervisor(browser, served, person), Supervisor(browser, served, colleague)
    bring(mine, sheet(tmp_path))
    check(mine, second)
    second.done()
    for name in NAMES[:3]:
        visit(mine, name)
    visit(mine, NAMES[3], noticed=["out_of_school"])
    mine.go("/children?risk=yellow")
    mine.sees("找到 1 个")
    mine.sees(NAMES[3])
    mine.done()
    it_is(date(2026, 6, 25))
    quarterly.morning()
    mine = Supervisor(browser, served, person)
    review(mine)
    mine.done()
    it_is(date(2026, 7, 2))
    statement(Supervisor(browser, served, person), tmp_path)


def statement(mine: Supervisor, folder: Path) -> None:
    """The page, Word and Excel say the same, and what a hand has counted."""
    mine.go("/statement")
    mine.sees("2026年第2季度")
    assert figure_of(mine.page, "留守儿童") == ["6", "6"]
    paper = Document(str(mine.download("Word", folder)))
    lines = [[c.text for c in row.cells] for table in paper.tables for row in table.rows]
    assert ["留守儿童", "6", "6"] in lines
    book = load_workbook(mine.download("Excel", folder))
    rows = [list(row) for page in book for row in page.iter_rows(values_only=True)]
    assert ["留守儿童", 6, 6] in [row[:3] for row in rows]
    mine.done()
