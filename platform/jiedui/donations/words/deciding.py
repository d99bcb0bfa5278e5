"""Words for decisions, ties, givers' answers and proposals, and why something is refused there."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.deciding import (
    AskedBy,
    DecidingRefusal,
    DecisionState,
    GiverAnswer,
)
from jiedui.donations.rules.plans import Helps, LeftWhy, LineState, PlanState
from jiedui.donations.rules.relations import ClearReason, Tie, TieAnswer

words.say(
    DecisionState,
    {
        DecisionState.free: _l("Decided"),
        DecisionState.waiting: _l("Waits for a second person"),
        DecisionState.agreed: _l("Second person agrees"),
        DecisionState.refused: _l("Second person refuses"),
    },
)
words.say(
    Tie,
    {
        Tie.telephone: _l("The same telephone"),
        Tie.identity_number: _l("The same identity number"),
        Tie.name: _l("The same name, and no telephone to tell them apart"),
    },
)
words.say(
    TieAnswer,
    {TieAnswer.cleared: _l("The gift may go there"), TieAnswer.upheld: _l("It stays stopped")},
)
words.say(
    ClearReason,
    {
        ClearReason.other_person: _l("It is another person"),
        ClearReason.old_number: _l("The number belongs to somebody else now"),
        ClearReason.no_influence: _l("The giver knew of no child and chose none"),
        ClearReason.related: _l("Giver and household are related"),
    },
)
words.say(
    AskedBy,
    {
        AskedBy.in_person: _l("In person"),
        AskedBy.telephone: _l("By telephone"),
        AskedBy.letter: _l("By letter"),
        AskedBy.message: _l("By message"),
    },
)
words.say(
    GiverAnswer,
    {GiverAnswer.yes: _l("The giver agrees"), GiverAnswer.no: _l("The giver does not agree")},
)
words.say(PlanState, {PlanState.open: _l("Open proposal"), PlanState.set_aside: _l("Set aside")})
words.say(
    LineState,
    {
        LineState.proposed: _l("Proposed"),
        LineState.taken: _l("Allocated"),
        LineState.left_out: _l("Left out: the wish or the stock was gone"),
    },
)
words.say(
    LeftWhy,
    {
        LeftWhy.nothing_offered: _l("Nothing of this kind is in stock"),
        LeftWhy.all_barred: _l("What there is may not or cannot go there"),
        LeftWhy.used_elsewhere: _l("What fits goes to wishes that come first"),
        LeftWhy.not_whole: _l("What is left of the money does not pay for it"),
    },
)
words.say(
    Helps,
    {
        Helps.more: _l("One more gift of this kind"),
        Helps.nearer: _l("A gift that is brought further"),
        Helps.longer: _l("A gift whose term holds longer"),
        Helps.purpose: _l("Money whose giver agrees to this purpose"),
    },
)
R = DecidingRefusal
words.say(
    DecidingRefusal,
    {
        R.related: _l("Giver and household seem to be tied: another person looks at it first"),
        R.decider_related: _l("You give here, or belong to it: somebody else decides"),
        R.cleared_by_self: _l("You cleared a tie here: somebody else decides"),
        R.second_missing: _l("A second person has not agreed to this yet"),
        R.first_person: _l("The first step was yours: this one is somebody else's"),
        R.answered: _l("Somebody has answered this already"),
        R.none_left: _l("Nothing of what you ticked can be given any more"),
        R.plan_over: _l("There is a newer proposal: look at that one"),
        R.nothing_to_plan: _l("Nothing is in stock, or no wish is open"),
        R.reversed_already: _l("This entry is corrected already"),
        R.same_amount: _l("This is what stands there already"),
        R.no_consent: _l("Without the giver's yes the purpose stays as it is"),
        R.goods_stay: _l("Things stay what they are: only money can be given another purpose"),
        R.same_earmark: _l("This is the purpose and term it has already"),
        R.not_received: _l("Only what was received has a purpose to change"),
    },
)
