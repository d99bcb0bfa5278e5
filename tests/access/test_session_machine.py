"""Whatever somebody and others do in whatever order, and however clocks jump: a session opens
pages only while it may, a PIN opens a phone only while it may, and what was dead stays dead.

Seen to fail: a wrong PIN that is not counted, a role that ends without ending sessions, a PIN that
counts as a password, a session found too old that a clock set back brings to life.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jiedui.access import actions
from jiedui.access.actions import Post
from jiedui.access.rules import PHONE_DAYS, PIN_TRIES, RECENT, Role
from jiedui.core import audit, clock, db
from tests import people
from tests.client import PASSWORD, Browser
from tests.people import Person

PIN, WRONG = "836417", "274968"
IDLE, DAY = timedelta(minutes=30), timedelta(hours=12)
SLACK = timedelta(minutes=1)  # the last use is written down once a minute
WAITS = [timedelta(minutes=m) for m in (1, 9, 14, 16, 28, 32)] + [
    timedelta(hours=11), timedelta(hours=13), timedelta(days=29), timedelta(days=31),
]  # fmt: skip

_places = count(1)  # what is tried at one place is counted there


class Life(RuleBasedStateMachine):
    """A village worker with a phone, and those who look after the account."""

    app: Flask
    person: Person

    @initialize()
    def begin(self) -> None:
        """Nobody is signed in yet."""
        self.person = people.appoint(Role.child_director, people.VILLAGE)
        self.admin = people.appoint(Role.account_admin)
        self.mine, self.now = Browser(self.app), datetime.now(UTC)
        where = next(_places)
        self.mine.http.environ_base["REMOTE_ADDR"] = f"10.0.{where // 256}.{where % 256}"
        self.refused = 0
        self.password, self.words = PASSWORD, 0
        self.active, self.helping, self.township = True, True, False
        self.opened: datetime | None = None
        self.used = self.typed = self.now
        self.by_password = False
        self.phone_until: datetime | None = None
        self.wrong = 0
        self.dead: set[str] = set()

    # What one sees -------------------------------------------------------------------------

    def look(self, path: str) -> str:
        """Where a page ends."""
        self.now += timedelta(seconds=2)
        with clock.moved_to(self.now):
            return self.mine.get(path).request.path

    def send(self, path: str, **fields: str) -> str:
        """Where a form ends."""
        self.now += timedelta(seconds=2)
        with clock.moved_to(self.now):
            return self.mine.send(path, **fields).request.path

    def cookie(self) -> str:
        found = self.mine.http.get_cookie("jiedui")
        return found.value if found is not None else ""

    def died(self) -> None:
        """Nobody is signed in here any more."""
        if self.opened is not None:
            self.dead.add(self.last)
        self.opened = None

    def lives(self, slack: timedelta) -> bool:
        """Whether the session may open pages (`slack` less or more than the rule says)."""
        if self.opened is None:
            return False
        return self.now - self.used <= IDLE + slack and self.now - self.opened <= DAY + slack

    def entered(self, *, by_password: bool) -> None:
        self.died()
        self.opened = self.used = self.now
        self.last, self.by_password = self.cookie(), by_password
        if by_password:
            self.typed = self.now

    # What people do ------------------------------------------------------------------------

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @rule()
    def the_clock_is_set_back(self) -> None:
        self.now -= timedelta(minutes=5)

    @rule()
    def uses_a_page(self) -> None:
        said = self.look("/me")
        if said == "/me":
            assert self.lives(timedelta())
            self.used = self.now
        else:
            assert not self.lives(-SLACK)
            self.died()
            assert said == ("/sign-in/pin" if self.phone_lives() else "/sign-in")

    @rule()
    def asks_for_what_is_sealed(self) -> None:
        self.uses_a_page()
        if self.opened is None:
            return
        said = self.look("/me/codes")
        recent = self.by_password and timedelta() <= self.now - self.typed <= RECENT
        assert (said == "/me/codes") == recent or abs(self.now - self.typed - RECENT) < SLACK
        if said == "/confirm":
            self.dead.add(self.last)
            assert self.send("/confirm?next=/me", password=self.password) == "/me"
            self.last, self.typed, self.by_password = self.cookie(), self.now, True

    @precondition(lambda self: self.active)
    @rule()
    def signs_in(self) -> None:
        self.uses_a_page()
        typed = {"phone": self.person.phone, "password": self.password, "next": "/me"}
        assert self.send("/sign-in", **typed) == "/me"
        self.entered(by_password=True)

    @precondition(lambda self: not self.active and self.refused < 5)
    @rule()
    def tries_to_sign_in(self) -> None:
        self.refused += 1
        said = self.send("/sign-in", phone=self.person.phone, password=self.password)
        assert said == "/sign-in"

    @precondition(lambda self: self.active)
    @rule()
    def has_the_phone_remembered(self) -> None:
        self.signs_in()
        here = self.send("/me/phones/new", pin=PIN, again=PIN)
        self.last = self.cookie()
        allowed = self.helping and not self.township
        assert (here == "/me/phones") == allowed
        if allowed:
            self.phone_until, self.wrong = self.now + timedelta(days=PHONE_DAYS), 0

    def phone_lives(self) -> bool:
        return self.phone_until is not None and self.now < self.phone_until

    @precondition(lambda self: self.opened is None or not self.lives(timedelta()))
    @rule(pin=st.sampled_from([PIN, PIN, WRONG, WRONG, WRONG]))
    def types_the_pin(self, pin: str) -> None:
        self.uses_a_page()
        if self.opened is not None:
            return
        known = self.phone_lives()
        here = self.send("/sign-in/pin", pin=pin, next="/me")
        if not known:
            assert here == "/sign-in"
        elif pin == PIN:
            assert here == "/me"
            self.wrong = 0
            self.entered(by_password=False)
        else:
            assert here == "/sign-in/pin"
            self.wrong += 1
            if self.wrong == PIN_TRIES:
                self.phone_until = None

    @precondition(lambda self: self.active and self.helping and not self.township)
    @rule(pin=st.sampled_from([PIN, WRONG]))
    def comes_back_to_the_phone(self, pin: str) -> None:
        self.has_the_phone_remembered()
        self.time_passes(timedelta(minutes=32))
        self.types_the_pin(pin)
        self.asks_for_what_is_sealed()

    @rule()
    def signs_out(self) -> None:
        self.uses_a_page()
        if self.opened is not None:
            with clock.moved_to(self.now):
                self.mine.press("/me", "/sign-out")
            self.died()
            self.phone_until = None

    @rule()
    def changes_the_password(self) -> None:
        self.uses_a_page()
        if self.opened is None:
            return
        self.words += 1
        new = f"another long phrase {self.words}"
        said = self.send("/me/password", present=self.password, new_password=new, again=new)
        recent = self.by_password and timedelta() <= self.now - self.typed <= RECENT
        assert (said == "/me") == recent or abs(self.now - self.typed - RECENT) < SLACK
        if said != "/me":  # after a PIN, or long after: the password is asked for first
            assert said == "/confirm"
            return
        self.dead.add(self.last)
        self.password, self.phone_until = new, None
        self.last, self.typed, self.by_password = self.cookie(), self.now, True

    # What others do ------------------------------------------------------------------------

    def others(self, what: Callable[[Any, Any], Any]) -> Any:
        """Somebody who looks after the account acts; everything that was open is closed."""
        with clock.moved_to(self.now), db.write():
            done = what(people.account_of(self.person), self.admin.actor())
        self.died()
        self.phone_until = None
        return done

    @precondition(lambda self: self.active)
    @rule()
    def is_disabled(self) -> None:
        self.others(lambda account, by: actions.disable(account, by=by))
        self.active = False

    @precondition(lambda self: not self.active)
    @rule()
    def is_enabled(self) -> None:
        token = self.others(lambda account, by: actions.enable(account, by=by))
        self.words += 1
        self.password = f"a phrase by link {self.words}"
        self.others(lambda _account, by: actions.use_link(token, self.password, by=by))
        self.active = True

    @precondition(lambda self: self.helping)
    @rule()
    def loses_the_role(self) -> None:
        self.others(lambda account, by: actions.end_role(self._role(account), by=by))
        self.helping = False

    def _role(self, account: Any) -> Any:
        today = clock.today()
        held = [one for one in account.roles if one.lives(today)]
        return next(one for one in held if one.role is Role.child_director)

    @precondition(lambda self: not self.helping)
    @rule()
    def gets_the_role_again(self) -> None:
        village = Post(Role.child_director, self.place(people.VILLAGE))
        self.others(lambda account, by: actions.add_role(account, village, by=by))
        self.helping = True

    @precondition(lambda self: not self.township)
    @rule()
    def gets_a_role_of_the_township(self) -> None:
        post = Post(Role.township_supervisor, self.place(people.TOWNSHIP))
        self.others(lambda account, by: actions.add_role(account, post, by=by))
        self.township = True

    def place(self, code: str) -> Any:
        with db.read():
            found = people.region(code)
            db.session.expunge(found)
            return found

    @rule()
    def is_signed_out_everywhere(self) -> None:
        self.others(lambda account, by: actions.sign_out_everywhere(account, by=by))

    # What always holds ---------------------------------------------------------------------

    @invariant()
    def what_was_dead_opens_nothing(self) -> None:
        thief = Browser(self.app)
        with clock.moved_to(self.now):
            for old in sorted(self.dead):
                thief.http.set_cookie("jiedui", old)
                assert thief.get("/me").request.path == "/sign-in"

    @invariant()
    def nobody_of_the_township_has_a_phone(self) -> None:
        if self.township:
            assert self.phone_until is None

    def teardown(self) -> None:
        with db.read():
            assert audit.verify(people.account_of(self.person).county_id) == []


@pytest.mark.parametrize(
    ("examples", "steps"), [(8, 14), pytest.param(30, 30, marks=pytest.mark.reliability)]
)
def test_a_session_lives_by_the_rules(app: Flask, examples: int, steps: int) -> None:
    machine = type("LifeHere", (Life,), {"app": app})
    quick = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=quick)
