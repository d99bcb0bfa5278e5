"""Words for pupils who are absent."""

from __future__ import annotations

from jiedui.care.rules.absences import AbsenceEnd, AbsenceRefusal, AbsenceState
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    AbsenceState,
    {
        AbsenceState.open: _l("Still away"),
        AbsenceState.closed: _l("It is known"),
    },
)
words.say(
    AbsenceEnd,
    {
        AbsenceEnd.returned: _l("Is back at school"),
        AbsenceEnd.transferred: _l("Goes to another school"),
        AbsenceEnd.moved_away: _l("Has moved away with the family"),
        AbsenceEnd.ill_at_home: _l("Is ill, leave has been asked for"),
        AbsenceEnd.taught_at_home: _l("Cannot go to school: is taught at home"),
        AbsenceEnd.finished_school: _l("Has finished school"),
        AbsenceEnd.by_mistake: _l("Was never absent: a mistake"),
    },
)
words.say(
    AbsenceRefusal,
    {
        AbsenceRefusal.unknown_pupil: _l(
            "No pupil of your school with this name is on file here. Check the characters; a "
            "child who is not on file can be put down by you."
        ),
        AbsenceRefusal.several_pupils: _l("Two have this name: write the birth date as well"),
        AbsenceRefusal.absent_already: _l("This pupil is reported absent already"),
        AbsenceRefusal.in_future: _l("This day has not come yet"),
        AbsenceRefusal.long_ago: _l("That is more than a school year ago"),
        AbsenceRefusal.day_missing: _l("Please write the day"),
        AbsenceRefusal.before_absence: _l("This is before the absence"),
        AbsenceRefusal.over_already: _l("Somebody has already said how it ended"),
    },
)
