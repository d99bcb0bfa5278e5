"""Words for campaigns, classes, courses and why something about them is refused."""

from __future__ import annotations

from jiedui.activities.rules import (
    ActivityKind,
    ActivityRefusal,
    CalledOff,
    MemberState,
    SeasonKind,
)
from jiedui.activities.rules.courses import CourseFor, CourseRefusal
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
words.say(
    ActivityKind,
    {
        ActivityKind.holiday_class: _l("Holiday class"),
        ActivityKind.small_group: _l("Small group"),
        ActivityKind.themed_event: _l("Themed event"),
    },
)
words.say(
    CalledOff,
    {
        CalledOff.helper_ill: _l("Who holds it cannot come"),
        CalledOff.place_closed: _l("The place is closed"),
        CalledOff.weather: _l("Weather or roads"),
        CalledOff.school: _l("School needs the time"),
        CalledOff.nobody_came: _l("No child came"),
        CalledOff.ended: _l("It has ended"),
    },
)
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
        R.group_past: _l("The first day is past"),
        R.group_too_long: _l("A group is planned for half a year at most, then anew"),
        R.not_small: _l("A small group has two to six children"),
        R.one_needed: _l("Nobody is ticked: if it was not held, call it off"),
        R.not_a_home: _l("A small group meets at a Children's Home"),
        R.no_keeper: _l("They are not responsible where this home lies: choose somebody who is"),
        R.not_cleared: _l("The checks of this person are not complete, or they keep the place"),
        R.held_by_one: _l("Somebody holds this group or is asked already"),
        R.keeper_was_away: _l("Nobody is alone with children: if the helper was, do not confirm;"
                              " call the office that planned the group"),
        R.nobody_ticked: _l("Tick who came; if no child came, call the meeting off"),
        R.called_off_already: _l("This meeting is called off"),
    },
)  # fmt: skip
words.say(
    CourseFor,
    {
        CourseFor.helpers: _l("Volunteers and social workers"),
        CourseFor.guardians: _l("Guardians"),
        CourseFor.officials: _l("Child directors and supervisors"),
    },
)
C = CourseRefusal
words.say(
    CourseRefusal,
    {
        C.past: _l("This day is past"),
        C.too_far: _l("A course is planned for a year ahead at most"),
        C.backwards: _l("The end lies before the beginning"),
        C.days_overlap: _l("This session begins before the one above it has ended"),
        C.too_many_days: _l("A course has twelve days at most"),
        C.minutes_out: _l("A course counts for 30 minutes at least and 40 hours at most"),
        C.longer_than_held: _l("No more minutes count than the course lasts"),
        C.no_unit: _l("This unit does not take part at present"),
        C.place_outside: _l("This place is outside your area"),
        C.full: _l("Every seat is taken"),
        C.on_already: _l("They are signed up already"),
        C.not_for_them: _l("This course is not for them, or they are not yours to sign up"),
        C.over: _l("The course has begun or is called off"),
        C.off_already: _l("This course is called off"),
        C.not_over: _l("The course is not over yet"),
        C.nobody_came: _l("Tick who came; if nobody came, the office calls the course off"),
        C.not_on_it: _l("Somebody here is not on the course any more: look once more"),
        C.not_told: _l("Nobody has said yet who came"),
        C.confirmed_already: _l("This list is confirmed already"),
        C.own_list: _l("You told this list or stand on it: somebody else confirms it"),
        C.knows_somebody: _l("You entered somebody on this list yourself: a colleague confirms it"),
        C.left_already: _l("This place was given up already"),
    },
)
