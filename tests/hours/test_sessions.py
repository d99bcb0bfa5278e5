"""Logging, correcting, taking back: what the actions refuse, and what the database holds by
itself on both of its kinds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.audit import AuditEntry
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers.rules import HelperKind
from jiedui.hours import actions, queries
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import Book, DisputeReason, EntryState, Evidence, HoursRefusal
from jiedui.pairings.actions import life
from jiedui.pairings.rules import PauseReason
from tests import people
from tests.builders.hours import (
    evening_after,
    logged,
    said,
    serving,
    two_pairs,
    verified,
    without_account,
)
from tests.builders.pairings import ready


def refused(pair, on, starts="09:00", ends="10:30", **over):  # type: ignore[no-untyped-def]
    """Why the helper's session is refused, and the field it stands beside."""
    with pytest.raises(Refusal) as found:
        logged(pair, on, starts, ends, **over)
    return found.value.code, found.value.field


def test_one_helper_is_never_with_two_children_at_once(either_app: Flask) -> None:
    """Over all pairings and books; touching is allowed; other days are free."""
    one, other = two_pairs()
    with evening_after() as day:
        logged(one, day, "09:00", "10:30")
        assert refused(other, day, "10:00", "11:00") == (HoursRefusal.overlaps, "starts")
        assert refused(other, day, "10:00", "11:00", book=Book.duty)[0] is HoursRefusal.overlaps
        assert refused(other, day, "08:00", "12:00")[0] is HoursRefusal.overlaps
        logged(other, day, "10:30", "11:00")
        logged(other, day - timedelta(days=1), "09:00", "10:30")


def test_a_day_has_twelve_hours_of_service_at_most(app: Flask) -> None:
    """Over both children together; one session has eight."""
    one, other = two_pairs()
    with evening_after(3) as today:
        day = today - timedelta(days=1)
        assert refused(one, day, "08:00", "16:01") == (HoursRefusal.too_long, "ends")
        logged(one, day, "06:00", "14:00")
        logged(other, day, "14:00", "18:00")
        assert refused(one, day, "19:00", "19:01") == (HoursRefusal.day_too_long, "ends")


def test_only_days_on_which_the_pairing_served_count(app: Flask) -> None:
    """Not before they met, not while paused; a pairing that is not there yet has none."""
    waiting = ready()
    with evening_after(0) as today:
        assert refused(waiting, today)[0] is HoursRefusal.before_pairing
    pair = serving()
    day = clock.today()
    with clock.moved_to(clock.at(day + timedelta(days=2), 12)), db.write():
        life.pause(pair.read(), PauseReason.helper_away, by=pair.helper.actor())
    with evening_after(5):
        assert refused(pair, day - timedelta(days=1)) == (HoursRefusal.before_pairing, "on")
        logged(pair, day + timedelta(days=1))
        found = refused(pair, day + timedelta(days=3))
        assert found == (HoursRefusal.pairing_not_serving, "on")


def test_paid_and_duty_hours_stand_in_books_of_their_own(app: Flask) -> None:
    """A social worker's hours are contract hours unless said otherwise; a volunteer has no
    contract; nothing of it is voluntary service."""
    pair = serving()
    with evening_after() as day:
        assert refused(pair, day, book=Book.contract) == (HoursRefusal.book_not_yours, "book")
        logged(pair, day, "09:00", "10:00", book=Book.duty)
        with db.write():
            pair.read().helper.kind = HelperKind.social_worker
        logged(pair, day, "11:00", "12:30")
        logged(pair, day, "13:00", "13:20", book=Book.voluntary)
        with db.read():
            sums = queries.sums(pair.helper_id)
            minutes = {book: sums[book][Evidence.declared].minutes for book in Book}
        assert minutes == {Book.voluntary: 20, Book.contract: 90, Book.duty: 60}


def test_a_correction_is_a_new_row_and_waits_anew(either_app: Flask) -> None:
    """The old one stays, with who had verified it; it counts no more."""
    pair = serving()
    with evening_after() as day:
        number = verified(pair, day)
        with db.write():
            session = queries.get(number)
            new = actions.correct(session, said(day, "09:30", "10:30"), by=pair.helper.actor())
            db.session.flush()
            assert (new.replaces, new.evidence) == (number, Evidence.declared)
            assert session.state is EntryState.reversed
            assert session.verified_by == pair.director.account_id
        with db.read():
            sums = queries.sums(pair.helper_id)[Book.voluntary]
            assert (sums[Evidence.declared].minutes, sums[Evidence.listed].minutes) == (60, 0)
            entry = db.session.scalars(
                select(AuditEntry).where(AuditEntry.act == "session.corrected")
            ).one()
            assert f'"corrects": {number}' in entry.details
        with db.write(), pytest.raises(Refusal) as again:
            actions.correct(queries.get(number), said(day), by=pair.helper.actor())
        assert again.value.code is HoursRefusal.settled_already


def test_a_refused_correction_changes_nothing(app: Flask) -> None:
    """The old session stands as it stood."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        logged(pair, day, "11:00", "12:00")
        wrong = said(day, "10:00", "11:30")
        with pytest.raises(Refusal), db.write():
            actions.correct(queries.get(number), wrong, by=pair.helper.actor())
        with db.write(), pytest.raises(Stale):
            actions.correct(queries.get(number), said(day), by=pair.helper.actor(), version=99)
        with db.read():
            assert queries.get(number).evidence is Evidence.declared


def test_what_is_verified_is_not_taken_back(app: Flask) -> None:
    """It is corrected instead; a declared or disputed one can be taken back and frees its time."""
    pair = serving()
    with evening_after() as day:
        number = verified(pair, day)
        with db.write(), pytest.raises(Refusal) as found:
            actions.withdraw(queries.get(number), by=pair.helper.actor())
        assert found.value.code is HoursRefusal.settled_already
        other = logged(pair, day, "15:00", "16:00")
        with db.write():
            actions.withdraw(queries.get(other), by=pair.helper.actor())
        logged(pair, day, "15:00", "16:00")


def test_nobody_verifies_their_own(app: Flask) -> None:
    """Neither who was there, nor who logged it from paper; the other level does."""
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    pair = without_account(serving(), township)
    with evening_after() as day:
        with db.write():
            session = actions.log_session(pair.read(), said(day), by=pair.director.actor())
            db.session.flush()
            number = session.id
        for act in (
            lambda s: actions.verify([s], by=pair.director.actor()),
            lambda s: actions.dispute(s, DisputeReason.not_held, by=pair.director.actor()),
        ):
            with db.write(), pytest.raises(Refusal) as found:
                act(queries.get(number))
            assert found.value.code is HoursRefusal.own_session
        with db.read():
            assert queries.unverified(pair.director.actor()) == []
            assert queries.count_own_unverified(pair.director.actor()) == 1
            assert [s.id for s in queries.unverified(township.actor())] == [number]
        with db.write():
            actions.dispute(queries.get(number), DisputeReason.times_differ, by=township.actor())
        with db.read():
            letter = db.session.scalars(
                select(Letter).where(Letter.kind == LetterKind.session_disputed)
            ).one()
            assert letter.to_account_id == pair.director.account_id
            assert [s.id for s in queries.disputed_on_paper(pair.director.actor())] == [number]


def test_a_helper_who_is_also_the_director_verifies_nothing_of_their_own(app: Flask) -> None:
    """By whichever role they come."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        with db.write(), pytest.raises(Refusal) as found:
            actions.verify([queries.get(number)], by=pair.helper.actor())
        assert found.value.code is HoursRefusal.own_session


def test_only_sessions_of_the_region_wait_there(app: Flask) -> None:
    """Another village's director sees none, the township sees both villages'."""
    pair = serving()
    neighbour = people.appoint(Role.child_director, people.NEXT_VILLAGE)
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    other = people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP)
    with evening_after() as day:
        number = logged(pair, day)
        with db.read():
            waiting = {
                who: [s.id for s in queries.unverified(who.actor())]
                for who in (pair.director, neighbour, township, other)
            }
            assert queries.chosen([number], neighbour.actor()) == []
        assert waiting == {pair.director: [number], neighbour: [], township: [number], other: []}


def test_many_are_verified_with_one_letter(app: Flask) -> None:
    """Whatever is over already is left out."""
    pair = serving()
    with evening_after() as day:
        numbers = [logged(pair, day, f"{h:02}:00", f"{h:02}:30") for h in (8, 9, 10)]
        with db.write():
            actions.withdraw(queries.get(numbers[0]), by=pair.helper.actor())
        with db.write():
            found = queries.chosen(numbers, pair.director.actor())
            good = actions.verify(found, by=pair.director.actor())
            assert [s.id for s in good] == numbers[1:]
        with db.read():
            letters = db.session.scalars(
                select(Letter).where(Letter.kind == LetterKind.session_verified)
            ).all()
            assert [one.to_account_id for one in letters] == [pair.helper.account_id]


OVERLAP = """
    INSERT INTO service_session (county_id, pairing_id, helper_id, kind, book, "on", start_at,
        end_at, minutes, at_place, note, evidence, state, logged_by, logged_at, version)
    SELECT county_id, pairing_id, helper_id, kind, book, "on", {shifted}, 30, at_place, note,
        'declared', 'counted', logged_by, logged_at, 1
    FROM service_session
"""
SHIFTED = {
    True: "datetime(start_at, '+10 minutes'), datetime(start_at, '+40 minutes')",
    False: "start_at + interval '10 minutes', start_at + interval '40 minutes'",
}


def test_the_database_itself_refuses_an_overlap(either_app: Flask) -> None:
    """Past every action, by a new row. Made to fail: the migration without its overlap rules."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        shifted = SHIFTED[db.database().sqlite]
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(text(OVERLAP.format(shifted=shifted)))
        with db.read():
            assert db.session.query(ServiceSession).count() == 1
            assert queries.get(number).state is EntryState.counted


def test_the_database_itself_changes_no_entry(either_app: Flask) -> None:
    """Past every action: no other minutes, times, day, book or person, no entry that goes, none
    reversed without its reversal, none reversed twice or brought back, none that becomes declared
    again. Made to fail: the rule
    against changes left out, and the rule against deletion."""
    pair = serving()
    with evening_after() as day:
        number = verified(pair, day)
        mine = update(ServiceSession).where(ServiceSession.id == number)
        at = clock.at(day, 7)
        for change in ({"minutes": 95}, {"start_at": at}, {"on": day - timedelta(days=1)},
                       {"book": Book.duty}, {"logged_by": pair.officer.account_id},
                       {"state": EntryState.reversed}, {"state": EntryState.reversal},
                       {"evidence": Evidence.declared, "verified_by": None}):  # fmt: skip
            with pytest.raises(IntegrityError), db.write():
                db.session.execute(mine.values(change))
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(delete(ServiceSession))
        with db.write():
            actions.correct(queries.get(number), said(day, "09:30", "10:30"),
                            by=pair.helper.actor())  # fmt: skip
        for change in ({"state": EntryState.counted}, {"state": EntryState.held}):
            with pytest.raises(IntegrityError), db.write():
                db.session.execute(mine.values(change))
        with db.read():
            rows = db.session.query(ServiceSession).order_by(ServiceSession.id).all()
            assert [r.minutes for r in rows] == [90, -90, 60]
            assert [r.evidence for r in rows] == ["listed", "listed", "declared"]


def test_a_reversal_is_the_mirror_of_one_entry(either_app: Flask) -> None:
    """Past every action: not of other minutes, not in another column, not twice."""
    pair = serving()
    copy = """
        INSERT INTO service_session (county_id, pairing_id, helper_id, kind, book, "on", start_at,
            end_at, minutes, at_place, note, evidence, state, reverses, logged_by, logged_at,
            version)
        SELECT county_id, pairing_id, helper_id, kind, book, "on", start_at, end_at, {minutes},
            at_place, note, {evidence}, 'reversal', id, logged_by, logged_at, 1
        FROM service_session WHERE minutes > 0
    """
    with evening_after() as day:
        verified(pair, day)
        for minutes, evidence in (("-80", "evidence"), ("-minutes", "'declared'")):
            with pytest.raises(IntegrityError), db.write():
                db.session.execute(text(copy.format(minutes=minutes, evidence=evidence)))
        whole = text(copy.format(minutes="-minutes", evidence="evidence"))
        with db.write():
            db.session.execute(whole)
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(whole)


def test_the_database_itself_refuses_one_person_for_both(either_app: Flask) -> None:
    """Who logged and who verified are two accounts."""
    pair = serving()
    with evening_after() as day:
        number = logged(pair, day)
        by_themselves = {"evidence": "listed", "verified_by": pair.helper.account_id}
        change = update(ServiceSession).where(ServiceSession.id == number).values(by_themselves)
        with pytest.raises(IntegrityError), db.write():
            db.session.execute(change)
