"""Words of the quarter's statement: whom it counts, by which definition, and how it is parted."""

from __future__ import annotations

from jiedui.care.rules.statement import AgeBand, Came, CaredBy, Group, Part, SchoolGroup
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Group,
    {
        Group.on_file: _l("On file"),
        Group.plan: _l("Left behind, by the county's plan"),
        Group.national: _l("Left behind, national definition"),
        Group.difficulty: _l("In difficulty, each child once"),
    },
)
# The same over narrow columns.
SHORT = {
    Group.on_file: _l("On file"),
    Group.plan: _l("By plan"),
    Group.national: _l("National"),
    Group.difficulty: _l("Difficulty"),
}
# Which text a definition stands in.
SOURCES = {
    Group.plan: _l(
        "The county's plan, part three, item 1: a minor of whom one parent or both work away for "
        "long. An absence without a known first day counts as long."
    ),
    Group.national: _l(
        "State Council document 13 of 2016, part one, and Ministry of Civil Affairs document 17 "
        "of 2024: under 16, of a rural household, both parents away, or one away and the other "
        "unable to care; away means beyond the county for six months without a break."
    ),
    Group.difficulty: _l(
        "State Council document 36 of 2016 and the county's plan, part three, item 2: a child in "
        "several categories is counted in each, and once in the sum."
    ),
}
words.say(
    Part,
    {
        Part.sex: _l("By sex"),
        Part.age: _l("By age in years"),
        Part.school: _l("By stage of school"),
        Part.risk: _l("By risk level"),
        Part.care: _l("By who looks after the child"),
    },
)
words.say(
    AgeBand,
    {
        AgeBand.to_5: _l("0 to 5 years"),
        AgeBand.to_11: _l("6 to 11 years"),
        AgeBand.to_13: _l("12 and 13 years"),
        AgeBand.to_15: _l("14 and 15 years"),
        AgeBand.to_17: _l("16 and 17 years"),
    },
)
words.say(
    SchoolGroup,
    {
        SchoolGroup.not_yet: _l("Not at school yet"),
        SchoolGroup.kindergarten: _l("Kindergarten"),
        SchoolGroup.primary: _l("Primary school"),
        SchoolGroup.junior: _l("Junior secondary"),
        SchoolGroup.senior: _l("Senior secondary"),
        SchoolGroup.vocational: _l("Vocational school"),
        SchoolGroup.out_of_school: _l("Not attending school"),
    },
)
words.say(
    CaredBy,
    {
        CaredBy.parent: _l("Father or mother at home"),
        CaredBy.grandparent: _l("Grandparents"),
        CaredBy.relative: _l("Other relatives"),
        CaredBy.other: _l("Neighbours or others"),
        CaredBy.nobody: _l("Nobody on record is there"),
    },
)
words.say(
    Came,
    {
        Came.new: _l("New file"),
        Came.reopened: _l("Opened again"),
        Came.moved_in: _l("Moved in from another township"),
    },
)
MOVED_OUT = _l("Moved to another township")
