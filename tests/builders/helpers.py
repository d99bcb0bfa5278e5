"""Invented helpers for the tests: registered, and cleared at every gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from jiedui.access.models import Account
from jiedui.access.rules import AccountState, Actor, Office, Role
from jiedui.core import clock, db, resident_id
from jiedui.core.actors import ANYBODY
from jiedui.core.resident_id import ResidentId
from jiedui.helpers import actions, queries
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import (
    Finding,
    Gate,
    HelperKind,
    HelpKind,
    Offer,
    Outcome,
    Paper,
    Period,
    Registration,
    Stage,
    Subject,
)
from jiedui.partners import actions as partners
from jiedui.partners.rules import NewUnit, UnitKind
from tests import people
from tests.client import PASSWORD
from tests.people import Person

OFFER_FIELDS = frozenset(Offer.__dataclass_fields__)


def identity(birth: date = date(1990, 5, 17), sex: str = "f") -> ResidentId:
    """A fresh identity number and what it says."""
    said = resident_id.read(people.id_number(birth, sex), clock.today(), invented_allowed=True)
    assert isinstance(said, ResidentId)
    return said


def offer(code: str = people.VILLAGE, **over: Any) -> Offer:
    """Companionship on Saturday and Sunday mornings, for a year (inside a transaction)."""
    today = clock.today()
    plain = Offer(
        village_id=people.region(code).id,
        offers=frozenset({HelpKind.companionship}),
        slots=frozenset({15, 18}),
        periods=(Period(today, today + timedelta(days=400)),),
    )
    return replace(plain, **over)


def registration(code: str = people.VILLAGE, **over: Any) -> Registration:
    """What a volunteer says; keywords of Offer go there (inside a transaction)."""
    inner = {k: over.pop(k) for k in list(over) if k in OFFER_FIELDS}
    birth, sex = over.pop("birth", date(1990, 5, 17)), over.pop("sex", "f")
    said = Registration(
        kind=HelperKind.volunteer,
        name="贾志愿",
        who=identity(birth, sex),
        phone=people.phone_number(),
        offer=offer(code, **inner),
    )
    return replace(said, **over)


def volunteer(code: str = people.VILLAGE, **over: Any) -> tuple[Person, int]:
    """Somebody registered, with an account and the role; returns the person and the helper's id.
    Keywords: `code` of the village, `birth`, `sex`, and fields of Registration and Offer (opens
    its own write)."""
    with db.write():
        said = registration(code, **over)
        helper = actions.register_with_account(said, PASSWORD, by=ANYBODY)
        assert helper is not None
        person = Person(said.phone, helper.account_id or 0)
        account = db.session.get_one(Account, person.account_id)
        assert account.state is AccountState.active
        return person, helper.id


def agency(name: str = "北试社工中心", kind: UnitKind = UnitKind.agency) -> int:
    """A unit of the first county; returns its id (opens its own write)."""
    with db.write():
        seat = people.region(people.VILLAGE).id
        unit = partners.register_unit(NewUnit(kind, name, seat), by=ANYBODY)
        db.session.flush()
        return unit.id


def social_worker(**over: Any) -> tuple[Person, int]:
    """A social worker with licence and agency; not yet vetted."""
    over.setdefault("licence", "36-2026-0001")
    if "unit_id" not in over:
        over["unit_id"] = agency()
    return volunteer(kind=HelperKind.social_worker, **over)


def tutor(**over: Any) -> tuple[Person, int]:
    """Somebody who teaches mathematics to the lower years; not yet vetted."""
    over.setdefault("offers", frozenset({HelpKind.tutoring}))
    over.setdefault("subjects", frozenset({Subject.mathematics}))
    over.setdefault("stages", frozenset({Stage.primary_lower}))
    return volunteer(**over)


def vetter(code: str = people.COUNTY, office: Office = Office.youth_league) -> Person:
    """A coordinator who may vet."""
    return people.appoint(Role.coordinator, code, office=office)


def pass_gates(helper: Helper, *, by: Actor) -> None:
    """Find every gate in order today (inside a write)."""
    today = clock.today()
    for gate in (Gate.identity, Gate.training):
        actions.record_finding(helper, Finding(gate, Outcome.good, today), by=by)
    check = Finding(Gate.record_check, Outcome.good, today, authority="北试县公安局")
    actions.record_finding(helper, check, by=by)
    for credential in helper.credentials:
        actions.see_credential(helper, credential, Outcome.good, None, by=by)
    if helper.account_id is None:
        signed = Finding(Gate.conduct, Outcome.good, today)
        actions.record_finding(helper, signed, by=by)
        return
    actions.sign_conduct(helper, by=Person("", helper.account_id).actor())


def clear(helper_id: int, by: Person | None = None) -> None:
    """Pass every gate of a helper (opens its own writes)."""
    coordinator = by or vetter(_county_code(helper_id))
    with db.write():
        helper = queries.get(helper_id)
        pass_gates(helper, by=coordinator.actor())
        assert queries.is_cleared(helper)


def _county_code(helper_id: int) -> str:
    with db.read():
        return queries.get(helper_id).village.code[:6] + "000000"


def cleared_volunteer(code: str = people.VILLAGE, **over: Any) -> tuple[Person, int]:
    """Somebody registered with every gate good today (opens its own writes)."""
    person, helper_id = volunteer(code, **over)
    clear(helper_id)
    return person, helper_id


def on_paper(by: Person, code: str = people.VILLAGE, **over: Any) -> int:
    """Somebody without an account, entered by `by` from a signed form; returns the helper's id
    (opens its own write)."""
    over.setdefault("form_holder", "北东山镇民政办，柜 2")
    with db.write():
        return _entered(registration(code, **over), by).id


def _entered(said: Registration, by: Person) -> Helper:
    helper = actions.register(said, by=by.actor())
    db.session.flush()
    return helper


__all__ = [
    "Paper",
    "agency",
    "clear",
    "cleared_volunteer",
    "identity",
    "offer",
    "on_paper",
    "pass_gates",
    "registration",
    "social_worker",
    "tutor",
    "vetter",
    "volunteer",
]
