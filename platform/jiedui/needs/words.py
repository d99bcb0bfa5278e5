"""Words for needs: where, how often, how urgent, what for, what is missing, and refusals."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.needs.rules import (
    Frequency,
    Goal,
    Lack,
    NeedCloseReason,
    NeedRefusal,
    NeedState,
    Urgency,
    UrgencyReason,
    Where,
)

words.say(
    Where,
    {
        Where.place: _l("At a Children's Home or school"),
        Where.home: _l("At home, with the carer present"),
        Where.online: _l("Online"),
        Where.phone: _l("On the telephone"),
    },
)
words.say(
    Frequency,
    {
        Frequency.weekly: _l("Once a week"),
        Frequency.fortnightly: _l("Every two weeks"),
        Frequency.monthly: _l("Once a month"),
        Frequency.n_per_week: _l("Several times a week"),
    },
)
words.say(
    Urgency,
    {
        Urgency.normal: _l("Not urgent"),
        Urgency.yellow: _l("Soon"),
        Urgency.red: _l("Urgent"),
    },
)
words.say(
    UrgencyReason,
    {
        UrgencyReason.guardian_lost: _l("The guardian has died or is gone"),
        UrgencyReason.self_harm_signs: _l("Signs of self-harm"),
        UrgencyReason.bereavement: _l("A death in the family"),
        UrgencyReason.not_attending_school: _l("Does not go to school"),
        UrgencyReason.lives_alone: _l("Lives alone"),
        UrgencyReason.exam_year: _l("Year of the final exam"),
    },
)
words.say(
    Goal,
    {
        Goal.someone_to_talk_to: _l("Has somebody to talk to"),
        Goal.homework_done: _l("Gets the homework done"),
        Goal.keeps_up_in_subject: _l("Keeps up in the subject"),
        Goal.reads_regularly: _l("Reads regularly"),
        Goal.settles_after_change: _l("Settles after a change"),
        Goal.gets_on_with_others: _l("Gets on with others"),
        Goal.stays_in_school: _l("Stays in school"),
    },
)
words.say(
    NeedState,
    {
        NeedState.waiting: _l("Waiting for consent"),
        NeedState.open: _l("To be matched"),
        NeedState.met: _l("Somebody is there"),
        NeedState.closed: _l("Ended"),
    },
)
words.say(
    Lack,
    {
        Lack.consent_missing: _l("The guardian has not been asked yet"),
        Lack.consent_refused: _l("The guardian does not agree"),
        Lack.view_missing: _l("The child has not been asked yet"),
        Lack.view_refused: _l("The child does not want it"),
    },
)
words.say(
    NeedCloseReason,
    {
        NeedCloseReason.fulfilled: _l("The wish has been fulfilled"),
        NeedCloseReason.no_longer_wished: _l("No longer wished"),
        NeedCloseReason.consent_withdrawn: _l("The guardian has taken consent back"),
        NeedCloseReason.child_left: _l("The child has left"),
        NeedCloseReason.entered_wrongly: _l("Entered by mistake"),
        NeedCloseReason.doubled: _l("The child had this wish twice"),
    },
)
words.say(
    NeedRefusal,
    {
        NeedRefusal.no_slot: _l("No time is chosen yet: please choose at least one"),
        NeedRefusal.place_missing: _l("There is no open place yet: please choose another way"),
        NeedRefusal.place_outside: _l("This place is not open, or it is in another county"),
        NeedRefusal.subject_missing: _l("Please choose at least one subject"),
        NeedRefusal.period_backwards: _l("The last day comes before the first"),
        NeedRefusal.period_past: _l("This period is over already"),
        NeedRefusal.reason_for_urgency: _l("Please say why it is urgent"),
        NeedRefusal.child_missing: _l("Please choose at least one child"),
        NeedRefusal.other_household: _l("Only children of one household share a wish"),
        NeedRefusal.same_need_open: _l("This child has such a wish already: %(need)s"),
        NeedRefusal.not_urgent: _l("This wish is not marked as urgent"),
        NeedRefusal.confirmed_by_raiser: _l("Who says it is urgent does not confirm it"),
        NeedRefusal.closed: _l("This wish has ended"),
        NeedRefusal.met_already: _l(
            "Somebody comes to this child already: end the pairing first, or add a new wish"
        ),
        NeedRefusal.times_missing: _l("Please say how many times a week"),
    },
)
