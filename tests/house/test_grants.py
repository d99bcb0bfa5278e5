"""What is opened to a helper follows from the records and from nothing else: all grants are built
anew from consents, views, acceptances and the states of pairings, and no difference is found.

The rule is written here by hand, from design.md ("A pairing's life"), not taken from the product.
Seen to fail: a pause for a report that left the grants (keep_grants not called by _worsen), an end
that left them (end_grants emptied), a grant that was never written (grant),
a called-off session whose substitute went on knowing the child (standing_in.end without
end_grants)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from jiedui.access.models import Grant
from jiedui.access.rules import Role
from jiedui.children import actions as children
from jiedui.children import queries as ledger
from jiedui.children.models import ChildView, Consent
from jiedui.children.rules import Answer, Means, Purpose
from jiedui.children.rules import CloseReason as FileClosed
from jiedui.contact.actions import plan
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan as planned
from jiedui.contact.rules.plan import LeftOut
from jiedui.core import clock, db
from jiedui.core.happenings import HelperLostClearance, HelperReported, happen
from jiedui.counselling.models import Counsellor
from jiedui.helpers import actions as helper_actions
from jiedui.helpers import queries as helpers
from jiedui.helpers.rules import Finding, Gate, Outcome
from jiedui.needs import actions as needs
from jiedui.needs import queries as wishes
from jiedui.needs.rules import NeedCloseReason
from jiedui.pairings.actions import answers, approvals, ending
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import CloseReason, NeedAfter, PauseReason, RejectReason
from tests import people
from tests.builders import contact as standing_in
from tests.builders import helpers as volunteers
from tests.builders import hours
from tests.builders import pairings as build
from tests.builders.children import director, household_child
from tests.builders.needs import place, wish
from tests.builders.pairings import Pair
from tests.client import Browser

KNOWING = {"ready", "trial", "active", "closing"}
QUIET = {"helper_away", "child_away"}
Row = tuple[int, str, int, str, str, int, int]


def rebuilt() -> set[Row]:
    """Every grant there should be, from the records."""
    found: set[Row] = set()
    for one in db.session.scalars(select(Pairing)):
        kids = [child.id for child in one.need.children]
        account = one.helper.account_id
        if account and _know_each_other(one) and _all_said_yes(one, kids):
            things = [("child", kid) for kid in kids] + [("pairing", one.id)]
            found |= {(account, *t, "visit", "pairing", one.id, one.county_id) for t in things}
    return found | _of_those_who_stand_in() | _of_counsellors()


def _of_counsellors() -> set[Row]:
    """Who was named to the counselling desk reads for the whole county."""
    rows = db.session.scalars(select(Counsellor).where(Counsellor.ended_at.is_(None)))
    return {
        (one.helper.account_id or 0, "region", one.county_id, "notes", "counsellor", one.id,
         one.county_id)
        for one in rows
    }  # fmt: skip


def _of_those_who_stand_in() -> set[Row]:
    """Who comes to one session in another's place knows the child until that day is over."""
    found: set[Row] = set()
    for one in db.session.scalars(select(PlannedSession)):
        account, home = one.helper.account_id, one.pairing
        day_over = clock.local(one.start_at).date() < clock.today()
        goes_on = home.state in {"trial", "active", "legacy", "closing"}
        stands_in = one.helper_id != home.helper_id and one.state in ("planned", "moved")
        if account and stands_in and goes_on and not day_over:
            things = [("child", kid.id) for kid in home.need.children]
            things.append(("planned_session", one.id))
            row = ("visit", "planned_session", one.id, one.county_id)
            found |= {(account, *thing, *row) for thing in things}
    return found


def _know_each_other(one: Pairing) -> bool:
    quiet = one.state == "paused" and one.pause_reason in QUIET
    return (one.state in KNOWING or quiet) and _ever_ready(one)


def _ever_ready(one: Pairing) -> bool:
    """Whether it was found, at some moment, that everybody had agreed."""
    return any(move.new == "ready" for move in one.moves)


def _all_said_yes(one: Pairing, kids: list[int]) -> bool:
    return one.accepted_at is not None and all(
        _newest_yes(Consent, kid, one.id) and _newest_yes(ChildView, kid, one.id) for kid in kids
    )


def _newest_yes(table: type[Consent] | type[ChildView], kid: int, about: int) -> bool:
    """Whether the last word on this helper is a yes that was not taken back."""
    mine = (table.child_id == kid, table.purpose == "pairing", table.about_id == about)
    last = db.session.scalars(select(table).where(*mine).order_by(table.id.desc())).first()
    taken_back = getattr(last, "withdrawn_at", None) is not None
    return last is not None and last.answer == "yes" and not taken_back


def living() -> set[Row]:
    """The grants that open something now."""
    rows = db.session.scalars(select(Grant).where(Grant.ended_at.is_(None))).all()
    # Only who stands in for a day has a grant that closes by itself.
    assert {r.source_kind == "planned_session" for r in rows if r.valid_until} <= {True}
    return {
        (g.account_id, g.kind, g.object_id, g.level.value, g.source_kind, g.source_id, g.county_id)
        for g in rows
        if g.valid_until is None or g.valid_until > clock.now()
    }


def does(what: Callable[[], object]) -> None:
    """One act of somebody."""
    with db.write():
        what()


def pause(pair: Pair, reason: PauseReason) -> None:
    """Paused by the village."""
    does(lambda: ending.pause(pair.id, reason, by=pair.director.actor()))


def lose(pair: Pair, *, bad: bool) -> None:
    """The helper's papers are not good any more."""
    does(lambda: happen(HelperLostClearance(pair.helper_id, bad=bad)))


def renew(pair: Pair) -> None:
    """The police have looked again."""
    found = Finding(Gate.record_check, Outcome.good, clock.today(), authority="北试县公安局")
    by = pair.officer
    does(lambda: helper_actions.record_finding(helpers.get(pair.helper_id), found, by=by.actor()))


def take_back(pair: Pair, purpose: Purpose) -> None:
    """The guardian has thought better of it."""

    def act() -> None:
        child = ledger.get(wishes.get(pair.need_id).children[0].id)
        about = pair.id if purpose is Purpose.pairing else None
        given = ledger.latest_consent(child, purpose, about)
        assert given is not None
        children.withdraw_consent(given, Means.telephone, by=pair.director.actor())

    does(act)


def end(pair: Pair, reason: CloseReason, day: date | None) -> None:
    """An end is begun, with a day for the goodbye or at once."""
    does(lambda: ending.plan_end(pair.id, reason, day, by=pair.officer.actor()))


def brothers() -> Pair:
    """One wish of two children, and both have met their helper."""
    village = director()
    first = household_child(village)
    second = household_child(village, sibling_of=first)
    with db.write():
        kids = [ledger.get(first), ledger.get(second)]
        need = needs.raise_need(kids, wish(place=place()), by=village.actor()).id
    return build.trial(need_id=need, director=village)


def _before_the_meeting() -> None:
    """Proposals, answers, refusals."""
    build.proposed()
    one = build.proposed()
    does(lambda: approvals.reject(one.id, RejectReason.not_suitable, by=one.officer.actor()))
    build.accept(build.approved())
    build.family_says(build.approved())
    build.family_says(build.approved(), guardian=Answer.no)
    two = build.approved()
    build.accept(two)
    build.family_says(two, child=Answer.no)
    three = build.ready()
    does(lambda: answers.decline(three.id, by=three.helper.actor()))
    four = build.approved()
    with clock.moved_to(clock.now() + timedelta(days=20)):
        does(lambda: answers.run_out(four.id))
    build.ready()


def _pauses() -> None:
    """Quiet ones and others, one that grew worse, and some that are over."""
    for reason in (*(PauseReason(quiet) for quiet in sorted(QUIET)), PauseReason.family_wish):
        pause(build.active(), reason)
    graver = build.active()
    pause(graver, PauseReason.helper_away)
    does(lambda: happen(HelperReported(graver.helper_id)))
    for bad in (False, True):
        lose(build.active(), bad=bad)
    over = build.active()
    lose(over, bad=False)
    renew(over)
    looked = build.trial()
    pause(looked, PauseReason.being_looked_into)
    does(lambda: ending.resume(looked.id, by=looked.officer.actor()))
    take_back(build.active(), Purpose.matching)


def _ends() -> None:
    """Goodbyes to come, goodbyes said, ends at once, and a file that was closed."""
    end(build.active(), CloseReason.helper_moved, clock.today() + timedelta(days=9))
    said = build.active()
    end(said, CloseReason.helper_moved, clock.today())
    by = said.director
    does(lambda: ending.close(said.id, clock.today(), NeedAfter.reopen, by=by.actor()))
    take_back(build.trial(), Purpose.pairing)
    done = build.active()
    fulfilled = NeedCloseReason.fulfilled
    does(lambda: needs.close_need(wishes.get(done.need_id), fulfilled, by=done.director.actor()))
    left = build.trial()

    def close_file() -> None:
        child = ledger.get(wishes.get(left.need_id).children[0].id)
        children.close_child(child, FileClosed.moved_away, by=left.director.actor())

    does(close_file)
    safe = build.active()
    end(safe, CloseReason.safety, None)


def _several() -> None:
    """Two children of one helper, brothers of one wish, and a helper without an account."""
    first, _second = hours.two_pairs()
    pause(first, PauseReason.family_wish)
    brothers()
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    number = volunteers.on_paper(township)
    volunteers.clear(number)
    build.ready(helper_of=(township, number))  # the township calls and says yes for them


def _called_off(pair: Pair, session: int) -> None:
    """By the village, for the family."""
    why = LeftOut.family_cannot
    does(lambda: plan.cancel(planned.get(session), why, by=pair.director.actor()))


def _not_cleared_any_more(helper_id: int) -> None:
    """A check has run out."""
    does(lambda: happen(HelperLostClearance(helper_id, bad=False)))


def _stand_ins() -> None:
    """One who stands in, one whose pairing paused, one who was called off, one not cleared any
    more."""
    for what in ("goes on", "goes on", "pause", "call off", "clearance"):
        pair, session, number = standing_in.stood_in()
        if what == "pause":
            pause(pair, PauseReason.helper_away)
        elif what == "call off":
            _called_off(pair, session)
        elif what == "clearance":
            _not_cleared_any_more(number)


def test_grants_of_those_who_stand_in_close_with_their_day(app: Flask) -> None:
    """Built anew from what is planned, today and when all those days are over."""
    _stand_ins()
    with db.read():
        assert living() ^ rebuilt() == set()
        assert len({row[5] for row in living() if row[4] == "planned_session"}) == 2
    with clock.moved_to(clock.now() + timedelta(days=60)), db.read():
        assert living() ^ rebuilt() == set()
        assert [row for row in living() if row[4] == "planned_session"] == []


def test_grants_are_what_the_records_say(app: Flask) -> None:
    """And each helper's own page calls the child by name just where a grant opens it."""
    for part in (_before_the_meeting, _pauses, _ends, _several):
        part()
        with db.read():
            assert living() ^ rebuilt() == set()
    with db.read():
        pairs = db.session.scalars(select(Pairing)).all()
        assert len({(one.state, one.pause_reason) for one in pairs}) >= 16
        opened = {row[5] for row in living()}
    assert len(opened) >= 8


def test_a_helpers_page_names_the_child_just_where_a_grant_does(app: Flask) -> None:
    """The page asks the pairing, the policy asks the grant: they never disagree."""
    for part in (_before_the_meeting, _pauses, _ends):
        part()
    with db.read():
        opened = {row[5] for row in living()}
        pairs = {one.id: one for one in db.session.scalars(select(Pairing))}
        who = {n: (one.helper.phone, one.need.children[0].name) for n, one in pairs.items()}
    for number, (phone, name) in who.items():
        browser = Browser(app)
        browser.sign_in(phone)
        browser.get(f"/pairings/{number}")
        assert (name in browser.words) is (number in opened), pairs[number].state
