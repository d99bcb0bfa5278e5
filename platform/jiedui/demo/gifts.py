"""Small wishes of children and what is given for them: some wait, some are open; school bags were
given and have come, money for winter clothes is in the books, one gift has just been offered."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Office, Role
from jiedui.children import queries as ledger
from jiedui.children.queries import Filter
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.donations.actions import allotments, gifts, wishes
from jiedui.donations.queries import gifts as books
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.books import Carrier, Condition, GiftForm, GiftSaid, Thanks
from jiedui.donations.rules.wishes import GoodsKind, Season, WishSaid, WishState
from jiedui.needs.rules import Urgency
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind

WISHES, WAITING = 40, 6
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
BOOKS = GiftSaid(
    GiftForm.goods, GoodsKind.books, "儿童图书", 30, name="贾爱书", phone="19900009013",
    condition=Condition.as_new, carrier=Carrier.post,
)  # fmt: skip


def play(stage: Stage) -> None:
    """A season of small wishes."""
    _raised(stage)
    _checked(stage)
    bags, money = _received(stage, BAGS, 20), _received(stage, MONEY, 14)
    for n, wish in enumerate(_fitting(stage, bags)[:7]):
        _give(stage, bags, wish, 1, come=n < 5)
    for wish in _fitting(stage, money)[:4]:
        _give(stage, money, wish, 18_000, come=False)
    with stage.on(clock.today() - timedelta(days=1)), stage.write():
        gifts.offer(BOOKS, by=stage.official(Role.coordinator, Office.youth_league.value))


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
            wishes.raise_wish(child, WISHED[n % len(WISHED)], by=by)


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


def _give(stage: Stage, gift: int, wish: int, amount: int, *, come: bool) -> None:
    """Allotted and sent; where it came, the village says so, with a word of thanks."""
    by = Office.civil_affairs.value
    with stage.on(clock.today() - timedelta(days=9)), stage.write():
        actor = stage.official(Role.coordinator, by)
        one = allotments.allot(books.get(gift), find.get(wish), amount, "会议纪要", by=actor)
        number = one.id
    with stage.on(clock.today() - timedelta(days=8)), stage.write():
        actor = stage.official(Role.coordinator, by)
        allotments.dispatch(books.allotment(number), by=actor)
    if come:
        with stage.on(clock.today() - timedelta(days=4)), stage.write():
            one = books.allotment(number)
            her = stage.official(Role.child_director, one.wish.child.village.code)
            allotments.deliver(one, Thanks.glad, by=her)
