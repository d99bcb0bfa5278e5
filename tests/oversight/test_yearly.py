"""The yearly audit: counted by hand here, read on the page, in Word, in Excel and by the command.

Seen to fail: a file that came back after the year counted in it (FileMoves.open_at), a request
open beyond its days that was not late (_requests), a reveal by its field instead of its reason
(reveals), Word with figures of its own (Paper.table), a refused file, and what somebody wrote as a
purpose, in the share register (_exports).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import text

from jiedui.__main__ import main
from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.oversight.queries import yearly
from jiedui.oversight.rules.yearly import AgeGroup, FileMoves, age_group, shown_first, to_be_filed
from tests import people
from tests.builders import years
from tests.builders.reviews import on
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


@pytest.fixture
def here(app: Flask, device: Device) -> years.County:
    """The county after its year."""
    return years.year(device)


@pytest.fixture
def january() -> Iterator[None]:
    """A Monday in January, when the year before is reported."""
    with on(2027, 1, 11):
        yield


def figures(number: int = 2026, *, walk: bool = False) -> yearly.Year:
    """The county's year."""
    with db.read():
        return yearly.of_year(people.region(people.COUNTY), number, walk=walk)


def at(device: Device, person: Person) -> Browser:
    """Somebody's browser."""
    browser = device()
    browser.sign_in(person.phone)
    return browser


HAND = {
    "minors:end:under 14": 1, "minors:end:14 to 17": 2, "minors:end:18 and over": 1,
    "minors:ever:under 14": 2, "minors:ever:14 to 17": 2, "minors:ever:18 and over": 1,
    "consent:matching:yes": 3, "consent:matching:no": 0, "consent:matching:withdrawn": 1,
    "view:matching:yes": 3,
    "look:file:child_director": 2, "look:file:coordinator": 1,
    "look:revealed:child_director": 1, "reveal:school": 1,
    "door:act refused:child_director": 2, "door:sign-in refused:child_director": 1,
    "export:school:asked": 1, "export:school:agreed": 1, "export:school:fetched": 1,
    "export:school:rows": 5, "export:school:refused": 0,
    "export:medical:asked": 1, "export:medical:refused": 1, "export:medical:rows": 0,
    "request:look:received": 1, "request:look:open": 1, "request:look:late": 1,
    "request:delete:received": 1, "request:delete:refused": 1, "request:delete:late": 1,
    "request:delete:longest": 31,
    "cleared runs": 1,
    "account:child_director": 1, "account:auditor": 1, "account without:auditor": 1,
}  # fmt: skip


def test_the_figures_are_those_counted_by_hand(here: years.County, january: None) -> None:
    found = figures().figures
    assert {name: found.get(name, 0) for name in HAND} == HAND


def test_the_same_on_postgresql(postgres_app: Flask) -> None:
    """Every query of the year and the register."""
    device = lambda: Browser(postgres_app)  # noqa: E731
    years.year(device)
    with on(2027, 1, 11):
        found = figures(walk=True)
        assert {name: found.figures.get(name, 0) for name in HAND} == HAND
        assert found.faults == 0
        page = at(device, people.appoint(Role.auditor))
        assert page.get("/shares?year=2026").status_code == 200
        assert page.get("/yearly/impact").status_code == 200


def test_a_year_is_counted_until_today_while_it_runs(here: years.County) -> None:
    with on(2026, 6, 1):
        found = figures()
        assert (found.running, found.last) == (True, date(2026, 6, 1))
        assert found.figures["minors:end:14 to 17"] == 2
    with on(2027, 1, 11):
        assert not figures().running
        with pytest.raises(Missing):
            figures(2024)
        with pytest.raises(Missing):
            figures(2028)


def test_a_broken_record_is_said(here: years.County, january: None) -> None:
    assert figures(walk=True).faults == 0
    assert figures().faults is None
    with db.write():
        db.session.execute(text("UPDATE audit_entry SET act = 'signed in' WHERE seq = 5"))
    assert figures(walk=True).faults


def test_another_countys_year_is_its_own(here: years.County, january: None) -> None:
    with db.read():
        other = yearly.of_year(people.region(people.OTHER_COUNTY), 2026)
    assert other.figures["minors:ever:under 14"] == 0
    assert "look:file:child_director" not in other.figures


def test_word_and_excel_hold_the_figures_of_the_page(
    here: years.County, january: None, device: Device
) -> None:
    desk = at(device, here.auditor)
    paper = Document(BytesIO(desk.get("/yearly/docx?year=2026").get_data()))
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in paper.tables]
    minors = next(t for t in tables if t[0][0] == "年龄")
    assert minors[1:] == [
        ["不满14周岁", "1", "2"],
        ["14周岁以上不满18周岁", "2", "2"],
        ["已满18周岁", "1", "1"],
        ["合计", "4", "5"],
    ]
    book = load_workbook(BytesIO(desk.get("/yearly/xlsx?year=2026").get_data()))
    cells = [
        [str(c.value if c.value is not None else "") for c in row] for row in book.worksheets[1]
    ]
    assert cells[: len(minors)] == minors
    assert book.worksheets[1]["B2"].data_type == "n"
    desk.get("/yearly?year=2026&record=checked")
    # Every table of the paper stands on the page, cell by cell.
    for table in tables[1:-1]:
        for row in table[1:]:
            assert " ".join(" ".join(row).split()) in desk.words
    assert "完整，逐条校验无误" in desk.words
    said = "\n".join(p.text for p in paper.paragraphs)
    assert "2027年1月31日" in said
    assert "未成年人个人信息保护年度合规审计材料" in said
    assert tables[-1][1][0].startswith("审计人员")


def test_the_page_asks_before_it_walks_the_record(
    here: years.County, january: None, device: Device
) -> None:
    desk = at(device, here.auditor)
    desk.get("/yearly")
    assert "2026 年度" in desk.words
    assert "本页未校验" in desk.words
    assert desk.get("/yearly?year=2023").status_code == 404
    assert desk.get("/yearly/pdf").status_code == 404
    english = at(device, here.auditor).english()
    english.get("/yearly")
    assert "Minors whose data is handled" in english.words
    assert "cyberspace office by 31 January 2027" in english.words


def test_the_register_says_what_went_to_whom(
    here: years.County, january: None, device: Device
) -> None:
    desk = at(device, here.auditor)
    desk.get("/shares?year=2026")
    assert "已下载的含姓名文件 X-0001 北东山镇" in desk.words
    assert "X-0002" not in desk.words  # refused: nothing was given
    desk.get("/shares?year=2025")
    assert "本年度未向他人提供个人信息" in desk.words
    book = load_workbook(BytesIO(desk.get("/shares/xlsx?year=2026").get_data()))
    assert [cell.value for cell in book.worksheets[2][2]][2] == "X-0001"


def test_no_paper_names_anybody(here: years.County, january: None, device: Device) -> None:
    """Neither the family, nor what somebody wrote of it as a purpose, a request or an answer."""
    desk = at(device, here.auditor)
    found = desk.get("/yearly?year=2026&record=checked").get_data(as_text=True)
    found += desk.get("/shares?year=2026").get_data(as_text=True)
    for path in ("/yearly/docx", "/yearly/xlsx", "/shares/xlsx", "/yearly/impact"):
        found += years.texts(desk.get(f"{path}?year=2026").get_data())
    assert [secret for secret in years.SECRETS if secret in found] == []
    assert here.director.phone not in found


def test_the_command_writes_every_paper(
    here: years.County,
    january: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same figures as on the page, in both languages; nobody is named."""
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))
    out = tmp_path / "pack"
    asked = ["audit", "pack", "--year", "2026", "--out", str(out), "--code", "990001"]
    assert main(asked) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [
        "990001000000-2026-audit.docx", "990001000000-2026-audit.xlsx",
        "990001000000-2026-shares.xlsx", "990001000000-2027-01-11-impact.docx",
    ]  # fmt: skip
    assert len(capsys.readouterr().out.splitlines()) == len(names)
    whole = "".join(years.texts(path.read_bytes()) for path in out.iterdir())
    assert "不满14周岁" in whole
    assert [secret for secret in years.SECRETS if secret in whole] == []
    assert main([*asked, "--language", "en"]) == 0
    assert "Under 14" in years.texts((out / names[0]).read_bytes())
    assert main(["audit", "pack", "--year", "2019", "--out", str(out), "--code", "990001"]) == 2
    assert "no record of 2019" in capsys.readouterr().err
    assert main(["audit", "pack", "--out", str(out), "--code", "77"]) == 2


INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(st.lists(INSTANTS, min_size=1, max_size=6, unique=True), INSTANTS, INSTANTS)
def test_a_file_is_on_file_between_what_opened_and_what_closed_it(
    moments: list[datetime], one: datetime, other: datetime
) -> None:
    """Against walking through its whole life, whatever was done and whenever the year lies."""
    entered, *rest = sorted(moments)
    starts, ends = sorted((one, other))
    # The record that is read begins with the year: earlier moves are not looked at.
    closing = [number % 2 == 0 for number in range(len(rest))]
    file = FileMoves(
        entered,
        open=len(rest) % 2 == 0,
        moves=tuple((at, c) for at, c in zip(rest, closing, strict=True) if at >= starts),
    )

    def walked(at: datetime) -> bool:
        done = [c for when, c in zip(rest, closing, strict=True) if when < at]
        return entered < at and not (done and done[-1])

    assert file.open_at(starts) == walked(starts)
    assert file.open_at(ends) == walked(ends)
    opened = [entered, *(at for at, c in zip(rest, closing, strict=True) if not c)]
    ever = walked(starts) or any(starts <= at < ends for at in opened)
    assert file.open_between(starts, ends) == ever


def test_ages_are_parted_as_the_law_does() -> None:
    last = date(2026, 12, 31)
    assert age_group(date(2013, 1, 1), last) is AgeGroup.under_14
    assert age_group(date(2012, 12, 31), last) is AgeGroup.to_17
    assert age_group(date(2009, 1, 1), last) is AgeGroup.to_17
    assert age_group(date(2008, 12, 31), last) is AgeGroup.grown_up


def test_until_spring_the_year_before_is_shown() -> None:
    """It is what has to be filed; where there is no record of it, the present one."""
    assert shown_first(date(2027, 1, 11), [2026, 2027]) == 2026
    assert shown_first(date(2027, 3, 31), [2026, 2027]) == 2026
    assert shown_first(date(2027, 4, 1), [2026, 2027]) == 2027
    assert shown_first(date(2027, 1, 11), [2027]) == 2027
    assert to_be_filed(2026) == date(2027, 1, 31)
