"""Words for rounds: states, reasons to remove, parts of a score, barriers, the one line."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.rules.reasons import Barrier, Change, Gap, Part, Reason, Step
from jiedui.pairings.rules.rounds import (
    PairChange,
    RemoveReason,
    RoundKind,
    RoundRefusal,
    RoundState,
    SuggestionState,
)

words.say(
    RoundState,
    {
        RoundState.queued: _l("Waiting to begin"),
        RoundState.solving: _l("At work"),
        RoundState.draft: _l("Draft list, to be looked at"),
        RoundState.publishing: _l("Being handed in"),
        RoundState.published: _l("Handed in for approval"),
        RoundState.dropped: _l("Dropped"),
        RoundState.failed: _l("Did not work"),
    },
)
words.say(
    RoundKind,
    {RoundKind.by_hand: _l("Started by hand"), RoundKind.timer: _l("Started by the timer")},
)
words.say(
    SuggestionState,
    {
        SuggestionState.kept: _l("Suggested"),
        SuggestionState.pinned: _l("Settled first"),
        SuggestionState.removed: _l("Taken out"),
        SuggestionState.published: _l("Handed in"),
    },
)
words.say(
    RemoveReason,
    {
        RemoveReason.known_conflict: _l("The two do not get on"),
        RemoveReason.not_suitable: _l("Not suitable for this child"),
        RemoveReason.too_far_in_fact: _l("The way is too far in fact"),
        RemoveReason.already_helped: _l("The child has help already"),
        RemoveReason.wait_for_other: _l("Wait for somebody better"),
    },
)
words.say(
    PairChange,
    {
        PairChange.pin: _l("Settle first"),
        PairChange.unpin: _l("Leave open again"),
        PairChange.remove: _l("Take out"),
        PairChange.put_back: _l("Put back"),
        PairChange.instead: _l("Replace"),
    },
)
words.say(
    Step,
    {
        Step.reading: _l("Read needs and volunteers"),
        Step.solving: _l("Compare all pairs and find the best list"),
        Step.saving: _l("Write the draft list"),
    },
)
words.say(
    Part,
    {
        Part.skill: _l("Skills"),
        Part.travel: _l("Way there"),
        Part.slot: _l("Times"),
        Part.language: _l("Language"),
        Part.waiting: _l("Waiting"),
        Part.siblings: _l("Siblings together"),
        Part.willing: _l("Willing"),
        Part.continuity: _l("Helped before"),
        Part.known_to_child: _l("Knows the child"),
        Part.text: _l("Fits in words"),
        Part.base: _l("Possible at all"),
    },
)
words.say(
    Barrier,
    {
        Barrier.consent: _l("The guardian's consent or the child's yes is missing"),
        Barrier.clearance: _l("Vetting is not complete"),
        Barrier.blocked: _l("Not to be suggested again"),
        Barrier.related: _l("Belongs to the family"),
        Barrier.risk_red: _l("Only a social worker may help this child"),
        Barrier.sex_rule: _l("No man alone with a girl"),
        Barrier.wished_sex: _l("Somebody of the other sex is wished"),
        Barrier.kind: _l("Offers other help"),
        Barrier.mode: _l("Helps in another way (in person, online, by phone)"),
        Barrier.credential: _l("The credential is missing"),
        Barrier.subject: _l("Teaches other subjects"),
        Barrier.stage: _l("Teaches other school stages"),
        Barrier.language: _l("No language in common"),
        Barrier.distance: _l("Too far"),
        Barrier.dates: _l("Not there in that period"),
        Barrier.too_short: _l("Stays too short a time for companionship"),
        Barrier.no_common_slot: _l("No time in common"),
        Barrier.too_few_slots: _l("Too few times in common"),
        Barrier.capacity: _l("Has no place left"),
        Barrier.child_has_enough_helpers: _l("The child knows enough volunteers already"),
    },
)
words.say(
    Gap,
    {
        Gap.need_place: _l("Where the place lies"),
        Gap.helper_place: _l("Where the volunteer lives"),
        Gap.need_languages: _l("Which language the child speaks"),
        Gap.helper_languages: _l("Which languages the volunteer speaks"),
        Gap.helper_subjects: _l("Which subjects the volunteer teaches"),
        Gap.helper_stages: _l("Which school stages the volunteer teaches"),
        Gap.helper_modes: _l("Whether the volunteer helps in person, online or by phone"),
        Gap.helper_periods: _l("From when to when the volunteer can help"),
        Gap.need_slots: _l("When the child has time"),
    },
)
words.say(
    Reason,
    {
        Reason.same_village: _l("same village"),
        Reason.same_township: _l("same township"),
        Reason.kilometres: _l("%(km)s km"),
        Reason.online: _l("online"),
        Reason.phone: _l("by phone"),
        Reason.weekly_slot: _l("on %(slot)s"),
        Reason.time_agreed: _l("time by agreement"),
        Reason.speaks: _l("speaks %(languages)s"),
        Reason.teaches: _l("can teach %(subjects)s"),
        Reason.credential: _l("has the credential"),
        Reason.siblings: _l("for the siblings together"),
        Reason.known_to_child: _l("the child knows them"),
        Reason.helped_before: _l("helped this child before"),
        Reason.willing: _l("said they are willing"),
        Reason.their_turn: _l("said yes before, now comes first"),
    },
)
words.say(
    Change,
    {
        Change.child_slot: _l("the child has time on %(slot)s too"),
        Change.helper_slot: _l("%(helper)s has time on %(slot)s too"),
        Change.child_times: _l("write down when the child has time, for instance %(slot)s"),
        Change.helper_times: _l("ask %(helper)s for times, for instance %(slot)s"),
        Change.language: _l("ask whether %(helper)s speaks %(language)s"),
        Change.mode: _l("ask whether %(helper)s would also help this way: %(mode)s"),
        Change.radius: _l("ask whether %(helper)s would travel up to %(km)s km"),
        Change.place: _l("ask whether %(helper)s would take one more child"),
        Change.new_helper: _l("one more volunteer for this kind of help nearby"),
        Change.none: _l("no single change would be enough: more than one thing is in the way"),
    },
)
words.say(
    RoundRefusal,
    {
        RoundRefusal.round_open: _l("There is an open list for this area already"),
        RoundRefusal.round_not_draft: _l("This list is no draft any more"),
        RoundRefusal.not_in_draft: _l("This pair does not stand in the list any more"),
        RoundRefusal.nothing_to_publish: _l("There is no pair in the list that could be handed in"),
        RoundRefusal.reason_missing: _l("Please choose a reason"),
        RoundRefusal.barrier: _l("These two cannot be paired now: %(barriers)s"),
        RoundRefusal.no_such_need: _l("There is no open need with this number in your area"),
        RoundRefusal.no_such_helper: _l("There is no volunteer with this number who can be paired"),
        RoundRefusal.need_in_other_list: _l("This need stands in another open list"),
        RoundRefusal.helper_in_other_list: _l("This volunteer stands in another open list"),
        RoundRefusal.pair_lives: _l("These two are a pair already"),
        RoundRefusal.ranking_runs: _l("This is being worked out already"),
        RoundRefusal.willing_three: _l("You can mark at most three: take one back first"),
        RoundRefusal.not_cleared: _l("You can choose once your vetting is complete"),
        RoundRefusal.does_not_fit: _l("This does not fit you any more; please choose another"),
    },
)
