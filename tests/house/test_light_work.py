"""What the rules of 2026 for government applications forbid to ask of those who work at the grass
roots: proof by photo, by place, by clocking in, and the same fact twice (整治"指尖上的形式主义").

Seen to fail: a photo made needed in a visit, a talk that asks where the child is boarded."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from wtforms import FileField
from wtforms.fields.core import UnboundField

import jiedui
from jiedui.care.forms.guardianship import MoveForm, TalkForm
from jiedui.care.forms.reviews import LeaveForm
from jiedui.care.forms.screening import MarkForm as ScreeningMark
from jiedui.care.forms.support import MarkForm as SupportMark
from jiedui.care.forms.visits import HouseVisitForm
from jiedui.children.forms.family import DetailForm, EvidenceForm, GuardianForm
from jiedui.children.forms.pages import ChangeForm
from jiedui.core import assets, db
from jiedui.core.forms import Form

# A page whose only purpose is to bring a file, which nothing else waits for.
# Of the report door nothing is needed, and a voice stands for words.
BRINGS_A_FILE = {
    "UploadForm",
    "SheetForm",
    "ScanForm",
    "PictureForm",
    "PlacePictureForm",
    "FixPictureForm",
    "ReportForm",
}
FILE = (ChangeForm, DetailForm, GuardianForm)
RECORDS = (HouseVisitForm, ScreeningMark, LeaveForm, TalkForm, SupportMark, MoveForm)
# When something was, and why: of each thing its own.
OF_EACH = {"on", "on_day", "reason", "note", "version", "outcome"}
BY_PLACE = re.compile(r"check_?in|clock_?in|punch|gps|\blocated|whereabouts")
ASKS_THE_PHONE = re.compile(
    r"geolocation|getUserMedia|capture=\"(?:user|environment)\"[^>]*required"
)


def forms() -> list[type[Form]]:
    """Every form of the house."""
    for room in pkgutil.walk_packages(jiedui.__path__, "jiedui."):
        if ".forms" in room.name and "migrations" not in room.name:
            importlib.import_module(room.name)
    return sorted(_below(Form), key=lambda one: one.__qualname__)


def _below(kind: type[Form]) -> set[type[Form]]:
    return {kind}.union(*map(_below, kind.__subclasses__()))


def fields(form: type[Form]) -> dict[str, UnboundField]:
    """The fields of a form, by name."""
    found = ((name, getattr(form, name, None)) for name in dir(form))
    return {name: one for name, one in found if isinstance(one, UnboundField)}


def needed(field: UnboundField) -> bool:
    """Whether a form is refused without it."""
    checks = [*field.kwargs.get("validators", ()), *(field.args[1] if len(field.args) > 1 else ())]
    return any(hasattr(one, "field_flags") and "required" in one.field_flags for one in checks)


def test_no_form_needs_a_photo() -> None:
    """Only pages that are there to bring a file have one that is waited for."""
    with_files = {
        form.__name__: [name for name, one in fields(form).items()
                        if issubclass(one.field_class, FileField)]
        for form in forms()
    }  # fmt: skip
    asking = {name for name, found in with_files.items() if found}
    assert asking <= BRINGS_A_FILE | {EvidenceForm.__name__}
    assert not needed(fields(EvidenceForm)["file"])


def test_no_form_asks_where_somebody_is() -> None:
    """A point on the map is of a place that is entered, never of who works; nothing clocks in."""
    asked = {
        (form.__name__, name)
        for form in forms()
        for name in fields(form)
        if name in ("latitude", "longitude") or BY_PLACE.search(name)
    }
    things = ("PlaceForm", "HazardForm")  # a place, a pond: neither walks about
    assert asked == {(form, name) for form in things for name in ("latitude", "longitude")}
    kept = [
        f"{table.name}.{column.name}"
        for table in db.Base.metadata.sorted_tables
        for column in table.columns
        if BY_PLACE.search(column.name)
    ]
    assert kept == []


def texts() -> Iterator[tuple[str, str]]:
    """Every script and template that a phone gets."""
    for folder, ending in (("static", "*.js"), ("templates", "*.html")):
        for path in assets.folder(folder).rglob(ending):
            yield path.name, path.read_text(encoding="utf-8")


def test_no_page_asks_the_phone_where_it_is_or_for_its_camera() -> None:
    assert [name for name, text in texts() if ASKS_THE_PHONE.search(text)] == []


def test_what_the_file_holds_is_not_asked_again() -> None:
    """Neither in a visit, a screening, a review, a talk nor a step of support."""
    held = {name for form in FILE for name in fields(form)} - OF_EACH
    for form in RECORDS:
        assert not held & fields(form).keys(), form.__name__


@pytest.mark.parametrize(("one", "other"), list(combinations(RECORDS, 2)))
def test_no_two_records_ask_the_same(one: type[Form], other: type[Form]) -> None:
    """One visit serves the plan of visits, the review, the support and the contact question."""
    assert not (fields(one).keys() & fields(other).keys()) - OF_EACH
    labels = [{str(f.args[0]) for n, f in fields(form).items() if f.args and n not in OF_EACH}
              for form in (one, other)]  # fmt: skip
    assert not labels[0] & labels[1]
