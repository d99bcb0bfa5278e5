"""People without a phone are entered from a signed form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.helpers import queries
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import Gate, NextStep
from tests import people
from tests.builders import helpers as built
from tests.client import Browser
from tests.helpers import filling

Device = Callable[[], Browser]


def form(**over: Any) -> dict[str, Any]:
    """A signed form as it is typed in."""
    plain = {
        **filling.who(name="贾退休", phone="0797-5622000"),
        **filling.what(),
        **filling.where(),
        "form_holder": "北东山镇民政办，柜 2",
    }
    return plain | over


def test_a_township_enters_somebody_and_does_not_vet_them(device: Device) -> None:
    """Who entered and who holds the form is on record; the list shows where it lies."""
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    one = device()
    one.sign_in(township.phone)
    page = one.send("/helpers/enter", **form())
    assert page.request.path == "/helpers/entered"
    assert "贾退休" in one.words
    with db.read():
        helper = queries.get(db.session.scalars(select(Helper.id)).one())
        assert helper.account_id is None
        assert helper.entered_by == township.account_id
        assert helper.phone == "07975622000"
        helper_id = helper.id
        views = queries.gate_views(helper, queries.gate_states(helper))
        assert {v.gate: v.step for v in views}[Gate.conduct] is NextStep.sign_on_paper
    one.get(f"/helpers/{helper_id}")
    assert "柜 2" in one.words
    assert one.get(f"/helpers/{helper_id}/finding/identity").status_code == 404


def test_faults_stand_beside_their_fields_and_nothing_is_lost(device: Device) -> None:
    """A village elsewhere, no form holder, a known person, a social worker without licence."""
    one = device()
    one.sign_in(people.appoint(Role.township_supervisor, people.TOWNSHIP).phone)
    elsewhere = str(filling.region_id(people.FAR_VILLAGE))
    page = one.send("/helpers/enter", **form(village=elsewhere, form_holder=""))
    assert page.status_code == 422
    assert 'id="village-e"' in one.text
    assert "由谁保管" in one.words
    assert 'value="贾退休"' in one.text
    one.send("/helpers/enter", **form(kind="social_worker"))
    assert 'id="licence-e"' in one.text
    said = form()
    one.send("/helpers/enter", **said)
    assert one.send("/helpers/enter", **form(id_number=said["id_number"])).status_code == 422
    assert "这里不能再登记一次" in one.words


def test_a_school_enters_its_own(device: Device) -> None:
    """The unit is the school's, whatever was sent; another school sees nothing of it."""
    school, other = built.agency("北试小学"), built.agency("南岭小学")
    one = device()
    one.sign_in(people.appoint(Role.school_worker, people.COUNTY, unit_id=school).phone)
    page = one.send("/helpers/enter", **form(unit_id=str(other)))
    assert page.status_code in (200, 422)
    if page.status_code == 422:
        one.send("/helpers/enter", **form(unit_id=str(school)))
    with db.read():
        assert db.session.scalars(select(Helper.unit_id)).one() == school
    stranger = device()
    stranger.sign_in(people.appoint(Role.school_worker, people.COUNTY, unit_id=other).phone)
    assert "贾退休" not in stranger.get("/helpers/entered").get_data(as_text=True)


def test_what_they_offer_is_changed_for_them(device: Device) -> None:
    """Only for people without an account, and only in one's own area."""
    township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
    helper_id = built.on_paper(township)
    _p, with_account = built.volunteer()
    one = device()
    one.sign_in(township.phone)
    asked = {**filling.where(), "offers": ["reading"], "capacity": "1", "unit_id": "0",
             "languages": ["hakka"]}  # fmt: skip
    one.send(f"/helpers/{helper_id}/change", **asked)
    with db.read():
        assert [x.language for x in queries.get(helper_id).languages] == ["hakka"]
    assert one.get(f"/helpers/{with_account}/change").status_code == 404
    stranger = device()
    stranger.sign_in(people.appoint(Role.township_supervisor, people.OTHER_TOWNSHIP).phone)
    assert stranger.get(f"/helpers/{helper_id}/change").status_code == 404
