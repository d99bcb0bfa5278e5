"""Small wishes of children and what is given for them: some wait, some are open; school bags were
given and have come, money for winter clothes is in the books, a person has just offered books on
the open page, a team has claimed wishes; a proposal is open, and one decision waits for a second
person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from jiedui.access.rules import Office, Role
from jiedui.children import queries as ledger
from jiedui.children.queries import Filter
from jiedui.children.rules import Means
from jiedui.core import clock
from jiedui.core.actors import ANYBODY
from jiedui.core.errors import Refusal
from jiedui.demo.acts import Stage
from jiedui.donations.actions import allotments, claims, gifts, offers, plans, pledges, wishes
from jiedui.donations.queries import claims as claiming
from jiedui.donations.queries import gifts as books
from jiedui.donations.queries import plans as proposals
from jiedui.donations.queries import pledges as promised
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.books import Carrier, Condition, GiftForm, GiftSaid, Thanks
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.pledges import PledgeKind, PledgeSaid, PledgeState
from jiedui.donations.rules.wishes import Season, WishSaid, WishState
from jiedui.needs.rules import Urgency
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind
from jiedui.regions import actions as regions_
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

WISHES, WAITING = 40, 6
LIMIT = 50_000  # fen: this county wants a second person early
PAIRS = 4  # of shoes; the rest stands in today's proposal
PAGES, EACH = 4, 3  # of the county's list so many pages, and of them each third child
WISHED = (
    WishSaid(GoodsKind.school_things, 12_000, season=Season.new_term),
    WishSaid(GoodsKind.winter_clothes, 18_000, size="140", season=Season.winter),
    WishSaid(GoodsKind.books, 6_000),
    WishSaid(GoodsKind.sports_things, 9_000, season=Season.childrens_day),
    WishSaid(GoodsKind.shoes, 13_000, size="34", urgency=Urgency.yellow),
)
BAGS = GiftSaid(
    GiftForm.goods, GoodsKind.school_things, "书包", 12, name="贾善行", phone="19900009011",
    named=True, condition=Condition.new, carrier=Carrier.giver,
)  # fmt: skip
MONEY = GiftSaid(
    GiftForm.funds, GoodsKind.winter_clothes, "冬衣专款", 500_000, name="贾乐助",
    phone="19900009012",
)  # fmt: skip
SHOES = GiftSaid(
    GiftForm.funds, GoodsKind.shoes, "冬鞋专款", 400_000, name="贾温暖", phone="19900009014",
)  # fmt: skip
COATS = GiftSaid(
    GiftForm.goods, GoodsKind.winter_clothes, "羽绒服", 10, name="贾温情", phone="19900009015",
    condition=Condition.new, carrier=Carrier.giver, sizes=("130", "150"),
)  # fmt: skip
BOOKS = GiftSaid(
    GiftForm.goods, GoodsKind.books, "儿童图书", 30, name="贾爱书", phone="19900009013",
    condition=Condition.as_new, carrier=Carrier.post,
)  # fmt: skip
BALLS, CLAIMED = GiftSaid(
    GiftForm.goods, GoodsKind.sports_things, "篮球、跳绳", 1, named=True, condition=Condition.new,
    carrier=Carrier.giver,
), 6  # fmt: skip
EARLIER_AGO, LAST = 128, 3  # days; of the third township so few that they are not shown
EARLIER = GiftSaid(
    GiftForm.goods, GoodsKind.toy, "拼图", 24, named=True, condition=Condition.new,
    carrier=Carrier.giver,
)  # fmt: skip


def play(stage: Stage) -> None:
    """A season of small wishes."""
    _before(stage)
    _raised(stage)
    _checked(stage)
    bags, money = _received(stage, BAGS, 20), _received(stage, MONEY, 14)
    for n, wish in enumerate(_fitting(stage, bags)[:7]):
        _give(stage, bags, wish, 1, come=n < 5)
    for wish in _fitting(stage, money)[:4]:
        _give(stage, money, wish, 18_000, come=False)
    _received(stage, COATS, 12)
    _claimed(stage)
    _proposed(stage)
    _promised(stage)
    with stage.on(clock.today() - timedelta(days=1)), stage.write():
        offers.offer_mine(BOOKS, stage.county_id, by=ANYBODY)


def _claimed(stage: Stage) -> None:
    """A unit's contact has taken sports wishes upon the unit; an office will look at the offer."""
    with stage.on(clock.today() - timedelta(days=3)), stage.write():
        by = stage.official(Role.unit_manager, regions.get(stage.county_id).code)
        most = claiming.counts(stage.county_id)[GoodsKind.sports_things]
        claims.claim(replace(BALLS, amount=min(CLAIMED, most)), by=by)


def _before(stage: Stage) -> None:
    """What a unit gave in the quarter before, to the children of two townships; all of it came.
    So there is a quarter that is over, with figures that may be shown and some that may not."""
    with stage.read():
        civil = stage.official(Role.coordinator, Office.civil_affairs.value)
        pages = [ledger.page(civil, Filter(), number)[0] for number in range(1, PAGES * 2 + 1)]
        found: dict[str, list[int]] = {}
        for child in (child for page in pages for child in page):
            found.setdefault(f"{child.village.code[:9]}000", []).append(child.id)
        unit = next(iter(partners.units(stage.county_id, UnitKind.volunteer_team)))
        said = replace(EARLIER, unit_id=unit.id)
    most = sorted(found, key=lambda code: -len(found[code]))
    chosen = [(code, n) for code in most[:3] for n in found[code][: LAST if code == most[2] else 8]]
    wishes_now = [_wish(stage, code, number) for code, number in chosen]
    gift = _received(stage, said, EARLIER_AGO - 12)
    for wish in wishes_now:
        _give(stage, gift, wish, 1, come=True, ago=EARLIER_AGO - 15)


def _agreed(child_id: int, said: WishSaid) -> WishSaid:
    """The same, and somebody at home has said yes."""
    first = find.who_may_agree(ledger.get(child_id))[0]
    return replace(said, agreed=first.id, agreed_how=Means.spoken)


def _wish(stage: Stage, township: str, child_id: int) -> int:
    """One wish of a child, raised and looked at."""
    with stage.on(clock.today() - timedelta(days=EARLIER_AGO)), stage.write():
        child = ledger.get(child_id)
        by = stage.official(Role.child_director, child.village.code)
        wishes.raise_wish(child, _agreed(child_id, WishSaid(GoodsKind.toy, 5_000)), by=by)
    with stage.read():
        number = find.living_of(child_id)[-1].id
    with stage.on(clock.today() - timedelta(days=EARLIER_AGO - 5)), stage.write():
        wish = find.get(number)
        by = stage.official(Role.township_supervisor, township)
        wishes.check([wish], by=by, versions={wish.id: wish.version})
    return number


def _proposed(stage: Stage) -> None:
    """Two days ago the League gave shoes for more than the county's sum, which waits for a second
    person; today's proposal is open, with the rest."""
    shoes = _received(stage, SHOES, 6)
    office = Office.youth_league.value
    with stage.on(clock.today() - timedelta(days=2)), stage.write():
        county = regions.get(stage.county_id)
        actor = stage.official(Role.coordinator, Office.civil_affairs.value)
        regions_.set_for_county(county, Setting.second_person_from, LIMIT, by=actor)
        by = stage.official(Role.coordinator, office)
        plan = plans.make(county, by=by)
        lines = [one for one in proposals.lines(plan.id) if one.gift_id == shoes][:PAIRS]
        if lines:
            plans.settle(plan, lines, "冬鞋分配会议纪要", by=by)
    with stage.write():
        plans.make(regions.get(stage.county_id), by=stage.official(Role.coordinator, office))


def _promised(stage: Stage) -> None:
    """A person offers a room, which waits; a workshop's two jobs were taken up."""
    today = clock.today()
    room = PledgeSaid(
        PledgeKind.place, "临街二十座教室，周末可用", 20, "城关镇东街", today, name="贾东家",
        phone="19900009016",
    )  # fmt: skip
    jobs = PledgeSaid(
        PledgeKind.jobs, "缝纫和包装，按月结算，住家附近", 2, "城关镇工业小区", today,
        name="贾老板", phone="19900009017",
    )  # fmt: skip
    with stage.on(today - timedelta(days=3)), stage.write():
        pledges.pledge_mine(room, stage.county_id, by=ANYBODY)
        one = pledges.pledge_mine(jobs, stage.county_id, by=ANYBODY)
    with stage.write():
        office = stage.official(Role.coordinator, Office.civil_affairs.value)
        pledges.answer(promised.get(one.id), PledgeState.taken_up, by=office)


def _raised(stage: Stage) -> None:
    """Wishes of children all over the county, where there is a director."""
    with stage.read():
        civil = stage.official(Role.coordinator, Office.civil_affairs.value)
        pages = [ledger.page(civil, Filter(), number)[0] for number in range(1, PAGES + 1)]
        children = [child.id for page in pages for child in page][: WISHES * EACH : EACH]
    for n, number in enumerate(children):
        ago = 2 if n < WAITING else 40 - n % 9
        with stage.on(clock.today() - timedelta(days=ago)), stage.write():
            child = ledger.get(number)
            by = stage.official(Role.child_director, child.village.code)
            wishes.raise_wish(child, _agreed(number, WISHED[n % len(WISHED)]), by=by)


def _checked(stage: Stage) -> None:
    """Each township looks at its own, but not at the latest."""
    with stage.read():
        civil = stage.official(Role.coordinator, Office.civil_affairs.value)
        long = clock.today() - timedelta(days=10)
        rows, _count = find.page(civil, WishState.waiting, 1)
        waiting = [
            (one.id, one.child.village.code) for one in rows if clock.at(long) > one.raised_at
        ]
    for number, village in waiting:
        with stage.on(clock.today() - timedelta(days=30)), stage.write():
            wish = find.get(number)
            by = stage.official(Role.township_supervisor, f"{village[:9]}000")
            wishes.check([wish], by=by, versions={wish.id: wish.version})


def _received(stage: Stage, said: GiftSaid, ago: int) -> int:
    """A gift that the association has received whole, with its receipt."""
    by = Office.civil_affairs.value
    with stage.on(clock.today() - timedelta(days=ago)):
        with stage.write():
            number = gifts.offer(said, by=stage.official(Role.coordinator, by)).id
        with stage.write():
            receiver = partners.units(stage.county_id, UnitKind.social_organisation)[0]
            actor = stage.official(Role.coordinator, by)
            gifts.accept(books.get(number), receiver.id, by=actor)
        with stage.write():
            actor = stage.official(Role.coordinator, by)
            receipt = f"示例票 {number:04d}"
            gifts.receive(books.get(number), said.amount, receipt, by=actor)
    return number


def _fitting(stage: Stage, gift: int) -> list[int]:
    with stage.read():
        return [one.id for one in books.fitting(books.get(gift))]


def _give(stage: Stage, gift: int, wish: int, amount: int, *, come: bool, ago: int = 9) -> None:
    """Allotted and sent; where it came, the village says so, with a word of thanks. Where somebody
    of the giver is called like somebody of the household it waits for a look: nothing goes."""
    by = Office.civil_affairs.value
    try:
        with stage.on(clock.today() - timedelta(days=ago)), stage.write():
            actor = stage.official(Role.coordinator, by)
            one = allotments.allot(books.get(gift), find.get(wish), amount, "会议纪要", by=actor)
            number = one.id
    except Refusal:
        return
    with stage.on(clock.today() - timedelta(days=ago - 1)), stage.write():
        actor = stage.official(Role.coordinator, by)
        allotments.dispatch(books.allotment(number), by=actor)
    if come:
        with stage.on(clock.today() - timedelta(days=ago - 5)), stage.write():
            one = books.allotment(number)
            her = stage.official(Role.child_director, one.wish.child.village.code)
            allotments.deliver(one, Thanks.glad, by=her)
