"""A day at the portal with names and numbers that must not leak: what people type, what they get
wrong, what breaks. Collects what the portal sent out besides its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.exc import IntegrityError

from jiedui.access.guard import Mark
from jiedui.access.rules import Office, Role
from jiedui.core import db
from jiedui.needs.models import Need
from tests import people
from tests.builders import pairings
from tests.builders.children import born
from tests.builders.needs import place
from tests.client import PASSWORD, Browser
from tests.helpers import filling
from tests.needs import visits
from tests.people import Person

CHILD, FATHER, CARER, HOUSE = "欧阳霁月", "欧阳远行", "尉迟老太", "枫树坳四组九号"
WORRY, WHERE_AT, TELLER, OPINION = "有人夜里敲她的窗", "枫树坳的桥头", "司徒邻居", "字号太小看不清"
HELPER, INVITED, TYPO = "慕容助学", "皇甫网格", "wrong horse entirely"
FATHER_PHONE, CARER_PHONE, STRANGER = "13877665544", "13877665545", "13877665546"
INVITED_PHONE, INVITED_PASSWORD = "13877665547", "gate lantern river seven"
DOORS = ("/link/", "/answer/")  # single-use: the address itself is the key


@dataclass
class Sent:
    """What went out: addresses asked for and led to, and the numbers of sessions."""

    addresses: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def watch(self, app: Flask) -> None:
        """Look at every answer."""

        @app.after_request
        def look(response: Response) -> Response:
            self.addresses += [request.full_path, response.headers.get("Location") or ""]
            for cookie in response.headers.getlist("Set-Cookie"):
                name, _, value = cookie.partition("=")
                self.secrets |= {value.partition(";")[0]} if name == "jiedui" else set()
            if response.mimetype == "text/html":
                self._read(response.get_data(as_text=True))
            return response

    def _read(self, page: str) -> None:
        self.addresses += re.findall(r'(?:href|action|src|hx-\w+)="([^"]*)"', page)
        self.secrets |= set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        self.secrets |= set(re.findall(r"/(?:link|answer)/([\w-]+)", page))


def play(app: Flask) -> Sent:
    """The whole day."""
    sent = Sent()
    sent.watch(app)
    sent.secrets |= {CHILD, FATHER, CARER, HOUSE, WORRY, WHERE_AT, TELLER, OPINION, HELPER}
    sent.secrets |= {INVITED, TYPO, FATHER_PHONE, CARER_PHONE, STRANGER, PASSWORD}
    sent.secrets |= {INVITED_PHONE, INVITED_PASSWORD}
    director = people.appoint(Role.child_director, people.VILLAGE, name="石例女")
    sent.secrets.add(director.phone)
    home = Browser(app)
    _signs_in_wrongly(app, director)
    home.sign_in(director.phone)
    with db.write():
        place()
    sent.secrets.add(_visit(home))
    _reads_and_reveals(home)
    _breaks(app, home)
    sent.secrets |= _helper_comes(app)
    _invites(app)
    _worries(app)
    _pairs()
    return sent


def _signs_in_wrongly(app: Flask, director: Person) -> None:
    """A wrong password, a number nobody has, and a number with a slip in it."""
    for phone in (director.phone, STRANGER, STRANGER[:-1]):
        Browser(app).sign_in(phone, TYPO)


def _visit(home: Browser) -> str:
    """A visit that is refused, sent again when the session has ended, and kept; the ID number."""
    said: dict[str, Any] = {
        "name": CHILD, "guardian_name": FATHER, "guardian_phone": FATHER_PHONE,
        "carer_name": CARER, "carer_phone": CARER_PHONE, "address": HOUSE,
        "id_number": people.id_number(born(9), "f"),
    }  # fmt: skip
    refused = home.send("/visit", **visits.typed(**said, guardian_relation=None))
    assert refused.status_code == 422
    away = Browser(home.app)
    away.send("/visit", **visits.typed(**said))
    refused = home.send("/visit", **visits.typed(**said | {"id_number": "990000201701010011"}))
    assert refused.status_code == 422
    kept = home.send("/visit", **visits.typed(**said, consent="link"))
    assert kept.status_code == 200
    assert "/ask" in kept.request.path, home.words
    return str(said["id_number"])


def _reads_and_reveals(home: Browser) -> None:
    """Lists, search, the file, what is hidden; the guardian's link, with a wrong code."""
    for page in ("desk", "children", "children/1", "children/1/change", "needs", "visit/home/1"):
        assert home.get(f"/{page}").status_code == 200
    home.send("/search", q=CHILD)
    shown = home.send("/children/1/reveal/id_number", reason="entitlement")
    assert shown.status_code == 200, home.words
    home.get("/children/1/ask")
    found = re.search(r'name="guardian" value="(\d+)"', home.text) or re.search(
        r'value="(\d+)"[^>]*name="guardian"', home.text
    )
    home.send("/children/1/ask", guardian=found.group(1) if found else "1")
    link = re.search(r"/answer/[\w-]+", home.text)
    assert link is not None, home.words
    far = Browser(home.app)
    far.send(link.group(0), answer="yes", code="000000")


def _breaks(app: Flask, home: Browser) -> None:
    """Pages that fail with a child's data in their message, by themselves and in the database."""

    def broken(child_id: int) -> str:
        raise ValueError(f"{CHILD} {FATHER_PHONE}")

    def colliding(child_id: int) -> str:
        raise IntegrityError("INSERT INTO child", {"name": CHILD}, ValueError(CHILD))

    whole = app.view_functions["files.child"]
    for view, status in ((broken, 500), (colliding, 409)):
        view.guard = Mark(None, "broken for the test")  # type: ignore[attr-defined]
        app.view_functions["files.child"] = view
        answer = home.get("/children/1")
        assert answer.status_code == status
        assert CHILD not in home.text
    app.view_functions["files.child"] = whole


def _helper_comes(app: Flask) -> set[str]:
    """Somebody registers, with a slip in the last step."""
    one = Browser(app)
    said = filling.to_last_step(one, name=HELPER)
    assert one.send("/register/check", **filling.check(again=TYPO)).status_code == 422
    assert filling.finished(one, said).status_code == 200
    for page in ("/helpers/mine", "/me", "/me/second-factor", "/pairings/mine", "/hours"):
        one.get(page)
    return {said["id_number"], said["phone"]}


def _invites(app: Flask) -> None:
    """The administrator invites somebody, who sets a password by the link."""
    office = Browser(app)
    office.sign_in(people.appoint(Role.account_admin).phone)
    village = visits.village_id()
    fields = {"name": INVITED, "phone": INVITED_PHONE, "role": "grid_worker", "region": village}
    assert office.send("/accounts/invite", **fields).status_code == 200
    link = re.search(r"/link/[\w-]+", office.text)
    assert link is not None, office.words
    theirs = {"new_password": INVITED_PASSWORD, "again": INVITED_PASSWORD}
    Browser(app).send(link.group(0), **theirs)
    office.send("/accounts", q=INVITED_PHONE)


def _worries(app: Flask) -> None:
    """A report and an opinion, and the office that reads them."""
    door = Browser(app)
    door.send("/report", what=WORRY, where=WHERE_AT, reporter=TELLER)
    door.send("/feedback", text=OPINION, contact=STRANGER)
    office = Browser(app)
    office.sign_in(people.appoint(Role.coordinator, office=Office.civil_affairs).phone)
    for page in ("/reports", "/reports/1", "/feedback/all", "/helpers", "/desk"):
        assert office.get(page).status_code == 200


def _pairs() -> None:
    """The child finds somebody; letters go out at every step."""
    with db.read():
        need = db.session.query(Need).one()
        assert need.children[0].name == CHILD
    pairings.trial()
