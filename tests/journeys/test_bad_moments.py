"""Pages and sessions that have grown old: it is said in plain words, nothing typed is lost, and the
same form is taken when it is sent again.

Seen failing: with `_again` keeping nothing; with "notes" among `kept.NEVER`; with the sign-in
leading to the address of the button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from jiedui.children.models import Child
from jiedui.core import clock, db
from jiedui.helpers import queries as helpers
from jiedui.pairings.rules import PairingState
from tests.builders import children as kids
from tests.builders import needs as wishes
from tests.builders import pairings as build
from tests.client import PASSWORD, Browser
from tests.helpers import filling
from tests.helpers.test_mine import details
from tests.journeys.seen import (
    ENGLISH,
    at_desk,
    reading,
    rows,
    state,
    still_there,
)
from tests.needs.visits import typed

Device = Callable[[], Browser]


@ENGLISH
def test_a_stale_page_keeps_what_was_typed_and_leads_back_to_it(app: Flask, english: bool) -> None:
    """Two windows of one helper: the older one changes nothing, and is not lost."""
    pair = build.proposed()
    first, second = at_desk(app, pair.helper), at_desk(app, pair.helper, english)
    path = "/helpers/mine/change"
    second.get(path)
    first.send(path, **details(slots=["weekend"]))
    late = details(slots=["0", "saturday_morning"], about="周三晚上也行", languages=["hakka"])
    page = second.send(path, fresh=False, **late)
    assert page.status_code == 409
    told = ("您打开这一页以后，别人改了它", "This was changed while you had it open")
    assert told[english] in second.words
    assert f'href="{path}"' in second.text
    with db.read():
        helper = helpers.get(pair.helper_id)
        assert [row.slot for row in helper.slots] == [15, 16, 17, 18, 19, 20]
    second.get(path)
    still_there(second, late)
    page = second.send(path, fresh=False, **late)
    assert page.status_code == 200
    with db.read():
        assert [row.slot for row in helpers.get(pair.helper_id).slots] == [0, 15]


LONG: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    (
        "/visit",
        lambda: typed(
            notes="奶奶耳背", address="三组", urgency="yellow", urgency_reason="bereavement"
        ),
    ),
    ("/visit", lambda: typed(consent="telephone", second_person="刘会计", view="no")),
]


@ENGLISH
@pytest.mark.parametrize(("path", "said"), LONG, ids=["paper", "telephone"])
@pytest.mark.parametrize("lost", ["idle", "cookie"])
def test_a_session_lost_during_a_long_form_keeps_it_across_the_sign_in(
    app: Flask, path: str, said: Callable[[], dict[str, Any]], lost: str, english: bool
) -> None:
    """Idle too long, or the cookie gone: after signing in the form stands filled in."""
    with db.write():
        wishes.place()
    person = kids.director()
    phone, fields = at_desk(app, person, english), said()
    phone.get(path)
    later = clock.now() + (timedelta(hours=3) if lost == "idle" else timedelta())
    if lost == "cookie":
        phone.http.delete_cookie("jiedui")
    with clock.moved_to(later):
        page = phone.send(path, fresh=False, **fields)
        assert page.request.path == "/sign-in"
        assert ("您填的内容已保留", "What you typed is kept")[english] in phone.words
        assert rows(Child) == [0]
        page = phone.send(f"/sign-in?next={path}", phone=person.phone, password=PASSWORD)
        assert page.request.path == path
        still_there(phone, fields)
        phone.send(path, fresh=False, **fields)
        assert rows(Child) == [1]


@ENGLISH
def test_a_registration_left_open_too_long_keeps_the_step_that_was_typed(
    device: Device, english: bool
) -> None:
    """Nobody is signed in here: the page asks to send it again, and nothing need be retyped."""
    one, said = reading(device(), english), filling.who(name="贾久等")
    one.get("/register")
    one.http.delete_cookie("jiedui")
    page = one.send("/register", fresh=False, **said)
    assert page.request.path == "/register"
    assert ("您填的内容已保留，请再发一次", "Your input is kept")[english] in one.words
    still_there(one, said)
    assert one.send("/register", fresh=False, **said).request.path == "/register/help"


@ENGLISH
@pytest.mark.parametrize("lost", ["idle", "another session"])
def test_a_button_pressed_after_the_session_leads_back_to_its_page(
    app: Flask, lost: str, english: bool
) -> None:
    """A button has no page of its own to come back to: the page it stood on is shown again."""
    pair = build.active()
    helper = at_desk(app, pair.helper, english)
    page, button = f"/pairings/{pair.id}", f"/pairings/{pair.id}/resume"
    helper.send(f"{page}/pause", reason="helper_away")
    helper.get(page)
    if lost == "another session":
        helper.sign_in(pair.helper.phone)
    later = clock.now() + timedelta(hours=3 if lost == "idle" else 0)
    with clock.moved_to(later):
        came = helper.http.post(
            button, headers={"Referer": f"http://localhost{page}"}, follow_redirects=True
        )
        helper.page = came
        said = ("还没有办", "Nothing has been done")
        assert said[english] in helper.words
        if lost == "idle":
            helper.send(f"/sign-in?next={page}", phone=pair.helper.phone, password=PASSWORD)
            assert came.request.args["next"] == page
        assert helper.page is not None
        assert (helper.page.status_code, helper.page.request.path) == (200, page)
        assert state(pair) is PairingState.paused
        helper.press(page, button)
        assert state(pair) is PairingState.active
