"""The world with everybody signed in, ready to try every line of the table."""

from __future__ import annotations

from jiedui.access.queries import holdings_of
from jiedui.core import db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from tests.client import Browser
from tests.house.table import OUT, Page, Row, Who, answer_of, answer_to, path_of, rows, token_of
from tests.house.world import ADDRESS, CARER_PHONE, FATHER_PHONE, World

READS = (
    Act.entrustment_read, Act.child_read, Act.house_read, Act.need_read, Act.helper_read,
    Act.pairing_read, Act.agreement_read, Act.plan_read,
    Act.referral_read,
)  # fmt: skip
LOOKS = {one.value for one in READS}
# Pages about one thing that show what a visit or a call needs: each look is on record.
LOOKED = (
    "files.child", "children.guardian", "children.past", "children.details",
    "needs.show", "helpers.show", "pairings.show",
    "pairings.decide", "pairings.answer", "pairings.call_guardian",
    "children.national_child",
    "care.house", "care.visit", "care.correct_visit",
    "care.guardianship", "care.entrustment", "files.request_copy",
    "contact.agreement", "contact.stand_in_visit", "counselling.confided",
)  # fmt: skip
# Two files side by side are two looks.
LOOKED_TWICE = ("children.double",)
# Whom to call now, which house is next: a list of one's own work, with numbers to tap.
LISTS_OF_CALLS = (
    "desk.home",
    "care.screening",
    "pairings.calls",
    "care.visits",
    "care.walk",
    "care.screen",
    "care.arrange",
    "care.paper",
    "contact.changes",
)
HOME = (ADDRESS, CARER_PHONE, FATHER_PHONE)


class Stage:
    """The world, everybody signed in at a device of their own, and the table."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.at: dict[Who, Browser] = {OUT: Browser(world.app)}
        self.tokens: dict[Who, str] = {OUT: ""}
        for who, person in world.people.items():
            self.at[who] = browser = Browser(world.app)
            browser.sign_in(person.phone)
            self._choose(who, browser)
            self.tokens[who] = token_of(browser)
        world.keep()
        self.expected: dict[tuple[Who, Page], Row] = {}
        for row in rows(list(self.at)):
            self.expected[row.who, row.page] = row
        self.pages = list(dict.fromkeys(page for _who, page in self.expected))

    def _choose(self, who: Who, browser: Browser) -> None:
        if who[0] == "deputy" and who[1] != "not chosen":
            with db.read():
                held = holdings_of(self.world.people[who].account_id)
            deputised = who[1] == "standing in"
            one = next(holding for holding in held if bool(holding.deputy_id) is deputised)
            browser.send("/role", holding=one.key)

    def looks(self, who: Who, page: Page, wanted: str) -> str:
        """Somebody opens a page."""
        path = path_of(self.world.app, self.world, page)
        got = self.at[who].http.get(path, follow_redirects=True)
        telling = any(one in got.get_data().decode(errors="ignore") for one in HOME)
        if telling and page.endpoint not in (*LOOKED, *LOOKED_TWICE, *LISTS_OF_CALLS):
            return "a look that is not on record"
        return answer_of(self.world, page, got, wanted)

    def look_is_on_record(self, who: Who, page: Page) -> bool:
        """Somebody opens a page: whether an entry says so."""
        before = self._looks_of(who)
        self.at[who].get(path_of(self.world.app, self.world, page))
        return self._looks_of(who) == before + (2 if page.endpoint in LOOKED_TWICE else 1)

    def _looks_of(self, who: Who) -> int:
        mine = AuditEntry.account_id == self.world.people[who].account_id
        with db.read():
            return db.session.query(AuditEntry).where(mine, AuditEntry.act.in_(LOOKS)).count()

    def sends(self, who: Who, page: Page, wanted: str) -> str:
        """Somebody sends the form of a page with nothing in it; what it changed is put back."""
        http = self.at[who].http
        path = path_of(self.world.app, self.world, page)
        kept = http.get_cookie("jiedui")
        got = http.post(path, data={"csrf_token": self.tokens[who]})
        if got.status_code < 400:
            self.world.put_back()
            if kept is not None:
                http.set_cookie("jiedui", kept.value)
        return answer_to(got, wanted)
