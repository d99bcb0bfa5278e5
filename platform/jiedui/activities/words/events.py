"""Words for themed events, their themes, and the plan of prevention."""

from __future__ import annotations

from jiedui.activities.rules.events import Audience, EventForm, EventLook, EventRefusal, Theme
from jiedui.activities.rules.prevention import PlanRefusal, Reach
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Theme,
    {
        Theme.culture_sport: _l("Culture and sport"),
        Theme.reading: _l("Reading and books"),
        Theme.science: _l("Science"),
        Theme.law: _l("Law and rights"),
        Theme.traffic: _l("Traffic safety"),
        Theme.fire: _l("Fire safety"),
        Theme.drowning: _l("Drowning prevention"),
        Theme.food: _l("Food safety"),
        Theme.life_education: _l("Life education"),
        Theme.coping: _l("Coping with setbacks"),
        Theme.self_protection: _l("Self-protection and sexuality education"),
    },
)
words.say(
    EventForm,
    {
        EventForm.lecture: _l("Lecture"),
        EventForm.role_play: _l("Role play"),
        EventForm.drill: _l("Drill"),
        EventForm.workshop: _l("Trying things out"),
        EventForm.visit: _l("Visit to a place"),
        EventForm.contest: _l("Contest or performance"),
    },
)
words.say(
    Audience,
    {
        Audience.school: _l("The whole school"),
        Audience.grade: _l("A grade or class"),
        Audience.village: _l("The children of a village"),
    },
)
words.say(
    Reach,
    {Reach.schools: _l("Schools of the county"), Reach.villages: _l("Villages and communities")},
)
words.say(
    EventLook,
    {
        EventLook.needless: _l("Needs no look"),
        EventLook.planned: _l("Waits for an office's look"),
        EventLook.agreed: _l("The office has agreed"),
        EventLook.refused: _l("The office does not agree"),
    },
)
R = EventRefusal
words.say(
    EventRefusal,
    {
        R.past: _l("This day is past"),
        R.too_far: _l("An event is planned for a year ahead at most"),
        R.series_too_long: _l("A series is planned for half a year at most, then anew"),
        R.seats_or_count: _l("Either seats, or how many of a school or village are expected"),
        R.audience_missing: _l("Say who comes as a whole"),
        R.insurance_missing: _l("What is risky needs an insurance: write down its number"),
        R.risky_by_seats: _l("What is risky is by seats: every guardian says yes to it"),
        R.material_missing: _l("This theme is taught with approved material only: choose one"),
        R.material_other: _l("This material is not approved for the theme"),
        R.not_your_place: _l("This place is outside your area, or not your school"),
        R.helped_already: _l("They are asked or help already"),
        R.waits_already: _l("This child waits already"),
        R.seat_is_free: _l("A seat is free: sign the child up"),
        R.by_count: _l("Children are counted here, not signed up"),
        R.nobody_counted: _l("Say how many children came; if nobody came, call it off"),
        R.too_many: _l("So many children cannot be at one place"),
        R.adults_missing: _l("Two adults at least were there, helpers and others together"),
        R.unknown_pupil: _l("No pupil of your school on file has this name"),
        R.several_pupils: _l("Several pupils have this name: write the birth date too"),
        R.no_slips: _l("There is no seat here of which a slip could be printed"),
        R.slip_not_today: _l("A slip is good on the day of the event alone"),
        R.slip_without_yes: _l(
            "Guardian and child have not both said yes: ring the child director"
        ),
        R.not_agreed: _l("An office has not agreed to this event: it is not open"),
        R.looked_already: _l("An office has looked at this event already"),
        R.look_reason: _l("Say why, so that it can be planned better"),
        R.withdrawn_already: _l("It was withdrawn already."),
    },
)
P = PlanRefusal
words.say(
    PlanRefusal,
    {
        P.backwards: _l("The last day lies before the first"),
        P.over_already: _l("This day is past"),
        P.a_year: _l("A line of the plan lasts a year at most"),
        P.more_than_there_are: _l("There are only %(there)s of them"),
    },
)
