"""What is left of a cleared file, helper and account can still be read: every page that leads there
opens, and none of them says who it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from jiedui.access import actions as accounts
from jiedui.access.actions import clearing
from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.children.rules import ClearedFor
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.files import actions as files
from jiedui.helpers import actions as helping
from jiedui.helpers import queries as helpers
from jiedui.hours import actions as hours
from tests import people
from tests.builders import closed
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


def readers(kept: closed.Kept) -> list[Person]:
    """Who worked with the family, and who decided."""
    return [
        kept.director,
        people.appoint(Role.township_supervisor, people.TOWNSHIP),
        people.appoint(Role.coordinator, office=Office.civil_affairs),
        kept.pair.officer,
    ]


def opened(browser: Browser, path: str) -> str:
    """A page's text; a page that is not this reader's says nothing."""
    answer = browser.get(path)
    assert answer.status_code in (200, 404), path
    return answer.get_data().decode(errors="ignore")


def test_pages_of_a_cleared_file(app: Flask, device: Device) -> None:
    """File, states, situation, house, agreements, wish, pairing, national row, lists, statement."""
    kept = closed.full_file()
    with clock.moved_to(clock.now() + timedelta(days=4)):
        closed.close(kept.child, kept.director)
        with db.write():
            files.clear_file(children.get(kept.child), ClearedFor.term_over, by=SYSTEM)
        with db.read():
            home = children.get(kept.child).household_id
        child = f"/children/{kept.child}"
        paths = (
            child, f"{child}/past", f"{child}/situation", f"{child}/guardianship",
            f"{child}/reveal/name", f"{child}/hold", f"{child}/consent", f"{child}/requests",
            f"{child}/close", f"{child}/change", f"{child}/national", f"/visits/houses/{home}",
            "/entrustments/1/agreement.pdf", f"{child}/guardianship/change",
            "/children?state=all", "/children?state=closed", "/entrustments/1", "/entrustments",
            f"/needs/{kept.pair.need_id}", f"/pairings/{kept.pair.id}", "/needs?state=all",
            "/pairings?phase=ended", f"/helpers/{kept.pair.helper_id}", "/desk", "/visits",
            "/statement", "/requests", "/children/doubles", "/support", "/reviews",
        )  # fmt: skip
        for person in readers(kept):
            browser = device()
            browser.sign_in(person.phone)
            for path in paths:
                text = opened(browser, path)
                assert [one for one in kept.secrets if one in text] == [], path


def test_pages_of_a_cleared_helper(app: Flask, device: Device) -> None:
    """Their page, pairing, list, and the certificate they were given: it is checked still."""
    kept = closed.full_file()
    pair = kept.pair
    day = clock.today()
    with clock.moved_to(clock.now() + timedelta(days=4)):
        with db.write():
            name = helpers.get(pair.helper_id).name
            by = pair.officer.actor()
            one = hours.issue_certificate(helpers.get(pair.helper_id), day, clock.today(), by=by)
            db.session.flush()
            certificate, number = one.id, one.number
        with db.write():
            helping.withdraw(helpers.get(pair.helper_id), by=SYSTEM)
            helping.deidentify(helpers.get(pair.helper_id), by=SYSTEM)
            clearing.deidentify(people.account_of(pair.helper), by=SYSTEM)
        visitor = device()
        assert visitor.get(f"/check/{number}").status_code == 200
        assert name not in visitor.text
        for person in readers(kept):
            browser = device()
            browser.sign_in(person.phone)
            for path in (
                f"/helpers/{pair.helper_id}", f"/pairings/{pair.id}", "/pairings?phase=ended",
                "/helpers?state=withdrawn", "/helpers", f"/children/{kept.child}",
                f"/hours/records/{certificate}", f"/hours/records/{certificate}/record.pdf",
                f"/helpers/{pair.helper_id}/records", "/helpers/checks",
            ):  # fmt: skip
                text = opened(browser, path)
                assert name not in text
                assert pair.helper.phone not in text


def test_who_did_it_is_a_dash_once_their_account_is_cleared(app: Flask, device: Device) -> None:
    """The file and the record still tell what was done and when; the list of accounts opens."""
    kept = closed.closed_file()
    admin, auditor = people.appoint(Role.account_admin), people.appoint(Role.auditor)
    with db.write():
        name = people.account_of(kept.director).name
        accounts.disable(people.account_of(kept.director), by=admin.actor())
        clearing.deidentify(people.account_of(kept.director), by=SYSTEM)
    supervisor = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    for person, path in (
        (supervisor, f"/children/{kept.child}"),
        (admin, "/accounts"),
        (admin, f"/accounts/{kept.director.account_id}"),
        (auditor, "/record"),
    ):
        browser = device()
        browser.sign_in(person.phone)
        assert browser.get(path).status_code == 200
        assert name not in browser.text
