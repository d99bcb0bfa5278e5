"""Words for material wishes, and why something about one is refused."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import Season, WishCloseReason, WishRefusal, WishState

words.say(
    GoodsKind,
    {
        GoodsKind.winter_clothes: _l("Winter clothes"),
        GoodsKind.shoes: _l("Shoes"),
        GoodsKind.school_things: _l("Things for school"),
        GoodsKind.books: _l("Books to read"),
        GoodsKind.sports_things: _l("Things for sports"),
        GoodsKind.bedding: _l("Bedding"),
        GoodsKind.daily_things: _l("Things for every day"),
        GoodsKind.learning_device: _l("A device to learn with"),
        GoodsKind.toy: _l("A toy"),
        GoodsKind.other: _l("Something else"),
    },
)
words.say(
    Season,
    {
        Season.any_time: _l("At any time"),
        Season.new_term: _l("For the new term"),
        Season.winter: _l("For the winter"),
        Season.spring_festival: _l("For Spring Festival"),
        Season.childrens_day: _l("For Children's Day"),
    },
)
words.say(
    WishState,
    {
        WishState.waiting: _l("The township looks at it"),
        WishState.open: _l("Not given yet"),
        WishState.granted: _l("On its way"),
        WishState.fulfilled: _l("Wish met"),
        WishState.closed: _l("Wish ended"),
    },
)
words.say(
    WishCloseReason,
    {
        WishCloseReason.no_longer_wished: _l("No longer wished"),
        WishCloseReason.not_fitting: _l("Not a small material wish"),
        WishCloseReason.entered_wrongly: _l("Entered by mistake"),
        WishCloseReason.ran_out: _l("Its time ran out"),
        WishCloseReason.child_left: _l("The child has left"),
    },
)
R = WishRefusal
words.say(
    WishRefusal,
    {
        R.too_dear: _l("At most %(yuan)d yuan: for more, look at support by the state first"),
        R.no_price: _l("An amount above nothing"),
        R.size_missing: _l("Clothes and shoes need a size"),
        R.size_unread: _l("Write a height in centimetres (140) or a shoe number (34)"),
        R.nobody_agreed: _l("A guardian or carer at home agrees to a wish first: please say who"),
        R.identity: _l("This seems to name the family, a school or a place: write it without"),
        R.child_not_open: _l("This file is closed"),
        R.too_many: _l("This child has three wishes already: one of them comes first"),
        R.same_kind: _l("This child has such a wish already"),
        R.own_wish: _l("You raised one of these: somebody else looks at it"),
        R.none_left: _l("Somebody has changed or looked at these meanwhile"),
        R.granted_already: _l("Something is on its way for this wish, or it has ended"),
    },
)
