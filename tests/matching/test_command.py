"""The engine without a portal: files in, plan and report out, faults by row and column."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matching import BARRIERS, STEPS, Policy, Problem, match, report
from matching.__main__ import main
from matching.tables import read_helpers, read_needs

NEEDS = """id,county,kind,lat,lon,township_id,slots,languages,child_ids,child_sex,urgency,starts
1,A,reading,25.60,115.79,3,sat-am sun-am,hakka,11,f,red,2026-09-01
2,A,tutoring,25.61,115.80,3,sat-am,putonghua,12,m,,
3,A,reading,,,3,wed-eve,,13,m,,
1,B,reading,25.90,115.90,4,sat-am,,11,m,,
"""
HELPERS = """id,county,sex,offers,lat,lon,max_km,slots,languages,capacity,periods
7,A,f,reading tutoring,25.60,115.78,10,sat-am sat-pm sun-am,hakka putonghua,2,2026-09-01/
9,B,m,reading,25.91,115.90,10,15,,1,2026-09-01/2027-06-30
"""


class Tags(HTMLParser):
    """Collects tags and refuses ends that fit nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "line", "rect", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "rect", "circle"):
            assert self.open.pop() == tag


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two counties on disk."""
    needs, helpers = tmp_path / "needs.csv", tmp_path / "helpers.csv"
    needs.write_text(NEEDS, "utf-8-sig")
    helpers.write_text(HELPERS, "utf-8")
    return needs, helpers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_plan_and_report(
    files: tuple[Path, Path], tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, report = tmp_path / "plan.csv", tmp_path / "report.html"
    paths = [str(path) for path in files]
    extra = ["--out", str(out), "--report", str(report), "--lang", language]
    assert main([*paths, *extra]) == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [(r["county"], r["need_id"], r["helper_id"], r["slot"]) for r in rows] == [
        ("A", "1", "7", "sun-am"),
        ("A", "2", "7", "sat-am"),
        ("B", "1", "9", "sat-am"),
    ]
    for row in rows:
        points = [int(value) for name, value in row.items() if name.startswith("points_")]
        assert sum(points) == int(row["score"]) > 0
    html, tags = report.read_text("utf-8"), Tags()
    tags.feed(html)
    assert tags.open == []
    assert tags.seen.count("circle") == 3
    assert tags.seen.count("svg") == 2
    assert ("整" in html or "的" in html) == (language == "zh")
    assert "solved 2 of 2" in capsys.readouterr().err


def test_faults_are_named_by_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    needs, helpers = tmp_path / "needs.csv", tmp_path / "helpers.csv"
    needs.write_text(
        "id,kind,slots,lat,starts,urgency\n"
        "1,reading,sat-noon,95,tomorrow,green\n"
        "1,reading,sat-am,25,,\n"
        "x,,sat-am,25,,\n",
        "utf-8",
    )
    helpers.write_text("id,offers,horse\n1,reading,grey\n", "utf-8")
    assert main([str(needs), str(helpers), "--out", str(tmp_path / "plan.csv")]) == 2
    shown = capsys.readouterr().err
    for place in (
        "needs.csv row 2, slots:",
        "needs.csv row 2, lat:",
        "needs.csv row 2, starts:",
        "needs.csv row 2, urgency:",
        "needs.csv row 3, id: 1 occurs twice",
        "needs.csv row 4, id:",
        "needs.csv row 4, kind: must not be empty",
        "helpers.csv row 1, horse:",
    ):
        assert place in shown
    assert not (tmp_path / "plan.csv").exists()


def test_empty_cells_keep_the_defaults(files: tuple[Path, Path]) -> None:
    needs, helpers = read_needs(files[0]), read_helpers(files[1])
    assert needs.rows[2].lat is None
    assert needs.rows[1].urgency == "normal"
    assert helpers.rows[0].periods[0][1] is None
    assert helpers.rows[1].slots == frozenset({15})
    plan = match(Problem.from_rows(needs.rows[:3], helpers.rows[:1]), Policy())
    assert [unmet.need_id for unmet in plan.unmet] == [3]


def test_every_code_has_its_words() -> None:
    words = json.loads(Path(report.__file__).with_name("report_words.json").read_text("utf-8"))
    assert words["zh"].keys() == words["en"].keys()
    for language in words.values():
        assert set(language["barriers"]) == set(BARRIERS)
        assert {step.replace("slot", "slot_change") for step in STEPS} <= language.keys()
