"""A county sets its own rules and hotlines from the command line, and pages follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from jiedui.__main__ import main
from jiedui.core import db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.factory import create_app
from jiedui.regions import queries
from jiedui.regions.rules import DEFAULTS, Setting
from tests import people
from tests.client import Browser
from tests.conftest import settings_at

NORTH, SOUTH = ("--code", people.COUNTY), ("--code", people.OTHER_COUNTY)


@pytest.fixture(autouse=True)
def here(app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the database of this test."""
    monkeypatch.setenv("JIEDUI_MODE", "test")
    monkeypatch.setenv("JIEDUI_VAR", str(tmp_path))


def held(name: Setting, code: str = people.COUNTY) -> object:
    """What holds in a county."""
    with db.read():
        return queries.setting(people.region(code).id, name)


def test_a_setting_holds_in_its_county_only_and_is_on_record() -> None:
    """Seen to fail when the first county was taken whatever its code."""
    assert main(["county", "trial days", "45", *NORTH]) == 0
    assert held(Setting.trial_days) == 45
    assert held(Setting.trial_days, people.OTHER_COUNTY) == 30
    with db.read():
        assert Act.county_setting_changed in db.session.scalars(select(AuditEntry.act)).all()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("timer round", "no", False),
        ("sex_rule", "Yes", True),
        ("text weight", "30", 30),
        ("duty phone", " 0797-1234567 ", "0797-1234567"),
        ("office for", "reading=education", {"reading": "education"}),
        (
            "visit plan",
            "red=3, new file=8",
            DEFAULTS[Setting.visit_plan] | {"red": 3, "new file": 8},
        ),
        ("school holidays", "winter=2-1", {"winter": "02-01", "summer": "07-05"}),
    ],
)
def test_values_are_read_as_people_type_them(name: str, text: str, value: object) -> None:
    """Yes and no, numbers, words, offices by kind."""
    assert main(["county", name, text, *NORTH]) == 0
    assert held(Setting(name.replace("_", " "))) == value


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["trial days", "soon", *NORTH], "a whole number"),
        (["timer round", "maybe", *NORTH], "yes or no"),
        (["no such thing", "1", *NORTH], "there is no setting"),
        (["trial days", "45"], "which county?"),
        (["office for", "reading=nobody", *NORTH], "offices are"),
        (["office for", "reading", *NORTH], "kind=office"),
        (["visit plan", "pink=3", *NORTH], "rows are red"),
        (["visit plan", "red=0", *NORTH], "a number from 1 to 366"),
        (["school holidays", "winter=02-30", *NORTH], "month-day"),
        (["school holidays", "winter=soon", *NORTH], "month-day"),
    ],
)
def test_a_value_that_is_none_is_refused_and_says_why(
    words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is changed."""
    assert main(["county", *words]) == 2
    assert why in capsys.readouterr().err
    assert held(Setting.trial_days) == 30


def test_the_list_says_what_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """And what was changed."""
    assert main(["county", "trial days", "45", *NORTH]) == 0
    assert main(["county", *NORTH]) == 0
    shown = capsys.readouterr().out
    assert all(name.value in shown for name in Setting)
    assert "45\n" in shown
    assert "(as it comes)" in shown


def test_a_hotline_is_put_on_every_page_and_taken_off(tmp_path: Path) -> None:
    """In both languages."""
    assert main(["hotline", "0797-110", "本县热线", "County line", *NORTH]) == 0
    mine = Browser(create_app(settings_at(tmp_path), queue=False))
    mine.get("/about")
    assert "本县热线" in mine.words
    assert "County line" in mine.english().get("/about").get_data(as_text=True)
    assert main(["hotline", "0797-110", "--remove", *NORTH]) == 0
    assert main(["hotline", "0797-110", "--remove", *NORTH]) == 2
    mine = Browser(create_app(settings_at(tmp_path), queue=False))
    mine.get("/about")
    assert "本县热线" not in mine.words
