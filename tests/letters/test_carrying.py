"""A letter leaves once: whatever fails, whoever dies, however often the work is asked for.

Seen to fail: due letters without their state (two messages of one letter), take_due() without its
lock, settle() before anything was sent, settle() without claimed_at (a try that was cut off settles
another's), what was read or has come to the night looked at when posted only, URGENT emptied,
_later() that does not wait for the morning, db.lock() of a row with its letter joined (PostgreSQL).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from jiedui.access import actions as access
from jiedui.access.rules import Role
from jiedui.core import carriers, clock, db, jobs
from jiedui.core.carriers import Posted, Way
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.letters import jobs as carrying
from jiedui.letters import queries
from jiedui.letters.rules import PAUSES, TRIES, Pace
from jiedui.settings import Settings
from tests import people
from tests.letters import post_office as offices
from tests.letters.conftest import NOON, ask_twice, work
from tests.letters.gateway import Gateway
from tests.letters.people import MAIL, deliveries, post, reader, states, write
from tests.letters.post_office import PostOffice

MINUTE = timedelta(minutes=1)


def test_a_letter_goes_once_however_often_it_is_carried(ways: Settings, office: PostOffice) -> None:
    write(reader())
    work()
    ask_twice()
    work()
    (received,) = office.received
    assert received.to == [MAIL]
    assert deliveries() == [("sent", 1, None)]


def test_as_it_comes_nothing_leaves(either_app: Flask) -> None:
    """Without a server named in the settings nothing is even written down."""
    write(reader(Way.portal))
    work()
    assert deliveries() == []


def test_who_reads_in_the_portal_gets_no_message(
    ways: Settings, office: PostOffice, gateway: Gateway
) -> None:
    write(reader(Way.portal))
    write(people.appoint(Role.leader))
    work()
    assert (deliveries(), office.received, gateway.came) == ([], [], [])


def test_each_way_reaches_its_own_address(
    ways: Settings, office: PostOffice, gateway: Gateway
) -> None:
    by_sms, by_wecom = reader(Way.sms), reader(Way.wecom)
    write(by_sms)
    write(by_wecom)
    work()
    bodies = [body for _path, _headers, body in gateway.came]
    assert bodies[0]["phone"] == by_sms.phone
    assert bodies[1]["text"]["mentioned_mobile_list"] == [by_wecom.phone]
    assert office.received == []


def test_a_server_that_was_down_gets_it_later_and_once(ways: Settings, office: PostOffice) -> None:
    office.says = {"MAIL": "451 not now"}
    write(reader())
    work()
    assert deliveries() == [("failed", 1, "busy")]
    work()
    assert deliveries() == [("failed", 1, "busy")], "not before its pause is over"
    office.says = {}
    with clock.moved_to(NOON + MINUTE * 2):
        work()
        work()
    assert deliveries() == [("sent", 2, None)]
    assert len(office.received) == 1


def test_a_mail_server_that_is_away_and_comes_back(ways: Settings, either_app: Flask) -> None:
    """The line itself is down: nobody listens at the port."""
    away = PostOffice()
    with offices.opened(away):
        pass
    carriers.configure(_at(ways, away))
    write(reader())
    work()
    assert deliveries() == [("failed", 1, "unreachable")]
    with offices.opened(away), clock.moved_to(NOON + MINUTE * 2):
        work()
    assert len(away.received) == 1
    assert deliveries() == [("sent", 2, None)]


def _at(settings: Settings, office: PostOffice) -> Settings:
    known: dict[str, Any] = settings.__dict__ | {}
    outward = type(settings.outward)(**settings.outward.__dict__ | {"smtp_port": office.port})
    return Settings(**known | {"outward": outward})


def test_after_its_pauses_it_is_given_up_and_can_be_tried_again(
    ways: Settings, office: PostOffice
) -> None:
    office.says, person = {"MAIL": "451 not now"}, reader()
    write(person)
    for day in range(TRIES):
        assert states()[0] in ("waiting", "failed")
        with clock.moved_to(NOON + timedelta(days=day)):
            work()
    with clock.moved_to(NOON + timedelta(days=30)):
        work()
        assert deliveries() == [("given_up", TRIES, "busy")]
        office.says = {}
        admin = people.appoint(Role.account_admin)
        with db.write():
            carrying.actions.try_again(queries.mine(person.actor())[0], by=admin.actor())
        with pytest.raises(Refusal), db.write():
            carrying.actions.try_again(queries.mine(person.actor())[0], by=admin.actor())
        work()
    assert deliveries() == [("sent", 1, None)]
    assert len(office.received) == 1


def test_pauses_are_kept_to_the_minute(ways: Settings, office: PostOffice) -> None:
    """1, 5, 30 minutes, 2 hours: a minute sooner nothing is tried."""
    office.says = {"MAIL": "451 not now"}
    write(reader())
    work()
    at = NOON
    for tries, pause in enumerate(PAUSES[:4], start=1):
        at += pause
        with clock.moved_to(at - MINUTE / 2):
            work()
        assert deliveries()[0][1] == tries
        at += MINUTE / 2
        with clock.moved_to(at):
            work()
        assert deliveries()[0][1] == tries + 1


def test_what_is_refused_for_good_is_not_tried_again(ways: Settings, office: PostOffice) -> None:
    office.says = {"RCPT": "550 no such user"}
    write(reader())
    work()
    assert deliveries() == [("given_up", 1, "refused")]


class Killed(BaseException):
    """The worker is gone: nothing of it goes on."""


def test_a_worker_that_dies_between_claim_and_sending(
    ways: Settings, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The try counts, nothing goes out at once, and after half an hour it goes once."""

    def dies(*_: object) -> None:
        raise Killed

    write(reader())
    with monkeypatch.context() as patched:
        patched.setattr(carrying, "_hand_over", dies)
        with pytest.raises(Killed):
            jobs.work_off()
    assert states() == ["going"]
    jobs.free()
    work()
    ask_twice()
    assert (states(), office.received) == (["going"], [])
    with clock.moved_to(NOON + timedelta(minutes=31)):
        work()
        assert deliveries() == [("failed", 1, "cut off")]
    with clock.moved_to(NOON + timedelta(minutes=33)):
        work()
        work()
    assert deliveries() == [("sent", 2, None)]
    assert len(office.received) == 1


def test_one_that_died_after_sending_may_send_again_with_the_same_reference(
    ways: Settings, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice of actions/carrying.py: rather twice than never, and told to be one."""
    write(reader())
    with monkeypatch.context() as patched:
        patched.setattr(carrying.actions, "settle", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            jobs.work_off()
    for minutes in (31, 33):
        with clock.moved_to(NOON + MINUTE * minutes):
            work()
    first, second = (received.read()["Message-ID"] for received in office.received)
    assert first == second
    assert states() == ["sent"]


def test_a_slow_worker_that_was_given_up_settles_nothing_of_another(
    ways: Settings, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer comes when another has the letter in hand already."""
    write(reader())
    with db.note():
        slow = carrying.actions.claim() or []
    with clock.moved_to(NOON + MINUTE * 31):
        work()
    with clock.moved_to(NOON + MINUTE * 33), db.note():
        carrying.actions.claim()
    assert states() == ["going"]
    with db.note():
        carrying.actions.settle([slow[0].id], slow[0].claimed_at, None)  # type: ignore[arg-type]
    assert states() == ["going"]


def test_two_workers_at_once_send_each_letter_once(ways: Settings, office: PostOffice) -> None:
    readers = [reader() for _ in range(6)]
    for person in readers:
        write(person)
    barrier, troubles = Barrier(3), []

    def carries() -> None:
        barrier.wait()
        try:
            with clock.moved_to(NOON + MINUTE):
                carrying.carry(0)
        except Exception as error:
            troubles.append(error)

    workers = [Thread(target=carries) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert troubles == []
    assert len(office.received) == len(readers)
    assert states() == ["sent"] * len(readers)


def test_at_night_only_what_is_urgent_leaves(ways: Settings, office: PostOffice) -> None:
    person = reader()
    with clock.moved_to(clock.at(NOON.date(), 23)):
        write(person)
        write(person, LetterKind.report_waiting)
        work()
        assert states() == ["waiting", "sent"]
    with clock.moved_to(clock.at(NOON.date() + timedelta(days=1), 8)):
        work()
    assert states() == ["sent", "sent"]
    assert len(office.received) == 2


def test_a_try_that_failed_in_the_evening_is_not_repeated_at_night(
    ways: Settings, office: PostOffice
) -> None:
    office.says = {"MAIL": "451 not now"}
    person = reader()
    with clock.moved_to(clock.at(NOON.date(), 20, 59)):
        write(person)
        write(person, LetterKind.report_waiting)
        work()
        with db.read():
            first = queries.mine(person.actor())[-1]
            assert clock.local(first.next_try).hour == 8, "as the page says"
    office.says = {}
    with clock.moved_to(clock.at(NOON.date(), 22)):
        work()
        assert states() == ["failed", "sent"]
    with clock.moved_to(clock.at(NOON.date() + timedelta(days=1), 8)):
        work()
    assert states() == ["sent", "sent"]


def test_a_worker_that_comes_back_at_night_wakes_nobody(ways: Settings, office: PostOffice) -> None:
    person = reader(pace=Pace.daily)
    write(person)
    write(person, LetterKind.pairing_closed)
    with clock.moved_to(clock.at(NOON.date() + timedelta(days=1), 1)):
        work()
        work()
    assert (states(), office.received) == (["waiting", "waiting"], [])
    with clock.moved_to(clock.at(NOON.date() + timedelta(days=1), 8)):
        work()
    assert (states(), len(office.received)) == (["sent", "sent"], 1)


def test_a_day_is_gathered_into_one_message(ways: Settings, office: PostOffice) -> None:
    person = reader(pace=Pace.daily)
    for kind in (LetterKind.pairing_paused, LetterKind.pairing_paused, LetterKind.pairing_closed):
        write(person, kind)
    work()
    assert office.received == []
    with clock.moved_to(clock.at(NOON.date(), 18)):
        work()
        work()
    (received,) = office.received
    text = received.read().get_content()
    assert "3 条" in received.read()["Subject"]
    assert text.count("暂停") == 1, "the same thing is said once"
    assert "https://jiedui.example/desk" in text
    assert deliveries() == [("sent", 1, None)] * 3


def test_danger_does_not_wait_for_the_daily_letter(ways: Settings, office: PostOffice) -> None:
    person = reader(pace=Pace.daily)
    write(person)
    write(person, LetterKind.report_waiting)
    work()
    assert states() == ["waiting", "sent"]


def test_what_was_read_meanwhile_does_not_go_out(ways: Settings, office: PostOffice) -> None:
    person = reader(pace=Pace.daily)
    write(person)
    with db.write():
        letter = db.session.query(Letter).filter_by(to_account_id=person.account_id).one()
        letter.read_at = clock.now()
    with clock.moved_to(clock.at(NOON.date(), 18)):
        work()
    assert (states(), office.received) == (["needless"], [])


def test_what_was_passed_on_and_whoever_has_left_get_nothing(
    ways: Settings, office: PostOffice
) -> None:
    person, left, admin = (reader(pace=Pace.daily) for _ in range(3))
    write(person)
    write(left)
    with db.write():
        db.session.query(Letter).filter_by(
            to_account_id=person.account_id
        ).one().to_account_id = admin.account_id
        access.disable(people.account_of(left), by=admin.actor())
    with clock.moved_to(clock.at(NOON.date(), 18)):
        work()
    assert (states(), office.received) == (["needless", "needless"], [])


def test_a_letter_of_an_act_that_came_to_nothing_never_leaves(
    ways: Settings, office: PostOffice
) -> None:
    person = reader()
    with suppress(ZeroDivisionError), db.write():
        post(person)
        raise ZeroDivisionError
    work()
    assert (deliveries(), office.received) == ([], [])


def test_a_way_that_was_taken_down_waits_until_it_is_back(
    ways: Settings, office: PostOffice
) -> None:
    write(reader(pace=Pace.daily))
    carriers.configure(Settings(**ways.__dict__ | {"outward": type(ways.outward)()}))
    with clock.moved_to(clock.at(NOON.date(), 18)):
        work()
        assert deliveries() == [("failed", 1, "not configured")]
    carriers.configure(ways)
    with clock.moved_to(clock.at(NOON.date(), 18, 5)):
        work()
    assert deliveries() == [("sent", 2, None)]


def test_an_address_that_is_gone(ways: Settings, office: PostOffice) -> None:
    person = reader(pace=Pace.daily)
    write(person)
    with db.write():
        carrying.actions.forget_address(people.account_of(person), by=person.actor())
    with clock.moved_to(clock.at(NOON.date(), 18)):
        work()
    assert (deliveries(), office.received) == ([("given_up", 1, "no address")], [])


def test_nothing_of_a_message_stands_in_the_database(ways: Settings, office: PostOffice) -> None:
    """Only that there was one: the address and the words are looked up when it goes."""
    write(reader())
    work()
    with db.read():
        columns = db.Base.metadata.tables["delivery"].columns
        assert not [c.name for c in columns if isinstance(c.type, db.Sealed)]
        row = db.session.execute(columns["id"].table.select()).one()
    assert MAIL not in str(row)
    assert Posted.__dataclass_fields__.keys() & columns.keys() == set()


def test_a_letter_that_is_over_its_time_takes_its_delivery_along(
    ways: Settings, office: PostOffice
) -> None:
    """Clearing deletes letters by the hundred, in one statement."""
    write(reader())
    work()
    with db.write():
        db.session.execute(delete(Letter))
    assert deliveries() == []
