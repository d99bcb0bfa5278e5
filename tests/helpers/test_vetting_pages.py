"""The office at work: list, one helper, findings, many at once, lists for the police."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.core import clock, db
from jiedui.core.audit import AuditEntry
from jiedui.helpers import queries
from jiedui.helpers.models import RecordCheckBatch
from jiedui.helpers.rules import BatchState, Gate, GateState, HelperState
from tests import people
from tests.builders import helpers as built
from tests.client import Browser
from tests.people import Person

Device = Callable[[], Browser]


@pytest.fixture
def office(device: Device) -> Browser:
    """A coordinator at their desk."""
    one = device()
    one.sign_in(built.vetter().phone)
    return one


def states(helper_id: int) -> dict[Gate, GateState]:
    """How the gates stand (opens its own read)."""
    with db.read():
        return queries.gate_states(queries.get(helper_id))


def acts(kind: str) -> list[str]:
    """What is on record about a kind of thing (opens its own read)."""
    with db.read():
        found = select(AuditEntry.act).where(AuditEntry.object_kind == kind)
        return list(db.session.scalars(found.order_by(AuditEntry.id)))


def test_the_list_is_narrowed_by_what_is_missing(office: Browser) -> None:
    """By gate, by state, by township; conditions that make no sense are no conditions."""
    _p, fresh = built.volunteer(name="贾未审")
    _p, cleared = built.cleared_volunteer(name="贾已审")
    _p, far = built.volunteer(people.FAR_VILLAGE, name="贾远方")
    office.get("/helpers?gate=identity")
    assert ("贾未审" in office.words, "贾已审" in office.words) == (True, False)
    office.get("/helpers?status=cleared")
    assert ("贾未审" in office.words, "贾已审" in office.words) == (False, True)
    with db.read():
        township = people.region(people.OTHER_TOWNSHIP).path
    office.get(f"/helpers?township={township}")
    assert ("贾未审" in office.words, "贾远方" in office.words) == (False, True)
    office.get("/helpers?status=nonsense&township=9/&gate=x&kind=y&page=-3")
    assert "找到 3 个" in office.words
    assert {fresh, cleared, far} == {
        int(n) for n in re.findall(r'name="id" value="(\d+)"', office.text)
    }


def test_the_list_has_pages(office: Browser) -> None:
    """Twenty on a page, the rest on the next."""
    for _n in range(22):
        built.volunteer()
    office.get("/helpers")
    assert office.text.count('name="id"') == 20
    office.get("/helpers?page=2&ticked=1")
    assert office.text.count('name="id"') == 2
    assert office.text.count(" checked") == 2


def test_one_helper_is_shown_with_a_masked_number_and_the_look_is_noted(office: Browser) -> None:
    """Phone to dial, number hidden from everybody."""
    person, helper_id = built.volunteer()
    with db.read():
        number = queries.get(helper_id).id_number
    office.get(f"/helpers/{helper_id}")
    assert f'href="tel:{person.phone}"' in office.text
    assert number not in office.text
    assert number[2:16] not in office.text
    assert "helper.read" in acts("helper")


def test_a_finding_is_recorded_on_its_page(office: Browser) -> None:
    """With day, authority and who saw it; faults stand beside their field."""
    _p, helper_id = built.volunteer()
    path = f"/helpers/{helper_id}/finding/record_check"
    today = f"{clock.today():%Y-%m-%d}"
    assert office.send(path, outcome="good", done_on=today).status_code == 422
    assert "请写明哪个机关答复的" in office.words
    assert office.send(path, outcome="good", done_on="2099-01-01", authority="x").status_code == 422
    assert "还没有到" in office.words or "还没到" in office.words
    office.send(path, outcome="good", done_on=today, authority="北试县公安局")
    assert "北试县公安局" in office.words
    assert states(helper_id)[Gate.record_check] is GateState.good
    assert office.get(f"/helpers/{helper_id}/finding/credential").status_code == 404


def test_whom_one_entered_one_does_not_vet(device: Device) -> None:
    """The page says why and offers no button; sending it all the same changes nothing."""
    coordinator = built.vetter()
    helper_id = built.on_paper(coordinator)
    one = device()
    one.sign_in(coordinator.phone)
    one.get(f"/helpers/{helper_id}")
    assert "要由别的同事审核" in one.words
    assert "finding/identity" not in one.text
    path = f"/helpers/{helper_id}/finding/identity"
    page = one.send(path, outcome="good", done_on=f"{clock.today():%Y-%m-%d}")
    assert page.status_code == 422
    assert states(helper_id)[Gate.identity] is GateState.missing


def test_a_paper_is_seen(office: Browser) -> None:
    """A licence is found good until its last day; a day that is past is refused."""
    _p, helper_id = _social_worker()
    with db.read():
        paper = queries.get(helper_id).credentials[0].id
    path = f"/helpers/{helper_id}/credential/{paper}"
    assert office.send(path, outcome="good", expires="2020-01-01").status_code == 422
    office.send(path, outcome="good", expires="2099-01-01")
    assert states(helper_id)[Gate.credential] is GateState.good
    assert office.get(f"/helpers/{helper_id}/credential/{paper + 7}").status_code == 404


def _social_worker() -> tuple[Person, int]:
    return built.social_worker(unit_id=built.agency())


def test_many_are_recorded_at_once(office: Browser) -> None:
    """Training and identity for everybody ticked; nobody ticked says so."""
    ids = [built.volunteer()[1] for _n in range(3)]
    ticked = "&".join(f"id={n}" for n in ids[:2])
    today = f"{clock.today():%Y-%m-%d}"
    for gate in (Gate.training, Gate.identity):
        path = f"/helpers/together/{gate.value}?{ticked}"
        office.get(path)
        office.send(path, done_on=today, authority="县团委第 3 期")
        assert [states(n)[gate] for n in ids] == [GateState.good] * 2 + [GateState.missing]
    office.get("/helpers/together/training")
    assert "请先勾选至少一个人" in office.words


def test_the_police_are_asked_once_for_all(office: Browser) -> None:
    """A list with letter and authorisations; one answer with one exception; a second is refused."""
    ids = [built.volunteer()[1] for _n in range(3)]
    ticked = "&".join(f"id={n}" for n in ids)
    office.send(f"/helpers/together/record_check?{ticked}", authority="北试县公安局")
    assert office.page is not None
    path = office.page.request.path
    assert path.startswith("/helpers/checks/")
    numbers = []
    with db.read():
        numbers = [queries.get(n).id_number for n in ids]
    assert not any(number in office.text for number in numbers)
    office.get(f"{path}/papers")
    assert all(office.text.count(number) == 2 for number in numbers)
    assert "第六十二条" in office.words
    assert "record checks.printed" in acts("record_check_batch")
    today = f"{clock.today():%Y-%m-%d}"
    answer = {"done_on": today, "authority": "北试县公安局", "bad": [str(ids[2])]}
    office.send(path, **answer)
    good, bad = GateState.good, GateState.bad
    assert [states(n)[Gate.record_check] for n in ids] == [good, good, bad]
    with db.read():
        batch = db.session.scalars(select(RecordCheckBatch)).one()
        assert batch.state is BatchState.replied
        facts = [f for n in ids for f in queries.get(n).facts]
        assert {f.batch_id for f in facts} == {batch.id}
        assert all(f.seen_by == batch.seen_by for f in facts)
    assert office.send(path, **answer).status_code in (409, 422)
    assert office.get(f"{path}/papers").status_code == 404


def test_nobody_is_on_two_lists_at_once(office: Browser) -> None:
    """Who waits for the police is left out and named, with the reason."""
    _p, listed = built.volunteer(name="贾在途")
    _p, other = built.volunteer(name="贾新来")
    office.send(f"/helpers/together/record_check?id={listed}", authority="公安局")
    office.get(f"/helpers/together/record_check?id={listed}&id={other}")
    assert "不在其中" in office.words
    office.send(f"/helpers/together/record_check?id={listed}&id={other}", authority="公安局")
    with db.read():
        batches = db.session.scalars(select(RecordCheckBatch).order_by(RecordCheckBatch.id)).all()
        assert [[m.helper_id for m in b.members] for b in batches] == [[listed], [other]]


def test_somebody_is_suspended_and_taken_back(office: Browser) -> None:
    """After a page that says what happens."""
    _p, helper_id = built.cleared_volunteer()
    office.press(f"/helpers/{helper_id}/suspend", f"/helpers/{helper_id}/suspend")
    with db.read():
        assert queries.get(helper_id).state is HelperState.suspended
    office.press(f"/helpers/{helper_id}", f"/helpers/{helper_id}/restore")
    with db.read():
        assert queries.is_cleared(queries.get(helper_id))


def test_what_lies_outside_does_not_exist(device: Device) -> None:
    """Another county's helper, and lists; other roles have no such pages at all."""
    _p, abroad = built.volunteer(people.OTHER_COUNTY_VILLAGE)
    _p, near = built.volunteer()
    one = device()
    one.sign_in(built.vetter().phone)
    for path in (f"/helpers/{abroad}", f"/helpers/{abroad}/finding/identity",
                 f"/helpers/{abroad}/suspend"):  # fmt: skip
        assert one.get(path).status_code == 404, path
    one.get(f"/helpers/together/identity?id={abroad}")
    assert "请先勾选至少一个人" in one.words
    others = (
        people.appoint(Role.child_director, people.VILLAGE),
        people.appoint(Role.coordinator, office=Office.education),
        people.appoint(Role.auditor),
    )
    for person in others:
        other = device()
        other.sign_in(person.phone)
        for path in ("/helpers", f"/helpers/{near}", "/helpers/checks"):
            assert other.get(path).status_code == 404, (person, path)
