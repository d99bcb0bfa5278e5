"""Each person chooses; nobody needs an address; one is used after its code was typed.

Seen to fail: choose() without the address (the constraint then refused it), wrong codes that do not
count, take_due() that mixes a code with letters, CODES_A_DAY left out, forget_choice left out of
clear_account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.audit import AuditEntry
from jiedui.core.carriers import Way
from jiedui.core.errors import Refusal, Stale
from jiedui.core.outbox import LetterKind
from jiedui.letters import actions, queries
from jiedui.letters.models import LetterChoice
from jiedui.letters.rules import CODE_TRIES, CODES_A_DAY, LetterRefusal, Pace
from jiedui.oversight.actions import running
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from jiedui.settings import Settings
from tests import people
from tests.builders.helpers import cleared_volunteer
from tests.letters.conftest import NOON, work
from tests.letters.gateway import Gateway
from tests.letters.people import MAIL, deliveries, reader, states, write
from tests.letters.post_office import PostOffice
from tests.people import Person


def director() -> Person:
    return people.appoint(Role.child_director, people.VILLAGE)


def choose(person: Person, way: Way, pace: Pace = Pace.at_once, version: int | None = None) -> None:
    with db.write():
        account = people.account_of(person)
        actions.choose(account, way, pace, "zh_CN", by=person.actor(), version=version)


def ask(person: Person, address: str = MAIL) -> None:
    with db.write():
        actions.ask_address(people.account_of(person), address, by=person.actor())


def confirm(person: Person, code: str) -> None:
    with db.read():
        actions.confirm_address(people.account_of(person), code, by=person.actor())


def refusal(act: Callable[[], None]) -> LetterRefusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code  # type: ignore[return-value]


def choice(person: Person) -> LetterChoice | None:
    with db.read():
        found = queries.choice_of(person.account_id)
        if found is not None:
            db.session.expunge(found)
        return found


def code_in(office: PostOffice) -> str:
    text = office.received[-1].read().get_content()
    found = re.search(r"\b\d{8}\b", text)
    assert found is not None
    return found.group()


def test_an_address_is_used_after_its_code_was_typed(ways: Settings, office: PostOffice) -> None:
    person = director()
    ask(person)
    write(person)
    with clock.moved_to(clock.at(NOON.date(), 23)):
        work()
    assert states() == ["sent"], "the code comes at once, and nothing else to this address"
    (letter,) = office.received
    assert letter.to == [MAIL]
    assert "/letters/" not in letter.read().get_content()
    assert refusal(lambda: choose(person, Way.email)) is LetterRefusal.no_address
    code = code_in(office)
    confirm(person, f"{code[:4]} {code[4:]}")
    kept = choice(person)
    assert kept is not None
    assert (kept.email, kept.way, kept.asked_email, kept.code) == (MAIL, Way.email, None, None)
    write(person)
    work()
    assert office.received[-1].to == [MAIL]
    assert "/letters/" in office.received[-1].read().get_content()


def test_a_code_and_a_letter_go_to_two_addresses(ways: Settings, office: PostOffice) -> None:
    """Whoever sits at the new address, which may be a stranger's, gets the code only."""
    person = reader()
    write(person)
    ask(person, "new@village.example")
    write(person)
    work()
    went = {(one.to[0], "/letters/" in one.read().get_content()) for one in office.received}
    went = {(to, linked or "/desk" in _text(office, to)) for to, linked in went}
    assert went == {(MAIL, True), ("new@village.example", False)}
    assert len(office.received) == 2


def _text(office: PostOffice, to: str) -> str:
    return "".join(one.read().get_content() for one in office.received if one.to == [to])


def test_wrong_codes_end_it(ways: Settings, office: PostOffice) -> None:
    """The fifth wrong one ends it; then the right one opens nothing."""
    person = director()
    ask(person)
    work()
    right = code_in(office)
    wrong = f"{(int(right) + 1) % 10**8:08d}"
    seen = [refusal(lambda: confirm(person, wrong)) for _ in range(CODE_TRIES)]
    assert seen == [LetterRefusal.wrong_code] * (CODE_TRIES - 1) + [LetterRefusal.code_gone]
    assert refusal(lambda: confirm(person, right)) is LetterRefusal.code_gone
    kept = choice(person)
    assert kept is not None
    assert kept.email is None


def test_a_code_lives_a_day_and_a_new_one_ends_the_old(ways: Settings, office: PostOffice) -> None:
    person = director()
    ask(person)
    work()
    first = code_in(office)
    with clock.moved_to(NOON + timedelta(hours=25)):
        assert refusal(lambda: confirm(person, first)) is LetterRefusal.code_gone
        ask(person, "other@village.example")
        work()
        second = code_in(office)
        if first != second:
            assert refusal(lambda: confirm(person, first)) is LetterRefusal.wrong_code
        confirm(person, second)
    kept = choice(person)
    assert kept is not None
    assert kept.email == "other@village.example"


def test_nobody_is_flooded_with_codes(ways: Settings, office: PostOffice) -> None:
    """The address may be a stranger's."""
    person = director()
    for _ in range(CODES_A_DAY):
        ask(person)
        work()
    assert refusal(lambda: ask(person)) is LetterRefusal.too_many_codes
    assert len(office.received) == CODES_A_DAY
    with clock.moved_to(NOON + timedelta(days=1)):
        ask(person)


def test_a_code_nobody_needs_any_more_is_not_sent(ways: Settings, office: PostOffice) -> None:
    person = director()
    ask(person)
    with db.write():
        actions.forget_address(people.account_of(person), by=person.actor())
    work()
    assert (states(), office.received) == (["needless"], [])


def test_what_is_no_address_and_a_way_that_is_not_there(ways: Settings) -> None:
    person = director()
    two = "a@b.cn, c@d.cn"
    assert refusal(lambda: ask(person, two)) is LetterRefusal.bad_address


def test_a_way_that_is_not_there_cannot_be_chosen(either_app: Flask) -> None:
    person = director()
    assert refusal(lambda: choose(person, Way.sms)) is LetterRefusal.way_not_there
    assert refusal(lambda: ask(person)) is LetterRefusal.way_not_there


def test_a_stale_choice_is_refused(ways: Settings) -> None:
    person = director()
    choose(person, Way.sms)
    kept = choice(person)
    assert kept is not None
    choose(person, Way.wecom, version=kept.version)
    with pytest.raises(Stale):
        choose(person, Way.portal, version=kept.version)


def test_the_database_holds_no_mail_to_an_unconfirmed_address(ways: Settings) -> None:
    person = director()
    choose(person, Way.sms)
    with pytest.raises(IntegrityError), db.write():
        db.session.execute(update(LetterChoice).values(way=Way.email))


def test_a_helper_who_is_waited_for_hears_by_text_message_where_the_county_wants_it(
    ways: Settings, gateway: Gateway
) -> None:
    """Off as it comes; other letters and other people get none; who has chosen, has chosen."""
    (helper, _number), staff = cleared_volunteer(), director()
    write(helper, LetterKind.pairing_approved)
    assert deliveries() == []
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.sms_to_helpers, True, by=SYSTEM)
    write(helper, LetterKind.pairing_paused)
    write(staff, LetterKind.pairing_approved)
    assert deliveries() == []
    write(helper, LetterKind.pairing_approved)
    work()
    assert [body["phone"] for _path, _headers, body in gateway.came] == [helper.phone]
    choose(helper, Way.portal)
    write(helper, LetterKind.pairing_approved)
    work()
    assert len(gateway.came) == 1


def test_what_is_done_is_on_record_without_the_address(ways: Settings, office: PostOffice) -> None:
    person = director()
    ask(person)
    work()
    confirm(person, code_in(office))
    choose(person, Way.sms, Pace.daily)
    with db.write():
        actions.forget_address(people.account_of(person), by=person.actor())
    with db.read():
        found = db.session.query(AuditEntry).filter(AuditEntry.act.like("letters.%"))
        told = [(one.act, one.details) for one in found.order_by(AuditEntry.id)]
    assert [act.removeprefix("letters.") for act, _details in told] == [
        "address asked", "address confirmed", "chosen", "address forgotten",
    ]  # fmt: skip
    assert MAIL not in str(told)


def test_a_cleared_account_leaves_no_address(ways: Settings) -> None:
    person = reader()
    with db.write():
        account = people.account_of(person)
        account.state = type(account.state).disabled
        run = running.open_run(people.region(people.COUNTY))
        running.clear_account(run.id, account, by=SYSTEM)
    assert choice(person) is None
