"""Words for gifts, their books, and why something about them is refused."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.books import (
    Account,
    AllotmentState,
    Carrier,
    Condition,
    GiftForm,
    GiftRefusal,
    GiftState,
    RefuseReason,
    Thanks,
)

words.say(GiftForm, {GiftForm.goods: _l("Goods"), GiftForm.funds: _l("Money for a purpose")})
words.say(Condition, {Condition.new: _l("Brand new"), Condition.as_new: _l("As good as new")})
words.say(
    Carrier,
    {
        Carrier.giver: _l("Whoever gives brings them"),
        Carrier.receiver: _l("The receiver fetches them"),
        Carrier.post: _l("By parcel post"),
    },
)
words.say(
    GiftState,
    {
        GiftState.offered: _l("Offered"),
        GiftState.accepted: _l("Accepted"),
        GiftState.received: _l("Received and in the books"),
        GiftState.refused: _l("Not taken"),
    },
)
words.say(
    RefuseReason,
    {
        RefuseReason.not_needed: _l("Nobody needs it now"),
        RefuseReason.not_usable: _l("Not safe or not usable"),
        RefuseReason.not_for_this: _l("Its purpose is not ours"),
        RefuseReason.never_came: _l("It never came"),
        RefuseReason.giver_withdrew: _l("The giver has thought better of it"),
    },
)
words.say(
    Account,
    {
        Account.giver: _l("Giver"),
        Account.stock: _l("In stock"),
        Account.allocated: _l("Allocated"),
        Account.returned: _l("Sent back to the giver"),
        Account.written_off: _l("Spoiled, written off"),
    },
)
words.say(
    AllotmentState,
    {
        AllotmentState.allocated: _l("Allocated"),
        AllotmentState.dispatched: _l("Sent off"),
        AllotmentState.delivered: _l("Has come"),
        AllotmentState.thanked: _l("Has come, with thanks"),
        AllotmentState.taken_back: _l("Taken back"),
    },
)
words.say(
    Thanks,
    {
        Thanks.glad: _l("The child was very glad"),
        Thanks.fits: _l("It fits well"),
        Thanks.uses_it: _l("It is used every day"),
        Thanks.thank_you: _l("The family says thank you"),
    },
)
R = GiftRefusal
words.say(
    GiftRefusal,
    {
        R.giver_missing: _l("Choose a unit, or give the name and telephone of a person"),
        R.giver_twice: _l("Either a unit gives or a person"),
        R.kind_missing: _l("Goods are of a kind: please choose one"),
        R.condition_missing: _l("Please say what the goods are like"),
        R.link_gone: _l("This link no longer works"),
        R.code_wrong: _l("This is not the code. Tries left: %(left)d"),
        R.sizes_unread: _l("Write heights (120 to 150) or shoe numbers (30 to 36), small first"),
        R.wrong_size: _l("Its sizes do not fit this wish"),
        R.no_amount: _l("An amount above nothing"),
        R.term_past: _l("This day is past"),
        R.not_a_receiver: _l("Only a charity or social organisation of the county receives gifts"),
        R.not_a_township: _l("Please choose a township of this county"),
        R.own_gift: _l("Whoever gives does not receive"),
        R.more_than_offered: _l("Not more than was offered: write another offer for the rest"),
        R.not_now: _l("This step does not follow here: look at the gift once more"),
        R.not_enough: _l("So much is not in stock"),
        R.other_purpose: _l("This gift was given for something else"),
        R.term_over: _l("The term of this gift is over"),
        R.one_piece: _l("A wish gets one piece"),
        R.dearer_than_wish: _l("Not more than the wish costs"),
        R.wish_not_open: _l("Something is on its way for this wish, or it has ended"),
        R.wish_claimed: _l("A unit has claimed this wish: it is kept for it for thirty days"),
        R.fewer_open: _l("So many are not open now: %(num)s at most"),
        R.too_many_claimed: _l("From one to %(most)s at a time"),
        R.decided_by_self: _l("You decided on this: somebody else confirms that it came"),
        R.evidence_missing: _l("Please say what shows it"),
        R.unprintable: _l("A character here is in no font of ours: print the page instead"),
    },
)
