"""Migrations bring a database to what the code speaks of, up and down, with data in it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from jiedui.access import actions as access
from jiedui.access.rules import GrantLevel, Role
from jiedui.care.rules.visits import Noticed
from jiedui.children import queries as children
from jiedui.children.rules import ClearedFor
from jiedui.core import clock, db, outbox, schema
from jiedui.core.actors import SYSTEM
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.files import actions as files
from jiedui.files.rules import Asked, How, Outcome
from jiedui.helpers import actions as helping
from jiedui.helpers import queries as helpers
from jiedui.pairings.rules import PairingState
from jiedui.partners import actions
from jiedui.partners.rules import PlaceKind, PlaceSaid
from jiedui.protection.actions import duty
from jiedui.protection.actions.duty import TurnSaid
from jiedui.protection.rules.case import Stage
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.activities.test_courses import joined, untrained
from tests.activities.test_event_looks import company
from tests.activities.test_event_signs import arrive, at, leave, with_volunteer
from tests.activities.test_events import seated
from tests.activities.test_slips import slips
from tests.builders import beyond, closed, courses, events, pairings, teams, worries
from tests.builders import children as kids
from tests.builders.helpers import cleared_volunteer
from tests.builders.needs import place
from tests.builders.visits import visited

GRANTED = files.Answered(Outcome.granted, None, "")


def test_head_equals_the_models(either_app: Flask) -> None:
    """Nothing was changed in a model and forgotten in a migration."""
    assert schema.differences(db.database().url) == []


@pytest.mark.reliability  # minutes: sixty steps down and up, each with data
@pytest.mark.parametrize(
    "either_app",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
    ids=str,
)
def test_every_step_goes_down_and_up_with_data(either_app: Flask) -> None:
    """Rows of other tables survive; at the end the tables are the models' again."""
    people.appoint(Role.account_admin)
    url = db.database().url
    db.database().close()
    before = _count(url, "region")
    script = schema.ScriptDirectory.from_config(schema.config())
    steps = [step.revision for step in script.walk_revisions()]
    for revision in steps[:-1]:  # from the newest: down, up again, and down to the next
        schema.downgrade(url, _below(revision))
        schema.upgrade(url, revision)
        schema.downgrade(url, _below(revision))
    schema.upgrade(url)
    assert _count(url, "region") == before
    assert schema.differences(url) == []


def test_the_first_step_goes_all_the_way_down(app: Flask) -> None:
    """An empty database is left, and can be brought up again."""
    url = db.database().url
    db.database().close()
    schema.downgrade(url, "base")
    left = set(inspect(create_engine(url)).get_table_names())
    assert left <= {"alembic_version"}
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_a_copy_is_made_before_a_migration(tmp_path: Path) -> None:
    """On SQLite the file lies beside it as it was."""
    path = tmp_path / "a.db"
    url = f"sqlite:///{path}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE old_thing (id INTEGER)"))
    engine.dispose()
    copy = schema.upgrade(url)
    assert copy is not None
    assert inspect(create_engine(f"sqlite:///{copy}")).get_table_names() == ["old_thing"]


def test_rows_that_refer_to_nothing_stop_a_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The foreign keys are checked before the commit, and all is as before."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    schema.upgrade(url)

    def careless(connection: object) -> None:
        connection.execute(  # type: ignore[attr-defined]
            text("INSERT INTO hotline (county_id, number, name_zh, name_en, position) "
                 "VALUES (999, '1', 'x', 'x', 1)")
        )  # fmt: skip

    with pytest.raises(schema.BrokenReferences):
        schema._run(url, careless)
    assert _count(url, "hotline") == 0


def _below(revision: str) -> str:
    script = schema.ScriptDirectory.from_config(schema.config()).get_revision(revision)
    return str(script.down_revision or "base")


def _count(url: str, table: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        number = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return int(number)


def test_a_setting_of_a_later_version_is_forgotten_going_down(either_app: Flask) -> None:
    """The rest of what the county set stays; the older version's rule holds again."""
    url = db.database().url
    with db.write():
        county = people.region(people.COUNTY)
        for name, value in ((Setting.text_weight, 40), (Setting.trial_days, 45)):
            regions.set_for_county(county, name, value, by=SYSTEM)
    db.database().close()
    schema.downgrade(url, "0002")
    engine = create_engine(url)
    with engine.begin() as connection:
        names = connection.execute(text("SELECT name FROM county_setting")).scalars().all()
        assert names == ["trial days"]
        late = text("UPDATE county_setting SET name = 'text weight'")
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(late)
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_visits_are_forgotten_going_down_and_levels_stay(either_app: Flask) -> None:
    """A county that goes back keeps its children as they are; coming up again it begins anew."""
    url = db.database().url
    director = kids.director()
    child = kids.household_child(director)
    visited(child, director, Noticed.unsafe_house)
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.visit_plan, {"red": 3}, by=SYSTEM)
    db.database().close()
    schema.downgrade(url, "0006")
    engine = create_engine(url)
    with engine.begin() as connection:
        risk = connection.execute(text("SELECT risk FROM child")).scalar_one()
        assert risk == "yellow"
        assert connection.execute(text("SELECT count(*) FROM county_setting")).scalar_one() == 0
    assert "visit" not in inspect(engine).get_table_names()
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []
    assert _count(url, "visit") == 0


def test_cards_phones_and_their_letters_are_forgotten_going_down(either_app: Flask) -> None:
    """Other letters and tries to sign in stay; accounts stay as they are, and so do authenticators.
    Coming up again nobody has a card or a remembered phone."""
    url = db.database().url
    director = people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        account = people.account_of(director)
        account.totp_secret = "A" * 32
        access.make_card(account, by=director.actor())
        access.remember_phone(account, "836417", "Android", by=director.actor())
        for kind in (LetterKind.codes_few, LetterKind.work_handed_over):
            about = ("account", account.id)
            outbox.post(kind, to=account.id, county_id=account.county_id, about=about)
    with db.read(), pytest.raises(Refusal):
        access.try_sign_in(director.phone, "wrong horse entirely", "203.0.113.7")
    db.database().close()
    schema.downgrade(url, "0022")
    tables = set(inspect(create_engine(url)).get_table_names())
    assert not {"code_card", "one_time_code", "remembered_phone"} & tables
    engine = create_engine(url)
    with engine.begin() as connection:
        kinds = connection.execute(text("SELECT kind FROM letter")).scalars().all()
        assert kinds == ["work handed over"]
        late = text("UPDATE letter SET kind = 'codes few'")
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(late)
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []
    assert [_count(url, name) for name in ("code_card", "remembered_phone")] == [0, 0]
    assert _count(url, "sign_in_try") == 1
    engine = create_engine(url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT step FROM sign_in_try")).scalar_one() == "password"
        odd = text("UPDATE sign_in_try SET step = 'guess'")
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(odd)
    engine.dispose()
    with db.read():
        assert people.account_of(director).totp_secret == "A" * 32


def test_when_a_file_was_closed_is_known_from_the_record(either_app: Flask) -> None:
    """Times of keeping count from there; where the record does not say, from today. A deletion
    that was granted before is done in a month. What was cleared stays cleared, down and up."""
    url = db.database().url
    office = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    gone, shut, unknown = closed.closed_file(), kids.household_child(), kids.household_child()
    helper = cleared_volunteer()[1]
    with db.write():
        files.clear_file(children.get(gone.child), ClearedFor.term_over, by=SYSTEM)
        helping.withdraw(helpers.get(helper), by=SYSTEM)
        helping.deidentify(helpers.get(helper), by=SYSTEM)
    for child in (shut, unknown):
        closed.close(child, gone.director)
    with db.write():
        one = children.get(shut)
        said = files.RequestSaid(Asked.delete, How.letter, "请删除", clock.today())
        asked = files.take_request(one, one.guardians[0], said, by=SYSTEM)
        db.session.flush()
        files.answer_request(asked, GRANTED, by=office.actor(), version=None)
        db.session.execute(text(f"DELETE FROM audit_entry WHERE object_id = {unknown}"))
    before = _minute(url, gone.child)
    db.database().close()
    schema.downgrade(url, "0023")
    schema.upgrade(url)
    assert _minute(url, gone.child) == before
    today = str(clock.now())[:10]
    assert [_minute(url, child)[:10] for child in (shut, unknown)] == [today, today]
    assert schema.differences(url) == []
    with create_engine(url).connect() as connection:
        names = "SELECT count(*) FROM {} WHERE name IS NULL AND deidentified_at IS NOT NULL"
        for table in ("child", "helper"):
            assert connection.execute(text(names.format(table))).scalar_one() == 1
        day = connection.execute(text("SELECT clear_on FROM data_request")).scalar_one()
        assert str(day) == str(clock.now().date() + timedelta(days=30))


def test_files_beyond_are_closed_going_down_and_pairings_stay(either_app: Flask) -> None:
    """What a pairing has opened stays open; the older version knows no other level, nor does the
    newer one know any that is not its own."""
    url, child = db.database().url, kids.household_child()
    beyond.opened(beyond.far_director(), child, beyond.township())
    person = kids.director()
    with db.write():
        access.grant(
            person.account_id, ("child", child), GrantLevel.visit, source=("pairing", 7),
            county_id=people.region(people.COUNTY).id,
        )  # fmt: skip
    db.database().close()
    for move in (lambda: None, lambda: schema.downgrade(url, "0024"), lambda: schema.upgrade(url)):
        move()
        engine = create_engine(url)
        with engine.begin() as connection:
            rows = connection.execute(text("SELECT level FROM access_grant ORDER BY id"))
            assert [row.level for row in rows][-1] == "visit"
            wrong = text("UPDATE access_grant SET level = 'all' WHERE source_id = 7")
            with pytest.raises(IntegrityError), connection.begin_nested():
                connection.execute(wrong)
        engine.dispose()
    assert _count(url, "access_grant") == 1
    assert _count(url, "file_access") == 0
    assert schema.differences(url) == []


def _minute(url: str, child: int) -> str:
    """When a file was closed, to the minute."""
    engine = create_engine(url)
    with engine.connect() as connection:
        one = text("SELECT closed_at FROM child WHERE id = :id")
        found = connection.execute(one, {"id": child}).scalar_one()
    engine.dispose()
    return str(found)[:16]


def test_letters_that_left_are_forgotten_going_down(either_app: Flask) -> None:
    """Choices, deliveries, letters and settings of the new kinds, and registrations that were
    counted; other letters and tries stay, and the older version takes no new ones. Coming up again
    nobody has chosen anything."""
    url, person = db.database().url, people.appoint(Role.child_director, people.VILLAGE)
    with db.write():
        account = people.account_of(person)
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.sms_to_helpers, True, by=SYSTEM)
        for kind in (LetterKind.number_tried, LetterKind.codes_few):
            about = ("account", account.id)
            outbox.post(kind, to=account.id, county_id=account.county_id, about=about)
        access.count_registration(person.phone, "203.0.113.7", from_one=9, in_all=9)
    with db.read(), pytest.raises(Refusal):
        access.try_sign_in(person.phone, "wrong horse entirely", "203.0.113.7")
    db.database().close()
    schema.downgrade(url, "0025")
    engine = create_engine(url)
    assert not {"letter_choice", "delivery"} & set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        for table, column, stays, late in (
            ("letter", "kind", ["codes few"], "number tried"),
            ("sign_in_try", "step", ["password"], "registering"),
            ("county_setting", "name", [], "letter hours"),
        ):
            found = connection.execute(text(f"SELECT {column} FROM {table}")).scalars().all()
            assert found == stays
            if stays:
                changed = text(f"UPDATE {table} SET {column} = '{late}'")
                with pytest.raises(IntegrityError), connection.begin_nested():
                    connection.execute(changed)
    engine.dispose()
    schema.downgrade(url, "0022")  # where the column of steps is dropped
    schema.upgrade(url)
    assert schema.differences(url) == []
    assert [_count(url, name) for name in ("letter_choice", "delivery")] == [0, 0]
    assert _count(url, "sign_in_try") == 1


def test_going_down_a_team_keeps_three_and_the_rest_end_with_their_rights(
    either_app: Flask,
) -> None:
    """Who comes in a fourth place moves into one that is free, else ends, sees nothing any more,
    and the need asks for three. Would fail: a fourth or fifth place that the old rule refuses."""
    url = db.database().url
    first = pairings.active()
    team = [teams.joined(first) for _ in range(4)]
    with db.write():
        gone = team[0].read()
        gone.state = PairingState.refused  # its place is free, and is taken by the fourth
    db.database().close()
    schema.downgrade(url, "0038")
    engine = create_engine(url)
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT need_seat, state FROM pairing ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [
            (1, "active"), (2, "refused"), (3, "trial"), (2, "trial"), (1, "closed"),
        ]  # fmt: skip
        last = {"id": team[-1].id}
        open_ = "SELECT count(*) FROM access_grant WHERE source_kind = 'pairing'"
        mine = text(f"{open_} AND source_id = :id AND ended_at IS NULL")
        assert connection.execute(mine, last).scalar_one() == 0
        assert connection.execute(mine, {"id": first.id}).scalar_one() > 0
        assert connection.execute(text("SELECT demand FROM need")).scalar_one() == 3
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_cases_are_forgotten_going_down_and_their_reports_stay(either_app: Flask) -> None:
    """The roster and its letters go too; a report that was read is a report that was read."""
    officer, civil = worries.officer(), worries.civil()
    case = worries.case(officer, village=people.VILLAGE)
    worries.brought_to(case, Stage.closing, by=officer)
    with db.write():
        said = TurnSaid(officer.account_id, frozenset({0}), time(8), time(18), "02087654321")
        duty.set_turn(said, by=civil.actor())
        about = ("report", 1)
        kind, county = LetterKind.clock_ran_out, people.region(people.COUNTY).id
        outbox.post(kind, to=officer.account_id, county_id=county, about=about)
        regions.set_for_county(
            people.region(people.COUNTY), Setting.report_clocks, {"unread minutes": 9}, by=SYSTEM
        )
    url = db.database().url
    db.database().close()
    schema.downgrade(url, "0039")
    with create_engine(url).connect() as connection:
        states = connection.execute(text("SELECT state FROM report")).scalars().all()
        kinds = connection.execute(text("SELECT kind FROM letter")).scalars().all()
    assert states == ["read"]
    assert "clock ran out" not in kinds
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_what_is_told_of_places_is_forgotten_going_down_and_places_stay(either_app: Flask) -> None:
    """A shelter is a practice centre then; a county's walk and letters about schools are gone."""
    url, to = db.database().url, people.appoint(Role.account_admin)
    with db.write():
        county = people.region(people.COUNTY)
        told = place(kind=PlaceKind.shelter)
        actions.describe(told, PlaceSaid(capacity=9), by=SYSTEM)
        regions.set_for_county(county, Setting.walking_minutes, 45, by=SYSTEM)
        about = ("safety_finding", 1)
        outbox.post(LetterKind.safety_raised, to=to.account_id, county_id=county.id, about=about)
    db.database().close()
    schema.downgrade(url, "0060")
    engine = create_engine(url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT kind FROM place")).scalars().all() == [
            "practice_centre"
        ]
        for table in ("county_setting", "letter"):
            asked = text(f"SELECT count(*) FROM {table}")
            assert connection.execute(asked).scalar_one() == 0
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_a_course_goes_down_to_one_day_and_comes_up_with_its_list(either_app: Flask) -> None:
    """Who passed stays; the letter about it, the number and the single days are forgotten, and
    coming up again there is one session, a presence for who came, and a new number."""
    url, of = db.database().url, courses.several(2)
    person, _ = untrained()
    joined(of, person)
    with clock.moved_to(of.after()):
        courses.told(of)
        courses.confirmed(of)
    with db.write():
        county, about = of.read().county_id, ("course", of.id)
        outbox.post(LetterKind.course_off, to=person.account_id, county_id=county, about=about)
    db.database().close()
    schema.downgrade(url, "0081")
    engine = create_engine(url)
    with engine.begin() as connection:
        kinds = connection.execute(text("SELECT kind FROM letter")).scalars().all()
        assert "course off" not in kinds
        assert connection.execute(text("SELECT minutes FROM course")).scalar_one() == 240
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in ("course_session", "course_presence"):
            rows = connection.execute(text(f"SELECT position FROM {table}")).scalars().all()
            assert list(rows) == [1]
        number = connection.execute(text("SELECT number FROM course_member")).scalar_one()
        assert len(number) == 19
    engine.dispose()


def test_signs_slips_and_looks_of_events_are_forgotten_going_down(either_app: Flask) -> None:
    """The event, its seat and the hours on a list stay; what a volunteer checked in goes with the
    stay, for the older ledger knows none without a pairing. Coming up no event waits for a look."""
    url = db.database().url
    of, person, number = with_volunteer()
    seated(of)
    slips(of)
    events.planned(by=company(), agreed=False)
    with clock.moved_to(at(of, 14)):
        arrive(of, person, number)
    with clock.moved_to(at(of, 15)):
        leave(of, person, number)
    db.database().close()
    schema.downgrade(url, "0092")
    engine = create_engine(url)
    with engine.begin() as connection:
        counts = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("activity", "activity_child", "place_stay", "service_session")
        }
        assert counts == {
            "activity": 2, "activity_child": 1, "place_stay": 0, "service_session": 0,
        }  # fmt: skip
    engine.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []
    engine = create_engine(url)
    with engine.begin() as connection:
        looks = connection.execute(text("SELECT look FROM activity_theme")).scalars().all()
        assert set(looks) == {"needless"}
    engine.dispose()
