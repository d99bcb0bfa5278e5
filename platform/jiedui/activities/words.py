"""Words for campaigns, classes and why something about them is refused."""

from __future__ import annotations

from jiedui.activities.rules import ActivityKind, ActivityRefusal, MemberState, SeasonKind
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    SeasonKind,
    {SeasonKind.winter: _l("Winter holidays"), SeasonKind.summer: _l("Summer holidays")},
)
words.say(
    MemberState,
    {
        MemberState.signed: _l("Signed up"),
        MemberState.cleared: _l("May come"),
        MemberState.left_out: _l("Not this time"),
    },
)
words.say(ActivityKind, {ActivityKind.holiday_class: _l("Holiday class")})
R = ActivityRefusal
words.say(
    ActivityRefusal,
    {
        R.season_backwards: _l("The last day lies before the first"),
        R.season_too_long: _l("Holidays have at most a hundred days"),
        R.season_past: _l("The first day is past or today already"),
        R.season_there: _l("There is a campaign for these days already"),
        R.checks_too_soon: _l("The police have ten working days: %(day)s at the earliest"),
        R.checks_too_late: _l("The closing day lies before the first day"),
        R.season_settled: _l("The closing day is over: nothing can be changed here any more"),
        R.no_team: _l("Only a volunteer team or a school that has signed people up holds classes"),
        R.not_of_team: _l("Somebody here does not belong to this team any more: look once more"),
        R.outside_season: _l("This day lies outside the campaign"),
        R.class_backwards: _l("The last day lies before the first"),
        R.times_backwards: _l("The end lies before the beginning"),
        R.class_too_long: _l("A class lasts eight hours a day at most"),
        R.no_meeting: _l("On these weekdays the class never meets, or more than 80 times"),
        R.place_outside: _l("This place is outside your area"),
        R.no_seat: _l("Every seat is taken"),
        R.on_class_already: _l("This child has a seat already"),
        R.has_been_left_out: _l("Only who was cleared on the closing day may come"),
        R.class_over: _l("This class is over"),
        R.answer_missing: _l("Nobody has answered yet"),
        R.left_already: _l("This seat was given up already"),
        R.not_yet: _l("The class is not over yet"),
        R.two_needed: _l("Two helpers at least: nobody is alone with a class. If one was, call"
                         " the Youth League"),
        R.not_of_class: _l("Somebody on the list is not on this class"),
        R.no_length: _l("The end lies before the beginning"),
        R.outside_meeting: _l("These times lie outside the class"),
        R.not_told: _l("The team has not said who came yet"),
        R.confirmed_already: _l("This list is confirmed already"),
        R.own_list: _l("You told this list or stand on it: somebody else confirms it"),
        R.without_consent: _l("A child without both yeses is ticked: look once more"),
        R.answered_already: _l("This is answered already"),
    },
)  # fmt: skip
