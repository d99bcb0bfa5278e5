"""A guardian asks for deletion: granted, it is done on the last day of the request's own clock;
while the law has the file kept it cannot be granted, and the page says why.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from jiedui.access.rules import Office, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.rules import CloseReason
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.files import queries
from jiedui.files.rules import Outcome
from jiedui.oversight import jobs
from tests import people
from tests.builders import children as kids
from tests.builders import closed
from tests.client import Browser
from tests.files.test_requests import REASON, asked, on

Device = Callable[[], Browser]


def close(child: int) -> None:
    """The file leaves the ledger (opens its own write)."""
    with db.write():
        ledger.close_child(children.get(child), CloseReason.moved_away, by=SYSTEM)


def night() -> None:
    """The run of this night."""
    with db.read():
        county = people.region(people.COUNTY).id
    jobs.clear(county, by=SYSTEM)


def test_an_open_file_is_kept_by_law(app: Flask, device: Device) -> None:
    """The answer is refused beside its field, with the way out; in part it can be given."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director)
    office = on(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    page = f"/requests/{asked(mine, child, 'delete')}"
    assert office.send(page, outcome="granted", words="").status_code == 422
    assert "该档案尚未结案" in office.words
    office.send(page, outcome="partly", ground="kept by law", words=REASON)
    with db.read():
        one = queries.requests_of(child)[0]
        assert (one.outcome, one.clear_on) == (Outcome.partly, None)


def test_granted_it_is_done_within_the_requests_clock(app: Flask, device: Device) -> None:
    """The letter and the file name the day; on that night it is done, not before."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director, name="示清风")
    close(child)
    office = on(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    page = f"/requests/{asked(mine, child, 'delete')}"
    assert office.send(page, outcome="granted", words="").status_code == 200
    with db.read():
        one = queries.requests_of(child)[0]
        day = one.clear_on
        assert day == one.due_on
    letter = office.get(f"{page}/letter").get_data(as_text=True)
    assert f"{day.day}日" in letter
    mine.get(f"/children/{child}")
    assert "监护人申请删除" in mine.words
    night()
    assert "示清风" in closed.everything()
    with clock.moved_to(clock.at(day, 3)):
        night()
        assert "示清风" not in closed.everything()
    mine = on(device, director)  # old sessions are gone, too
    mine.get(f"/children/{child}")
    assert "身份信息已清除" in mine.words
    assert mine.get(f"/children/{child}/requests").status_code == 200


def test_a_hold_set_meanwhile_stops_it(app: Flask, device: Device) -> None:
    """Civil affairs holds the file back on its page; once released it is done the next night."""
    mine = on(device, director := kids.director())
    child = kids.household_child(director, name="示清风")
    close(child)
    bureau = people.appoint(Role.coordinator, office=Office.civil_affairs)
    office = on(device, bureau)
    page = f"/requests/{asked(mine, child, 'delete')}"
    office.send(page, outcome="granted", words="")
    hold = f"/children/{child}/hold"
    assert office.send(hold, words="").status_code == 422
    office.send(hold, reason="court", words="县法院某案，王法官来电")
    assert "已暂缓清除" in office.words
    with db.read():
        day = queries.requests_of(child)[0].due_on
    with clock.moved_to(clock.at(day, 3)):
        night()
        assert "示清风" in closed.everything()
    office = on(device, bureau)
    office.press(hold, f"/children/{child}/release")
    assert "恢复正常清除" in office.words
    with clock.moved_to(clock.at(day, 4)):
        night()
        assert "示清风" not in closed.everything()


def test_what_is_not_held_cannot_be_released(app: Flask, device: Device) -> None:
    """Two at the office release it at once: the second reads that it is done."""
    child = kids.household_child(kids.director())
    office = on(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    office.send(f"/children/{child}/hold", reason="other", words="某事")
    office.get(f"/children/{child}/hold")
    second = on(device, people.appoint(Role.township_supervisor, people.TOWNSHIP))
    second.get(f"/children/{child}/hold")
    release = f"/children/{child}/release"
    assert office._post(release, office._hidden(release), follow=True).status_code == 200
    assert second._post(release, second._hidden(release), follow=True).status_code == 422
    assert "该档案未暂缓清除" in second.words
