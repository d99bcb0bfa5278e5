"""Accounts are made, looked after, handed over and closed by those who may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access import actions, queries
from jiedui.access.actions import Post
from jiedui.access.models import Account, RoleHolding
from jiedui.access.rules import AccessRefusal, AccountState, Office, Role
from jiedui.core import audit, db, outbox
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from tests import people
from tests.client import PASSWORD, Browser
from tests.people import Person

Devices = Callable[[], Browser]


@pytest.fixture
def signed_in(device: Devices) -> Callable[[Person], Browser]:
    """A device on which somebody is signed in."""

    def of(person: Person) -> Browser:
        mine = device()
        mine.sign_in(person.phone)
        return mine

    return of


SignedIn = Callable[[Person], Browser]


def region_id(code: str) -> str:
    """A division as a form sends it."""
    with db.read():
        return str(people.region(code).id)


def account_of(phone: str) -> Account:
    """The account with this number, with its roles."""
    with db.read():
        found = queries.by_phone(phone)
        assert found is not None
        account = queries.get(found.id)
        db.session.expunge_all()
    return account


def link_in(page: Browser) -> str:
    """The path of the single-use link a page shows."""
    found = re.search(r"(/link/[\w-]+)", page.words)
    assert found is not None
    return found.group(1)


def test_somebody_is_invited_sets_a_password_and_signs_in(either_app: Flask) -> None:
    admin = Browser(either_app)
    admin.sign_in(people.appoint(Role.account_admin).phone)
    phone = people.phone_number()
    admin.send(
        "/accounts/invite",
        name="廖新人",
        phone=phone,
        role="coordinator",
        region=region_id(people.COUNTY),
        office="youth_league",
        unit="0",
    )
    assert 'class="qr"' in admin.text
    link = link_in(admin)
    newcomer = Browser(either_app)
    newcomer.send(link, new_password="four plain words here", again="four plain words here")
    newcomer.sign_in(phone, "four plain words here")
    assert "廖新人" in newcomer.get("/desk").get_data(as_text=True)
    assert newcomer.get(link).status_code == 410, "a link works once"
    assert [(h.role, h.office) for h in account_of(phone).roles] == [
        (Role.coordinator, Office.youth_league)
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phone": "1390000"}, "手机号应为 11 位"),
        ({"phone": "taken"}, "已有账号"),
        ({"role": "child_director"}, "请选一个村"),
        ({"role": "coordinator", "office": ""}, "请选这个人代表的部门"),
        ({"role": "duty_officer", "office": "education"}, "只有联络员代表部门"),
        ({"role": "school_worker"}, "请选所在单位"),
        ({"ends": "2020-01-01"}, "这一天已经过"),
    ],
)
def test_what_is_wrong_with_an_invitation_stands_beside_it(
    signed_in: SignedIn, fields: dict[str, str], words: str
) -> None:
    admin = people.appoint(Role.account_admin)
    if fields.get("phone") == "taken":
        fields = {"phone": admin.phone}
    said = {
        "name": "廖新人",
        "phone": people.phone_number(),
        "role": "duty_officer",
        "region": region_id(people.COUNTY),
        "office": "",
        "unit": "0",
        **fields,
    }
    page = signed_in(admin)
    assert page.send("/accounts/invite", **said).status_code == 422
    assert re.search(words, page.words), page.words
    assert "廖新人" in page.text, "what was typed is kept"
    with db.read():
        assert db.session.query(Account).count() == 1


def test_a_township_makes_accounts_in_its_villages_only(signed_in: SignedIn) -> None:
    town = signed_in(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    mine, far = region_id(people.VILLAGE), region_id(people.FAR_VILLAGE)
    phone = people.phone_number()
    town.send("/accounts/invite", name="甲", phone=phone, role="child_director", region=mine)
    assert "/link/" in town.words
    for role, region in (("child_director", far), ("coordinator", mine)):
        other = {"name": "乙", "phone": people.phone_number(), "role": role, "region": region}
        assert town.send("/accounts/invite", **other).status_code == 422
    with db.write():
        by = queries.actor_for(queries.get(1), None)
        post = Post(Role.child_director, people.region(people.FAR_VILLAGE))
        with pytest.raises(Refusal) as refused:
            actions.invite("丙", people.phone_number(), post, by=by)
    assert refused.value.code is AccessRefusal.outside_scope


@pytest.mark.parametrize(
    ("role", "place", "office"),
    [
        (Role.coordinator, people.TOWNSHIP, Office.education),
        (Role.township_supervisor, people.TOWNSHIP, None),
        (Role.child_director, people.FAR_VILLAGE, None),
        (Role.account_admin, people.COUNTY, None),
    ],
)
def test_a_township_cannot_open_an_account_that_is_more(
    signed_in: SignedIn, role: Role, place: str, office: Office | None
) -> None:
    """A new link opens an account: it is given for villages' accounts only."""
    town = signed_in(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    other = people.appoint(role, place, office=office)
    for path in ("", "/disable", "/phone"):
        assert town.get(f"/accounts/{other.account_id}{path}").status_code == 404
    town.get("/accounts/invite")
    for path in ("/link", "/enable", "/second-factor"):
        hidden = town._hidden("/accounts/invite")
        answer = town.http.post(f"/accounts/{other.account_id}{path}", data=hidden)
        assert answer.status_code == 404
    assert f"/accounts/{other.account_id}" not in town.get("/accounts").get_data(as_text=True)


def test_one_more_role_takes_an_account_out_of_the_townships_reach(signed_in: SignedIn) -> None:
    town = signed_in(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    director = people.appoint(Role.child_director, people.VILLAGE)
    path = f"/accounts/{director.account_id}"
    assert town.get(path).status_code == 200
    with db.write():
        account, county = people.account_of(director), people.region(people.COUNTY)
        post = Post(Role.coordinator, county, office=Office.civil_affairs)
        actions.give_role(account, post, by=queries.actor_for(account, None))
    assert town.get(path).status_code == 404


def test_other_roles_and_other_counties_look_after_nobody(signed_in: SignedIn) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    for role, place in (
        (Role.child_director, people.VILLAGE),
        (Role.auditor, people.COUNTY),
        (Role.account_admin, people.OTHER_COUNTY),
    ):
        browser = signed_in(people.appoint(role, place))
        assert browser.get(f"/accounts/{director.account_id}").status_code == 404


def test_a_lost_password_is_replaced_on_the_spot(signed_in: SignedIn, device: Devices) -> None:
    town = signed_in(people.appoint(Role.township_supervisor, people.TOWNSHIP))
    director = people.appoint(Role.child_director, people.VILLAGE)
    path = f"/accounts/{director.account_id}"
    town.press(path, f"{path}/link")
    first = link_in(town)
    town.press(path, f"{path}/link")
    theirs = device()
    assert theirs.get(first).status_code == 410, "an older link stops working"
    theirs.send(link_in(town), new_password="another four words", again="another four words")
    assert device().sign_in(director.phone).status_code == 422
    assert device().sign_in(director.phone, "another four words").status_code == 200


def test_a_disabled_account_ends_at_once_and_can_come_back(
    signed_in: SignedIn, device: Devices
) -> None:
    admin = signed_in(people.appoint(Role.account_admin))
    director = people.appoint(Role.child_director, people.VILLAGE)
    theirs = signed_in(director)
    path = f"/accounts/{director.account_id}"
    admin.send(f"{path}/disable")
    assert theirs.get("/desk").request.path == "/sign-in"
    assert device().sign_in(director.phone).status_code == 422
    admin.press(path, f"{path}/enable")
    device().send(link_in(admin), new_password="back again four", again="back again four")
    assert account_of(director.phone).state is AccountState.active


def test_nobody_disables_or_raises_themselves(signed_in: SignedIn) -> None:
    admin = people.appoint(Role.account_admin)
    mine = signed_in(admin)
    path = f"/accounts/{admin.account_id}"
    assert mine.send(f"{path}/disable").status_code == 422
    said = {"role": "auditor", "region": region_id(people.COUNTY), "office": "", "unit": "0"}
    assert mine.send(f"{path}/roles", **said).status_code == 422
    assert "不能给自己加身份" in mine.words


def test_the_last_administrator_stays(signed_in: SignedIn) -> None:
    admin = people.appoint(Role.account_admin)
    mine = signed_in(admin)
    with db.read():
        held = db.session.scalars(select(RoleHolding.id)).one()
    path = f"/accounts/{admin.account_id}"
    assert mine.press(path, f"{path}/roles/{held}/end").status_code == 409
    assert [h.ended_at for h in account_of(admin.phone).roles] == [None]


def test_a_role_ends_now_and_not_at_midnight(signed_in: SignedIn) -> None:
    admin = signed_in(people.appoint(Role.account_admin))
    officer = people.appoint(Role.duty_officer)
    path = f"/accounts/{officer.account_id}"
    held = account_of(officer.phone).roles[0].id
    assert signed_in(officer).get("/reports").status_code == 200
    admin.press(path, f"{path}/roles/{held}/end")
    assert signed_in(officer).get("/reports").status_code == 404


def test_a_number_is_changed_and_the_old_one_opens_nothing(
    signed_in: SignedIn, device: Devices
) -> None:
    admin = signed_in(people.appoint(Role.account_admin))
    director = people.appoint(Role.child_director, people.VILLAGE)
    new = people.phone_number()
    admin.send(f"/accounts/{director.account_id}/phone", phone=new)
    assert device().sign_in(director.phone).status_code == 422
    assert device().sign_in(new).status_code == 200


def test_a_stale_page_changes_nothing(signed_in: SignedIn) -> None:
    admin = signed_in(people.appoint(Role.account_admin))
    director = people.appoint(Role.child_director, people.VILLAGE)
    path = f"/accounts/{director.account_id}/phone"
    admin.get(path)
    with db.write():
        people.account_of(director).name = "改过名"
    late = admin.send(path, fresh=False, phone=people.phone_number())
    assert late.status_code == 409
    assert account_of(director.phone).id == director.account_id


def test_work_is_handed_over_in_one_act(signed_in: SignedIn) -> None:
    admin = signed_in(people.appoint(Role.account_admin))
    leaving, coming = (
        people.appoint(Role.coordinator, office=Office.youth_league, name=n)
        for n in ("去者", "来者")
    )
    stranger = people.appoint(Role.coordinator, office=Office.education, name="外人")
    with db.write():
        county_id = people.region(people.COUNTY).id
        for kind in (LetterKind.round_ready, LetterKind.helper_cleared):
            outbox.post(kind, to=leaving.account_id, county_id=county_id, about=("round", 1))
    old, new = account_of(leaving.phone).roles[0], account_of(coming.phone).roles[0]
    path = f"/accounts/{leaving.account_id}/roles/{old.id}/hand-over"
    page = admin.get(path).get_data(as_text=True)
    assert "来者" in page
    assert "外人" not in page
    wrong = account_of(stranger.phone).roles[0].id
    assert admin.send(path, to=str(wrong)).status_code == 422
    admin.send(path, to=str(new.id))
    assert "工作已移交" in admin.words
    with db.read():
        letters = db.session.execute(select(Letter.kind, Letter.to_account_id)).all()
        entry = audit.AuditEntry
        act = Act.account_work_handed_over.value
        noted = db.session.scalars(select(entry.object_id).where(entry.act == act)).all()
    assert set(letters) == {
        (LetterKind.round_ready, coming.account_id),
        (LetterKind.helper_cleared, leaving.account_id),
        (LetterKind.work_handed_over, coming.account_id),
    }
    assert noted == [leaving.account_id]
    assert account_of(leaving.phone).roles[0].ended_at is not None


def test_a_person_is_found_by_name_or_number_without_an_address(signed_in: SignedIn) -> None:
    admin = signed_in(people.appoint(Role.account_admin, name="管理人"))
    wanted = people.appoint(Role.child_director, people.VILLAGE, name="赖找我")
    people.appoint(Role.child_director, people.FAR_VILLAGE, name="别人")
    for q in ("找我", wanted.phone):
        page = admin.send("/accounts", q=q, role="", state="")
        assert page.request.query_string == b""
        assert "赖找我" in admin.text
        assert "别人" not in admin.text


def test_ones_own_password_is_changed_and_other_devices_end(signed_in: SignedIn) -> None:
    director = people.appoint(Role.child_director, people.VILLAGE)
    here, there = signed_in(director), signed_in(director)
    new = {"new_password": "my own four words", "again": "my own four words"}
    assert here.send("/me/password", present="not this one", **new).status_code == 422
    assert "现在的密码不对" in here.words
    here.send("/me/password", present=PASSWORD, **new)
    assert here.get("/me").request.path == "/me"
    assert there.get("/me").request.path == "/sign-in"
