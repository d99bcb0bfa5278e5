"""What one person's pages lead to, asked for by everybody else: every kind of address that anybody
comes to by following links is tried by every other persona, of two counties, with two accounts at
least for every role that has an area.

Allowed is what one's own pages lead to, what the table written by hand names for this person
(tests/house/expectations.csv), and, of a kind of page that the table opens to this role somewhere,
what lies in this person's own area, by the codes of divisions and not by the product's scopes. All
else is 404. And whatever opens, the families of the first village are spoken of only to those whose
pages speak of them.

Seen to fail: a policy for which everything lies in everybody's area (in_scope)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from jiedui.core import db
from tests.house.stage import Stage
from tests.house.table import OUT, Who, links, path_of
from tests.house.test_expectations import stage

pytestmark = pytest.mark.reliability
OF_EACH = 3  # addresses of one kind that are tried
AT_LEAST = 2_000  # pairs of a person and an address that is not theirs
OPENS = {"yes", "named", "hidden", "listed", "empty", "gone"}
ENDS = ("/sign-out", "/lang", "/static/")  # nothing of anybody's is there
__all__ = ["stage"]


def page(stage: Stage, who: Who, path: str) -> TestResponse:
    """One address, without following where it sends."""
    return stage.at[who].http.get(path)


def opened(stage: Stage, who: Who) -> dict[str, str]:
    """Every page that somebody comes to from where they begin, with its text."""
    waiting, seen, visited = ["/", "/me", "/desk"], {}, Counter[str]()
    while waiting:
        path = waiting.pop()
        kind = endpoint(stage, path)
        if path in seen or path.startswith(ENDS) or visited[kind] >= OF_EACH:
            continue
        visited[kind] += 1
        got = page(stage, who, path)
        if got.status_code in (301, 302, 303):
            waiting.append(got.location.partition("?")[0])
        seen[path] = got.get_data().decode(errors="ignore") if got.status_code == 200 else ""
        if got.mimetype == "text/html":
            waiting += sorted(links(seen[path]), reverse=True)
    return {path: text for path, text in seen.items() if text}


@pytest.fixture(scope="module")
def found(stage: Stage) -> dict[Who, dict[str, str]]:
    """Everybody's pages."""
    return {who: opened(stage, who) for who in stage.at}


def named_for(stage: Stage) -> dict[Who, set[str]]:
    """The addresses that the table opens to somebody."""
    allowed: defaultdict[Who, set[str]] = defaultdict(set)
    for (who, one), row in stage.expected.items():
        if row.answer in OPENS:
            allowed[who].add(path_of(stage.world.app, stage.world, one).partition("?")[0])
    return allowed


def endpoint(stage: Stage, path: str) -> str:
    """Whose page an address is; nothing for one that is only sent to."""
    try:
        return str(stage.world.app.url_map.bind("").match(path)[0])
    except (MethodNotAllowed, NotFound, RequestRedirect):
        return ""


def guarded(stage: Stage, name: str) -> bool:
    """Whether a page asks for a permission."""
    view = stage.world.app.view_functions.get(name)
    return bool(getattr(getattr(view, "guard", None), "permission", ""))


def addresses(stage: Stage, found: dict[Who, dict[str, str]]) -> list[str]:
    """The addresses of guarded pages that anybody has come to, a few of each kind."""
    several: defaultdict[str, set[str]] = defaultdict(set)
    for path in {path for mine in found.values() for path in mine}:
        several[endpoint(stage, path)].add(path)
    return [
        path for name in sorted(several) if guarded(stage, name)
        for path in sorted(several[name])[:OF_EACH]
    ]  # fmt: skip


# From the number in an address to the division where the thing lies, in the tables themselves.
VILLAGE_OF = {
    "child_id": "SELECT v.code FROM child t JOIN region v ON v.id = t.village_id WHERE t.id = :id",
    "home_id": (
        "SELECT v.code FROM household t JOIN region v ON v.id = t.village_id WHERE t.id = :id"
    ),
    "guardian_id": (
        "SELECT v.code FROM guardian t JOIN household h ON h.id = t.household_id"
        " JOIN region v ON v.id = h.village_id WHERE t.id = :id"
    ),
    "need_id": (
        "SELECT v.code FROM need_child t JOIN child c ON c.id = t.child_id"
        " JOIN region v ON v.id = c.village_id WHERE t.need_id = :id"
    ),
    "pairing_id": (
        "SELECT v.code FROM pairing p JOIN need_child t ON t.need_id = p.need_id"
        " JOIN child c ON c.id = t.child_id JOIN region v ON v.id = c.village_id WHERE p.id = :id"
    ),
    "session_id": (
        "SELECT v.code FROM service_session s JOIN pairing p ON p.id = s.pairing_id"
        " JOIN need_child t ON t.need_id = p.need_id JOIN child c ON c.id = t.child_id"
        " JOIN region v ON v.id = c.village_id WHERE s.id = :id"
    ),
    "helper_id": (
        "SELECT v.code FROM helper t JOIN region v ON v.id = t.village_id WHERE t.id = :id"
    ),
    "case_id": (
        "SELECT v.code FROM support_case t JOIN child c ON c.id = t.child_id"
        " JOIN region v ON v.id = c.village_id WHERE t.id = :id"
    ),
    "account_id": (
        "SELECT v.code FROM role_holding t JOIN region v ON v.id = t.region_id"
        " WHERE t.account_id = :id"
    ),
}


def area(code: str) -> str:
    """What the codes of everything within a division begin with (GB/T 2260, GB/T 10114)."""
    return code[:6] if code.endswith("000000") else code[:9] if code.endswith("000") else code


def _codes(query: str, number: object) -> list[str]:
    with db.read():
        return list(db.session.scalars(text(query), {"id": number}))


def lies_in(stage: Stage, who: Who, path: str) -> bool:
    """Whether what an address is about lies in somebody's area; yes when it is about nothing that
    lies anywhere."""
    if who == OUT:
        return False
    mine = [area(code) for code in _codes(VILLAGE_OF["account_id"], account(stage, who))]
    _endpoint, args = stage.world.app.url_map.bind("").match(path)
    for name, query in VILLAGE_OF.items():
        if name in args:
            codes = _codes(query, args[name])
            return any(code.startswith(tuple(mine)) for code in codes)
    return True


# The deputy holds the same office in another township, and stands in for the county's.
OFFICE_OF = {"deputy": "womens_federation"}
FOR_WHOM = {("deputy", "standing in"): ("womens_federation", "here")}


def account(stage: Stage, who: Who) -> int | None:
    """Whose area counts: a persona's own, or that of the one they stand in for."""
    return stage.world.people[FOR_WHOM.get(who, who)].account_id


def own_registration(stage: Stage, who: Who) -> set[str]:
    """The pages of what somebody registered of themselves as a helper."""
    mine = "SELECT id FROM helper WHERE account_id = :id"
    numbers = _codes(mine, stage.world.people[who].account_id)
    return {f"/helpers/{number}{rest}" for number in numbers for rest in ("", "/records")}


def strangers(
    stage: Stage, found: dict[Who, dict[str, str]]
) -> Iterator[tuple[Who, str, TestResponse]]:
    """Everybody at every guarded address that is neither theirs nor named for them."""
    allowed = named_for(stage)
    leads = {who: set(mine).union(*map(links, mine.values())) for who, mine in found.items()}
    roles = {(who[0], one.endpoint) for (who, one), row in stage.expected.items()
             if row.answer in OPENS}  # fmt: skip
    theirs = {who: own_registration(stage, who) for who in stage.at if who != OUT}
    for path in addresses(stage, found):
        kind = endpoint(stage, path)
        for who in stage.at:
            role = OFFICE_OF.get(who[0], who[0])
            own = (role, kind) in roles and lies_in(stage, who, path)
            own = own or path in theirs.get(who, ())
            if not own and path not in leads[who] and path not in allowed[who]:
                yield who, path, page(stage, who, path)


def test_what_leads_others_leads_nobody_else(
    stage: Stage, found: dict[Who, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """404, or the way to the sign-in for who is not signed in; nothing else."""
    tried, open_ = Counter[Who](), []
    for who, path, got in strangers(stage, found):
        tried[who] += 1
        asked = got.status_code in (302, 303) and got.location.startswith(("/sign-in?", "/role?"))
        if got.status_code != 404 and not asked:
            open_.append(f"{path}: {' '.join(who)} {got.status_code}")
    with capsys.disabled():
        total = sum(tried.values())
        print(f"\n{total} pairs of {len(tried)} people and addresses not theirs: {len(open_)} open")
    assert not open_, "\n".join(open_)
    assert sum(tried.values()) >= AT_LEAST


def speaks_of(stage: Stage, words: str) -> list[str]:
    """What of the families of the first village stands in a text."""
    return [one for one in (*stage.world.secrets, *stage.world.numbers) if one in words]


# Who has nothing to do with the families of the first village, whatever they open.
FAR = ("other township", "other county", "next village", "other unit", "without")
NOBODYS = ("account_admin", "auditor", "leader", "donor", "signed_out", "partner_member")


def test_pages_of_those_far_away_say_nothing_of_a_family(
    stage: Stage, found: dict[Who, dict[str, str]]
) -> None:
    """Neither do pages of those who see figures only."""
    told = [
        (" ".join(who), path, speaks_of(stage, words))
        for who, mine in found.items()
        if who == OUT or who[1] in FAR or who[0] in NOBODYS
        for path, words in mine.items()
        if speaks_of(stage, words)
    ]
    assert told == []


def test_every_role_with_an_area_has_two_accounts_in_two_counties(stage: Stage) -> None:
    """Else nothing would be tried."""
    people = Counter(role for role, _relation in stage.at)
    for role in ("child_director", "township_supervisor", "grid_worker", "womens_federation"):
        assert people[role] >= 3
    assert {relation for _role, relation in stage.at} >= {"here", "other county", "other township"}
