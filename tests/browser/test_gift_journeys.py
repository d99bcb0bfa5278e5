"""Gifts from the offer to the public page, each step by whom it belongs to, in a browser: a person
from the open page, a company that claims wishes, a fund that is for one purpose only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.donations.models import Allotment
from jiedui.donations.queries import gifts as find
from jiedui.donations.queries.wishes import who_may_agree
from jiedui.regions import actions as regions
from jiedui.regions.rules import Setting
from tests import people
from tests.browser.conftest import Served
from tests.browser.hand import Hand
from tests.browser.test_journey import only
from tests.builders import gifts as build
from tests.builders.children import director, household_child
from tests.client import PASSWORD
from tests.people import Person

pytestmark = pytest.mark.reliability  # a minute of clicks: the longer runs play them
CODE, PHONE = "91110000600037341L", "13700000001"


class Story:
    """Who plays in it: a village, a township, an office that keeps the books."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.url = browser, served.url
        self.director = director()
        self.township = people.appoint(Role.township_supervisor, people.TOWNSHIP)
        self.office = people.appoint(Role.coordinator, office=Office.youth_league)
        self.child = household_child(self.director)
        self.receiver = build.charity()

    def at(self, person: Person) -> Hand:
        """Somebody takes the phone in hand and signs in."""
        return Hand(self.browser, self.url).sign_in(person.phone)

    def anybody(self) -> Hand:
        """Somebody without an account."""
        return Hand(self.browser, self.url)

    def wish(self, child: int, **said: str) -> None:
        """The director keeps a wish."""
        hand = self.at(self.director)
        hand.go(f"/children/{child}/gift-wish")
        with db.read():
            agreed = who_may_agree(children.get(child))[0].id
        hand.fill(agreed=agreed, **said)
        hand.press()
        hand.sees("乡镇")
        hand.done()

    def looked_at(self) -> None:
        """The township has looked at all that waits."""
        hand = self.at(self.township)
        hand.go("/gifts/wishes/check")
        hand.press()
        hand.done()

    def received(self, gift: int, amount: str) -> None:
        """The office finds the offer on its desk; a named organisation takes it and has it."""
        hand = self.at(self.office)
        hand.go("/desk")
        hand.sees("有捐赠意向待答复")
        hand.go(f"/gifts/{gift}/accept")
        hand.fill(receiver=self.receiver)
        hand.press()
        hand.go(f"/gifts/{gift}/receive")
        hand.fill(amount=amount, evidence="票 0001")
        hand.press()
        hand.sees("已入账")
        hand.done()

    def given(self, gift: int, evidence: str = "分配名单 1 号") -> None:
        """The office gives it to the first wish that fits, and sends it off."""
        hand = self.at(self.office)
        hand.go(f"/gifts/{gift}/allot")
        hand.page.locator('main [name="wish"]').first.check()
        hand.fill(evidence=evidence)
        hand.press()
        hand.sees("已分配")
        hand.press("登记发出")
        hand.sees("已发出")
        hand.done()

    def arrived(self) -> None:
        """The director has seen each in the child's hands."""
        with db.read() as session:
            numbers = [one.id for one in session.query(Allotment)]
        hand = self.at(self.director)
        hand.go("/desk")
        hand.sees("确认物资送达")
        for number in numbers:
            hand.go(f"/gifts/allotments/{number}/come")
            hand.fill(thanks="glad")
            hand.press()
            hand.sees("谢谢")
        hand.done()

    def public(self, number: str) -> None:
        """Whoever has the number sees that it came, and that somebody was glad; no child."""
        hand = self.anybody()
        hand.go("/given")
        hand.fill(number=number)
        hand.press()
        hand.sees("已送达")
        hand.sees("孩子很高兴")
        with db.read():
            name = children.get(self.child).name
        assert name not in hand.page.content()
        hand.done()


def number_of(gift: int) -> str:
    """The number whoever gave it holds."""
    with db.read():
        return find.get(gift).number


def test_a_person_fulfils_a_wish_from_the_open_page(browser: Browser, served: Served) -> None:
    story = Story(browser, served)
    story.wish(story.child, kind="school_things", price="80", words="双肩书包")
    story.looked_at()
    hand = story.anybody()
    hand.go("/")
    hand.page.get_by_role("link", name="我要捐赠").first.click()
    hand.page.wait_for_load_state()
    hand.fill(form="goods", kind="school_things", words="书包", amount="1", condition="new")
    hand.fill(carrier="giver", name="贾好心")
    hand.press()
    hand.sees("请")  # the telephone is missing; what was typed stays
    assert hand.page.locator('main [name="words"]').input_value() == "书包"
    hand.fill(phone="13900000077")
    hand.press()
    hand.sees("捐赠意向已收到，编号")
    number = hand.path.rpartition("/")[2]
    assert "贾好心" not in hand.page.content()
    hand.done()
    story.received(1, "1")
    story.given(1)
    story.arrived()
    assert number == number_of(1)
    story.public(number)


def company(story: Story) -> str:
    """A company registers itself, the industry federation takes it in, its contact sets a
    password; returns the contact's number."""
    hand = story.anybody()
    hand.go("/units/apply")
    hand.fill(kind="company", name="示范鞋业公司", credit_code=CODE, region_text="上村")
    hand.page.get_by_role("button", name="查找").click()
    with db.read():
        village = people.region(people.VILLAGE).id
    hand.fill(region=village, contact="贾联系", phone=PHONE, wants="节前认领心愿")
    hand.press()
    hand.sees("已收到，编号 U-0001")
    hand.done()
    hand = story.at(people.appoint(Role.coordinator, office=Office.industry_federation))
    hand.go("/units/applications/1")
    hand.fill(seen="y")
    hand.press("接纳该单位")
    link = re.search(r"/link/[\w-]+", hand.page.content())
    assert link is not None
    hand.done()
    hand = story.anybody()
    hand.go(link.group())
    hand.fill(new_password=PASSWORD, again=PASSWORD)
    hand.press()
    hand.done()
    return PHONE


def claim(story: Story, phone: str) -> None:
    """The company sees what is open, and takes both."""
    hand = Hand(story.browser, story.url).sign_in(phone)
    hand.go("/gifts/ours")
    hand.page.get_by_role("link", name="认领微心愿").click()
    hand.page.wait_for_load_state()
    hand.sees("2 份待认领")
    with db.read():
        child = children.get(story.child)
        secret = (child.name, child.village.name)
    assert not any(one in hand.page.content() for one in secret)
    hand.fill(amount="2", words="书包", condition="new", carrier="giver", named="y")
    hand.press()
    hand.sees("已为贵单位保留 2 份心愿")
    hand.done()


def with_a_second_person(story: Story) -> None:
    """One press gives both; it is of the county's sum, so Civil Affairs looks too."""
    hand = story.at(story.office)
    hand.go("/gifts/1")
    hand.page.get_by_role("link", name="分配给已认领的 2 份心愿").click()
    hand.page.wait_for_load_state()
    hand.fill(evidence="节前认领名单")
    hand.press()
    hand.sees("待第二人复核")
    assert hand.page.get_by_role("button", name="登记发出").count() == 0
    hand.done()
    hand = story.at(people.appoint(Role.coordinator, office=Office.civil_affairs))
    hand.go("/gifts/decisions/1")
    hand.press()
    hand.sees("已复核同意")
    hand.done()
    hand = story.at(story.office)
    hand.go("/gifts/1")
    for _ in range(2):
        hand.page.get_by_role("button", name="登记发出").first.click()
        hand.page.wait_for_load_state()
    hand.sees("已发出")
    hand.done()


def test_a_company_from_registering_to_a_disclosed_donation(
    browser: Browser, served: Served
) -> None:
    story = Story(browser, served)
    with db.write():
        county = people.region(people.COUNTY)
        regions.set_for_county(county, Setting.second_person_from, 10_000, by=SYSTEM)
    other = household_child(story.director)
    for child in (story.child, other):
        story.wish(child, kind="school_things", price="80", season="spring_festival")
    story.looked_at()
    phone = company(story)
    claim(story, phone)
    story.received(1, "2")
    with_a_second_person(story)
    story.arrived()
    story.public(number_of(1))
    hand = Hand(browser, served.url).sign_in(phone)
    hand.go("/gifts/ours/1")
    hand.sees("已送达")
    hand.done()
    hand = story.anybody()
    hand.go("/disclosed")
    hand.sees("示范鞋业公司")
    hand.done()


def test_a_fund_is_for_its_purpose_and_closes(browser: Browser, served: Served) -> None:
    """Money of a charity for things for school: a toy is not on the list, and is refused with words
    when it is sent past it; a bag is; the statement closes."""
    story = Story(browser, served)
    story.wish(story.child, kind="toy", price="50")
    story.wish(story.child, kind="school_things", price="80")
    story.looked_at()
    giver = build.charity("北试育才基金会")
    hand = story.at(people.appoint(Role.coordinator, office=Office.womens_federation))
    hand.go("/gifts/new")
    hand.fill(form="funds", kind="school_things", words="助学专款", yuan="200", unit=giver)
    hand.press()
    hand.sees("意向已登记")
    hand.done()
    story.received(1, "200")
    toy, bag = 1, 2
    hand = story.at(story.office)
    hand.go("/gifts/1/allot")
    choices = hand.page.locator('main [name="wish"]')
    assert [one.get_attribute("value") for one in choices.all()] == [str(bag)]
    choices.first.evaluate(f"e => {{ e.value = '{toy}' }}")
    hand.page.locator('main [name="wish"]').first.check()
    hand.fill(evidence="纪要")
    hand.press()
    assert hand.page.locator(".jd-errs").count() == 1
    hand.done()
    with db.read():
        assert find.get(1).stock.in_stock == 20_000
    story.given(1)
    story.arrived()
    story.public(number_of(1))
    hand = story.at(story.office)
    today = clock.today().isoformat()
    hand.go(f"/gifts/statement?by=gift&starts={today}&ends={today}")
    hand.sees("助学专款")
    hand.sees("120")
    hand.done()
    assert only(Allotment) == 1
