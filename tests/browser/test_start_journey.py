"""How a coordinator of the Women's Federation begins: the lists that lie on paper come in, a wrong
row is mended in the page, the pairs go on, and gate by gate is made good, in a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Browser, expect

from jiedui.access.rules import Office, Role
from jiedui.children import queries as files
from jiedui.core import clock, db, jobs, sheets
from jiedui.helpers.exchange import LIST
from jiedui.intake.exchange import Layout
from jiedui.pairings.exchange import BEFORE
from jiedui.pairings.models import Pairing
from tests import people
from tests.browser.conftest import Served
from tests.browser.hand import Hand
from tests.browser.test_journey import only
from tests.builders import children as kids
from tests.builders import sheets as paper
from tests.builders.sheets import Said
from tests.people import Person


def upload(hand: Hand, words: str, layout: Layout, rows: Sequence[Said]) -> None:
    """From a page that leads there: choose the file, have it checked, come to what was found."""
    hand.page.get_by_role("link", name=words).click()
    hand.page.wait_for_load_state()
    file = {"name": "名单.xlsx", "mimeType": sheets.XLSX, "buffer": paper.book(layout, rows)}
    hand.page.set_input_files('main [name="file"]', file)  # type: ignore[arg-type]
    hand.press("上传并核对")
    hand.sees("正在")
    jobs.work_off()
    hand.page.wait_for_url(re.compile(r"/sheets/batch/\d+"))
    hand.page.reload()


def mend(hand: Hand, fault: str, **cells: str) -> None:
    """The one faulty row, cell by cell, in the page."""
    hand.sees("还有 1 行需要处理")
    hand.sees(fault)
    hand.page.locator("main td a, main th a").first.click()
    hand.page.wait_for_load_state()
    hand.sees(fault)
    hand.fill(**{f"cell-{name}": text for name, text in cells.items()})
    hand.press()
    hand.sees("全部核对无误")


def take_over(hand: Hand, rows: int) -> None:
    """Nothing is taken over before somebody says so."""
    hand.page.get_by_role("link", name="导入", exact=True).click()
    hand.page.wait_for_load_state()
    hand.press()
    jobs.work_off()
    hand.page.reload()
    hand.sees(f"已导入 {rows} 行")


def bring_mothers(browser: Browser, url: str, officer: Person, mothers: list[Said]) -> None:
    """Step 1: the list of caring mothers; one had not been asked yet."""
    hand = Hand(browser, url).sign_in(officer.phone)
    hand.go("/helpers")
    upload(hand, "导入名单", LIST, mothers)
    mend(hand, "未经本人同意不得登记", consent="是")
    take_over(hand, len(mothers))
    hand.go("/helpers")
    hand.sees("贾春妈妈")
    hand.done()


def bring_pairs(browser: Browser, url: str, officer: Person, pairs: list[Said]) -> None:
    """Step 2: who has been whose caring mother; one village was written wrongly."""
    hand = Hand(browser, url).sign_in(officer.phone)
    hand.go("/pairings/from-before")
    hand.sees("没有待补办的原有结对")
    upload(hand, "导入结对名单", BEFORE, pairs)
    mend(hand, "您的范围里没有这个村", village="上村")
    take_over(hand, len(pairs))
    hand.go("/pairings/from-before")
    expect(hand.page.locator(".jd-todo > li")).to_have_count(len(pairs))
    hand.sees("天")
    hand.done()


def line_of(hand: Hand, name: str) -> str:
    """What the work list says of one pair."""
    hand.go("/pairings/from-before")
    return hand.page.locator(".jd-todo > li", has_text=name).inner_text()


def find(hand: Hand, helper: int, gate: str) -> None:
    """One gate of one volunteer is found good."""
    hand.go(f"/helpers/{helper}/finding/{gate}")
    hand.fill(outcome="good", done_on=clock.today().isoformat())
    if gate == "record_check":
        hand.fill(authority="北试县公安局")
    hand.press()


def vet(browser: Browser, url: str, colleague: Person, helper: int, name: str) -> None:
    """Step 3: a colleague makes gate after gate good; the list says so at once."""
    hand = Hand(browser, url).sign_in(colleague.phone)
    assert "身份核实" in line_of(hand, name)
    find(hand, helper, "identity")
    line = line_of(hand, name)
    assert "身份核实" not in line
    assert "违法犯罪记录查询" in line
    for gate in ("record_check", "conduct", "training"):
        find(hand, helper, gate)
    hand.done()


def hear(browser: Browser, url: str, director: Person, pairing: int, child: int) -> None:
    """Step 4: the village's director asks guardian and child."""
    hand = Hand(browser, url).sign_in(director.phone)
    hand.go(f"/pairings/{pairing}/answer")
    hand.fill(consent="yes", means="paper", paper_holder="石例女", paper_where="村委会")
    hand.fill(how="alone", **{f"view_{child}": "yes"})
    hand.press()
    hand.done()


def complete(browser: Browser, url: str, colleague: Person, pairing: int, name: str) -> None:
    """Step 5: nothing is missing; the pair leaves the list and is a pairing like any other."""
    hand = Hand(browser, url).sign_in(colleague.phone)
    assert "已补齐" in line_of(hand, name)
    hand.go(f"/pairings/{pairing}")
    hand.press()
    hand.sees("已转为正式结对")
    hand.go("/pairings/from-before")
    expect(hand.page.locator(".jd-todo > li")).to_have_count(1)
    assert name not in hand.page.locator("main").inner_text()
    hand.done()


def test_from_lists_on_paper_to_pairs_like_any_other(browser: Browser, served: Served) -> None:
    """The start of a county that has paired for years, on SQLite and on PostgreSQL."""
    officer, colleague = (
        people.appoint(Role.coordinator, office=Office.womens_federation) for _ in range(2)
    )
    director = kids.director()
    two = [kids.household_child(director, consent=False, view=False) for _ in range(2)]
    mothers = [paper.mother(name=name) for name in ("贾春妈妈", "贾秋妈妈")]
    pairs = [_row(child, said) for child, said in zip(two, mothers, strict=True)]
    late, wrong = mothers[1] | {"consent": "否"}, pairs[1] | {"village": "上材"}
    bring_mothers(browser, served.url, officer, [mothers[0], late])
    bring_pairs(browser, served.url, officer, [pairs[0], wrong])
    with db.read():
        first = db.session.get_one(Pairing, only(Pairing) - 1)
        pairing, helper, child = first.id, first.helper_id, first.need.children[0].id
    vet(browser, served.url, colleague, helper, "贾春妈妈")
    hear(browser, served.url, director, pairing, child)
    complete(browser, served.url, colleague, pairing, "贾春妈妈")


def _row(child: int, mother: Said) -> Said:
    with db.read():
        kid = files.get(child)
        return {
            "child_name": kid.name, "child_birth": kid.birth_date.isoformat(),
            "township": "北东山镇", "village": "上村", "helper_name": mother["name"],
            "helper_phone": mother["phone"], "since": "2024年3月", "form": "一对一",
        }  # fmt: skip
