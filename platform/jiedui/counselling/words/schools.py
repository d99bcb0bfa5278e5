"""Words for psychology teachers and visits of experts."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.rules.schools import Gap, Post, Qualification, SchoolRefusal, Theme

words.say(Post, {Post.full_time: _l("Full-time"), Post.part_time: _l("Part-time")})
words.say(
    Qualification,
    {
        Qualification.teacher: _l("Teaching certificate for mental health"),
        Qualification.counsellor: _l("Certificate of a counsellor"),
        Qualification.degree: _l("Degree in psychology"),
        Qualification.training: _l("Short training"),
        Qualification.none: _l("None yet"),
    },
)
words.say(
    Theme,
    {
        Theme.life_education: _l("Life education"),
        Theme.setbacks: _l("Coping with setbacks"),
        Theme.emotions: _l("Feelings and friends"),
        Theme.bullying: _l("Against bullying"),
        Theme.parents: _l("For parents and carers"),
        Theme.other: _l("Another theme"),
    },
)
words.say(
    Gap,
    {
        Gap.no_teacher: _l("No psychology teacher"),
        Gap.no_visit: _l("No visit of an expert this term"),
        Gap.many_pupils: _l("More than a thousand pupils a teacher"),
        Gap.pupils_unknown: _l("Number of pupils not known"),
    },
)
words.say(
    SchoolRefusal,
    {
        SchoolRefusal.in_future: _l("This day is still to come"),
        SchoolRefusal.before_since: _l("This day comes before the first"),
        SchoolRefusal.left_already: _l("This teacher has left already"),
    },
)
