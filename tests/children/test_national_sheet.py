"""The national system's sheet: taken over once and whole, changed where it says something new,
never asked again.

Made to catch: households not shared (first without setdefault), a second file for the same number
(by_index left out), an older word of the sheet over a newer one of the file (base ignored), a row
taken twice after a crash (taken not kept), the kept state without its categories (_past)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from jiedui.children import actions, queries
from jiedui.children.actions.past import _facts
from jiedui.children.actions.sheets import NationalReader
from jiedui.children.models import Child, FilePast, Household, NationalCopy
from jiedui.children.queries.ledger import id_index
from jiedui.children.rules import Category, Known, Relation, SchoolStage
from jiedui.core import clock, db, jobs
from jiedui.core.audit import AuditEntry, verify
from jiedui.core.jobs import Job, JobState
from jiedui.intake import actions as intake
from jiedui.intake import queries as sheets
from jiedui.intake.models import ImportBatch, ImportRow
from jiedui.intake.rules import Choice, SheetState
from tests import people
from tests.builders import children, national
from tests.builders.national import counts, problems, row, take, uploaded


def child_of(said: dict) -> Child:
    """The file of a row (inside a transaction)."""
    found = queries.by_id_number(people.region(people.COUNTY).id, said["id_number"])
    assert found is not None
    return found


def files() -> int:
    """How many files there are."""
    with db.read():
        return db.session.scalar(select(func.count()).select_from(Child)) or 0


def test_a_row_becomes_a_whole_file(either_app: Flask) -> None:
    by, said = national.officer(), row(disability="肢体", disability_grade="二级")
    sheet = uploaded([said], by)
    assert counts(sheet) == {"new": 1}
    assert files() == 0, "a sheet that was only checked makes nothing"
    take(sheet, by)
    with db.read():
        child = child_of(said)
        assert (child.name, child.village.name) == (said["name"], "上村")
        assert child.school_stage is SchoolStage.primary_3
        assert child.detail.ethnicity == "汉"
        assert child.detail.rural is True
        assert child.detail.national is Known.yes
        assert {Category.left_behind, Category.disabled} <= child.living_categories
        known = {g.relation: g for g in child.household.guardians}
        father = known[Relation.father]
        assert father.away
        assert father.is_guardian
        assert father.away_since is not None
        assert father.away_since.isoformat() == "2019-03-01"
        assert known[Relation.grandmother].is_carer
        assert not known[Relation.grandmother].is_guardian
        copy = db.session.get_one(NationalCopy, child.id)
        assert copy.cells["filled_by"] == "填表员", "what is not ours is kept too"


def test_what_is_kept_of_a_new_file_is_what_a_change_would_keep(app: Flask) -> None:
    """Written without objects, and yet the same."""
    by, said = national.officer(), row()
    take(uploaded([said], by), by)
    with db.write():
        child = child_of(said)
        kept = db.session.scalars(select(FilePast).where(FilePast.child_id == child.id)).one()
        now = _facts(child)
        assert {**kept.facts, "categories": dict(kept.facts["categories"])} == {
            **now, "categories": {k.value: v.value for k, v in now["categories"].items()},
        }  # fmt: skip
        assert not actions.settle_day([child], by=by.actor()), "the day changes nothing"


def test_brothers_and_sisters_share_a_household_in_one_sheet_and_over_two(app: Flask) -> None:
    by, first = national.officer(), row()
    parents = {k: v for k, v in first.items() if k.startswith(("father.", "mother."))}
    second, third = row() | parents, row() | parents
    take(uploaded([first, second], by), by)
    take(uploaded([third], by), by)
    with db.read():
        homes = {child_of(one).household_id for one in (first, second, third)}
        assert len(homes) == 1
        assert db.session.scalar(select(func.count()).select_from(Household)) == 1


def test_the_same_rows_again_change_nothing(either_app: Flask) -> None:
    by, rows = national.officer(), [row() for _ in range(5)]
    data = national.workbook(rows)
    first = uploaded(rows, by, data)
    take(first, by)
    assert uploaded(rows, by, data) == first, "the same file is the same sheet"
    again = uploaded(rows, by, national.workbook(rows, (*national.FIELDS[1:], "name")))
    assert again != first
    assert counts(again) == {"same": 5}
    with db.read():
        before = db.session.scalar(select(func.count()).select_from(FilePast))
    take(again, by)
    with db.read():
        assert db.session.scalar(select(func.count()).select_from(FilePast)) == before
    assert files() == 5


def test_news_change_the_file_and_old_news_do_not(app: Flask) -> None:
    by, said = national.officer(), row()
    take(uploaded([said], by), by)
    with db.write():
        child = child_of(said)
        detail = actions.DetailSaid(ethnicity="畲族", address="四组一号", rural=True)
        actions.change_detail(child, detail, by=by.actor())
    news = said | {"year": "四年级", "father.phone": "13712345678"}
    sheet = uploaded([news], by)
    assert counts(sheet) == {"changed": 1}
    take(sheet, by)
    with db.read():
        child = child_of(said)
        assert child.school_stage is SchoolStage.primary_4
        assert child.household.guardians[0].phone == "13712345678"
        assert child.detail.ethnicity == "畲族", "what we have learned since stays"
        assert child.household.address == "四组一号"


def test_everything_that_is_wrong_is_named_by_cell(app: Flask) -> None:
    good, twice = row(), row()
    rows = [
        good,
        row(id_number=1.2345678901234567e17),
        row(id_number=people.rounded_id_number(children.born(9).year)),
        row(village="没有村"),
        row(father__phone="12", father__away_since="去年"),
        row(carer__name=""),
        row(id_number=people.id_number(children.born(30))),
        row(sex="男"),
        row(school="大学"),
        row(name=""),
        twice,
        row(id_number=twice["id_number"]),
        row(disability="听力"),
    ]
    sheet = uploaded(rows, national.officer())
    assert problems(sheet) == [
        (3, "id_number", "spreadsheet"),
        (4, "id_number", "spreadsheet"),
        (5, "village", "village unknown"),
        (6, "father.phone", "no phone"),
        (6, "father.away_since", "no date"),
        (7, "carer.name", "carer missing"),
        (8, "birth_date", "over 18"),
        (9, "sex", "sex differs"),
        (10, "school", "unknown word"),
        (11, "name", "missing"),
        (13, "id_number", "twice"),
        (14, "disability_grade", "grade missing"),
    ]
    assert counts(sheet) == {"new": 2, "faulty": 11}


def test_a_faulty_row_stops_the_sheet_unless_somebody_leaves_it_out(app: Flask) -> None:
    by = national.officer()
    sheet = uploaded([row(), row(village="没有村")], by)
    with pytest.raises(Exception, match="rows open"):
        take(sheet, by)
    assert files() == 0
    take(sheet, by, without_faulty=True)
    assert files() == 1


def test_a_likely_double_is_the_same_person_or_another(app: Flask) -> None:
    by = national.officer()
    with db.read():
        here = children.born(9)
    known = children.household_child(name="示重名", birth_date=here)
    same, other = row(name="示重名"), row(name="示重名")
    sheet = uploaded([same, other], by)
    assert counts(sheet) == {"double": 2}
    with db.write():
        first, second = sheets.part(sheet, 0, 2)
        intake.decide(first, Choice.same_person, known, by=by.actor())
        intake.decide(second, Choice.another, None, by=by.actor())
    assert counts(sheet) == {"changed": 1, "new": 1}
    take(sheet, by)
    with db.read():
        assert child_of(same).id == known
        assert child_of(other).id != known
    assert files() == 2


def test_a_township_brings_its_own_villages_only(app: Flask) -> None:
    by, elsewhere = national.township(), row(township="北西河乡")
    sheet = uploaded([row(), elsewhere], by)
    assert problems(sheet) == [(3, "village", "village unknown")]
    county = national.officer()
    take(uploaded([elsewhere], county), county)
    again = uploaded([elsewhere | {"township": "北东山镇"}], by)
    assert problems(again) == [(2, "id_number", "known elsewhere")]


def test_a_mended_row_is_looked_at_again_with_those_that_had_its_number(app: Flask) -> None:
    by, first = national.officer(), row()
    sheet = uploaded([first, row(id_number=first["id_number"])], by)
    assert counts(sheet) == {"new": 1, "faulty": 1}
    with db.write():
        one = sheets.part(sheet, 0, 1)[0]
        intake.mend(one, {"id_number": people.id_number(children.born(9))}, by=by.actor())
    assert counts(sheet) == {"new": 2}


def test_a_crash_in_the_middle_is_led_to_the_end(
    either_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that were written stay, the broken one leaves nothing, the rest follows."""
    by, rows = national.officer(), [row() for _ in range(7)]
    sheet = uploaded(rows, by)
    monkeypatch.setattr("jiedui.children.actions.sheets.NationalSheet.at_once", 2)
    whole, calls = NationalReader._keep, []

    def breaks(self: NationalReader, *args: object) -> None:
        calls.append(1)
        if 2 <= len(calls) <= 4:
            raise RuntimeError("the power went")
        whole(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(NationalReader, "_keep", breaks)
    take(sheet, by)
    with db.read():
        batch = sheets.get(sheet)
        assert batch.state is SheetState.taking
        assert db.session.get_one(Job, batch.job_id).state is JobState.failed
    assert files() == 2
    with clock.moved_to(clock.now() + 2 * jobs.STUCK_AFTER):
        with db.read():
            county = people.region(people.COUNTY).id
        with db.write():
            jobs.ask("intake.go_on", by=by.actor(), county_id=county, county=county)
        jobs.work_off()
    with db.read():
        assert sheets.get(sheet).state is SheetState.taken
        assert verify(county) == []
        acts = select(func.count()).where(AuditEntry.act == "child.registered")
        assert db.session.scalar(acts) == 7
        rows_ = db.session.scalars(select(ImportRow).where(ImportRow.batch_id == sheet))
        assert all(r.taken and r.object_id for r in rows_)
    assert files() == 7


def test_who_is_registered_meanwhile_is_not_registered_twice(app: Flask) -> None:
    by, said = national.officer(), row()
    sheet = uploaded([said], by)
    number = children.checked(said["id_number"])
    known = children.household_child(
        name=said["name"], id_number=number, birth_date=children.born(9)
    )
    take(sheet, by)
    assert files() == 1
    with db.read():
        assert child_of(said).id == known
        assert child_of(said).detail.ethnicity == "汉"


def test_what_a_sheet_said_is_gone_after_thirty_days(app: Flask) -> None:
    by, said = national.officer(), row()
    sheet = uploaded([said], by)
    take(sheet, by)
    later = clock.now() + (clock.at(clock.today()) - clock.at(clock.today()))
    with clock.moved_to(later.replace(year=later.year + 1)), db.write():
        county = people.region(people.COUNTY).id
        jobs.ask("intake.forget", by=by.actor(), county_id=county, county=county)
    with clock.moved_to(later.replace(year=later.year + 1)):
        jobs.work_off()
    with db.read():
        batch = db.session.get_one(ImportBatch, sheet)
        one = db.session.scalars(select(ImportRow)).one()
        assert (one.cells, one.key, batch.file, batch.heads) == (None, None, None, [])
        assert counts(sheet) == {"new": 1}
        assert id_index(said["id_number"]) == child_of(said).id_index


def test_nothing_of_a_row_lies_in_the_clear(app: Flask, tmp_path) -> None:  # type: ignore[no-untyped-def]
    by, said = national.officer(), row(address="秘密地址")
    uploaded([said], by)
    db.database().close()
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("jiedui.db*"))
    for secret in (said["name"], said["id_number"], said["father.phone"], "秘密地址"):
        assert str(secret).encode() not in raw
