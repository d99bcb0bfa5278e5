"""Words for what is planned: kinds of contact, states, why a day is left out."""

from jiedui.contact.rules.plan import (
    ContactKind,
    DatesKind,
    Interval,
    LeftOut,
    PlanRefusal,
    SessionState,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    ContactKind,
    {
        ContactKind.meeting: _l("Meeting"),
        ContactKind.call: _l("Telephone call"),
        ContactKind.video: _l("Video call"),
        ContactKind.letter: _l("Letter"),
        ContactKind.parcel: _l("Parcel"),
    },
)
words.say(
    Interval,
    {
        Interval.weekly: _l("Every week"),
        Interval.fortnightly: _l("Every two weeks"),
        Interval.monthly: _l("Every month"),
    },
)
words.say(
    SessionState,
    {
        SessionState.planned: _l("Planned"),
        SessionState.moved: _l("At another time"),
        SessionState.cancelled: _l("Left out"),
        SessionState.held: _l("Took place"),
        SessionState.missed: _l("Nothing on record"),
    },
)
words.say(
    LeftOut,
    {
        LeftOut.public_holiday: _l("Public holiday"),
        LeftOut.school_day: _l("A weekend that is a school day"),
        LeftOut.school_holiday: _l("School holidays"),
        LeftOut.exam_week: _l("Week of exams"),
        LeftOut.helper_cannot: _l("The volunteer cannot come"),
        LeftOut.family_cannot: _l("The child or the family cannot"),
        LeftOut.other_reason: _l("Another reason"),
        LeftOut.pairing_stopped: _l("The pairing pauses or has ended"),
    },
)
words.say(
    DatesKind,
    {
        DatesKind.school_holiday: _l("School holidays"),
        DatesKind.exam_week: _l("Week of exams"),
    },
)
words.say(
    PlanRefusal,
    {
        PlanRefusal.not_coming: _l("This session is not to come any more"),
        PlanRefusal.past: _l("This time has passed"),
        PlanRefusal.helper_busy: _l("The volunteer has another child at that time"),
        PlanRefusal.pairing_busy: _l("The two meet at that time already"),
        PlanRefusal.not_suggested: _l("Please choose one of the times"),
        PlanRefusal.not_going_on: _l("The pairing does not go on at the moment"),
        PlanRefusal.reason_missing: _l("Please choose a reason"),
        PlanRefusal.dates_backwards: _l("The last day is before the first"),
        PlanRefusal.dates_too_long: _l("These are more than a hundred days: please check the year"),
        PlanRefusal.dates_overlap: _l("Some of these days are in the list already"),
        PlanRefusal.not_cleared: _l("This volunteer's vetting is not complete"),
        PlanRefusal.not_possible: _l("This volunteer cannot stand in here"),
        PlanRefusal.is_the_helper: _l("This is the volunteer who comes anyway"),
        PlanRefusal.asked_already: _l("Somebody has been asked already"),
        PlanRefusal.not_asked: _l("Nobody waits for this answer any more"),
    },
)
