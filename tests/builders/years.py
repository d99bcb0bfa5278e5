"""A small county's year 2026, built by hand: what the yearly audit must count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from jiedui.access.rules import Office, Role
from jiedui.children import actions as ledger
from jiedui.children import queries as children
from jiedui.children.actions import ExportAsked
from jiedui.children.rules import CloseReason, Masked, Means, RevealReason
from jiedui.core import clock, db, jobs
from jiedui.core.actors import SYSTEM
from jiedui.files import actions as files
from jiedui.files.actions import Answered, RequestSaid
from jiedui.files.models import DataRequest
from jiedui.files.rules import Asked, Ground, How, Outcome
from jiedui.oversight import jobs as clearing
from tests import people
from tests.builders import children as kids
from tests.builders import closed
from tests.builders.reviews import on
from tests.client import Browser
from tests.people import Person

GIRL, FATHER, PHONE, ADDRESS = "示荷塘", "示犁铧", "13955667788", "荷塘坝四十一号"
NUMBER = people.id_number(date(2012, 5, 1))
SECRETS = (GIRL, FATHER, PHONE, ADDRESS, NUMBER, NUMBER[:14])


@dataclass
class County:
    """Who works in it, and the files."""

    director: Person
    township: Person
    bureau: Person
    auditor: Person
    files: dict[str, int] = field(default_factory=dict)


def begun() -> County:
    """What was there before the year: files of a girl of 14 by its end, of a grown-up, and of one
    that was closed in December and comes back in the year after."""
    with on(2025, 6, 2):
        here = County(
            director=kids.director(),
            township=people.appoint(Role.township_supervisor, people.TOWNSHIP),
            bureau=people.appoint(Role.coordinator, office=Office.civil_affairs),
            auditor=people.appoint(Role.auditor),
        )
        here.files["girl"] = kids.household_child(
            here.director, name=GIRL, id_number=kids.checked(NUMBER), birth_date=date(2012, 5, 1),
            guardians=(kids.father(name=FATHER, phone=PHONE), kids.grandmother()), address=ADDRESS,
        )  # fmt: skip
        here.files["grown"] = kids.household_child(here.director, birth_date=date(2008, 3, 1))
        here.files["away"] = kids.household_child(here.director, birth_date=date(2016, 2, 1))
    with on(2025, 12, 20):
        closed.close(here.files["away"], here.director)
    return here


def year(device: Callable[[], Browser]) -> County:
    """The whole year, and the first days of the next."""
    here = begun()
    with on(2026, 3, 2):
        here.files["goes"] = kids.household_child(here.director, birth_date=date(2015, 4, 1))
        here.files["nearly"] = kids.household_child(here.director, birth_date=date(2009, 3, 1))
        here.files["small"] = kids.household_child(here.director, birth_date=date(2016, 5, 1))
        _looks(here, device)
        _asked(here)
    with on(2026, 5, 4):
        _left_the_portal(here)
        with db.write():
            consent = children.get(here.files["small"]).consents[0]
            ledger.withdraw_consent(consent, Means.spoken, by=here.director.actor())
    with on(2026, 10, 1):
        closed.close(here.files["goes"], here.director, CloseReason.moved_away)
        clearing.clear(county(), by=SYSTEM)
    with on(2027, 1, 5), db.write():
        ledger.reopen_child(children.get(here.files["away"]), by=here.director.actor())
    return here


def county() -> int:
    """The county's id."""
    with db.read():
        return people.region(people.COUNTY).id


def _looks(here: County, device: Callable[[], Browser]) -> None:
    """Two looks by the director, one by the bureau; a number shown; two doors that stay shut."""
    mine, other = device(), device()
    mine.sign_in(here.director.phone)
    other.sign_in(here.bureau.phone)
    for browser in (mine, mine, other):
        assert browser.get(f"/children/{here.files['girl']}").status_code == 200
    with db.write():
        girl, by = children.get(here.files["girl"]), here.director.actor()
        ledger.reveal(girl, Masked.id_number, RevealReason.school, by=by)
    for path in ("/record", "/accounts"):
        assert mine.get(path).status_code == 404
    device().sign_in(here.director.phone, password="a wrong password")


def _asked(here: County) -> None:
    """Two requests: one answered after 31 days with no, one never."""
    with db.write():
        girl, by = children.get(here.files["girl"]), here.director.actor()
        for asked in (Asked.look, Asked.delete):
            said = RequestSaid(asked, How.letter, f"{GIRL}的父亲来信", clock.today())
            one = files.take_request(girl, girl.guardians[0], said, by=by)
        db.session.flush()
        number = one.id
    with on(2026, 4, 2), db.write():
        one = db.session.get_one(DataRequest, number)
        said_no = Answered(Outcome.refused, Ground.kept_by_law, f"{GIRL}的档案依法还须保存。")
        files.answer_request(one, said_no, by=here.township.actor(), version=None)


def _left_the_portal(here: County) -> None:
    """A file of names fetched, one refused."""
    numbers = []
    for reason in (RevealReason.school, RevealReason.medical):
        with db.write():
            said = ExportAsked(people.region(people.TOWNSHIP), reason, f"核对{GIRL}")
            one = ledger.ask_export(said, by=here.township.actor())
            db.session.flush()
            numbers.append(one.id)
    with db.write():
        by = here.bureau.actor()
        ledger.approve_export(children.export(numbers[0]), by=by)
        ledger.reject_export(children.export(numbers[1]), by=by)
    jobs.work_off()
    with db.write():
        ledger.fetch_export(children.export(numbers[0]), by=here.township.actor())


def texts(data: bytes) -> str:
    """Everything that is written in an office file, whatever part of it."""
    with ZipFile(BytesIO(data)) as parts:
        return "".join(
            parts.read(name).decode()
            for name in parts.namelist()
            if name.endswith((".xml", "rels"))
        )
