"""Words for support: which, why, how far it has come, and every no."""

from __future__ import annotations

from typing import Any

from jiedui.care.rules.support import (
    At,
    EndedWhy,
    Fact,
    Mark,
    Per,
    RefusedWhy,
    Support,
    SupportRefusal,
    SupportState,
    Task,
    Way,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Support,
    {
        Support.minimum_allowance: _l("Minimum living allowance"),
        Support.destitution_support: _l("Destitution support"),
        Support.orphan_allowance: _l("Orphan's living allowance"),
        Support.unattended_allowance: _l("Allowance for children de facto without support"),
        Support.temporary_relief: _l("Temporary relief"),
        Support.disability_living: _l("Living subsidy for people with a disability"),
        Support.disability_nursing: _l("Nursing subsidy for people with a severe disability"),
        Support.exemptions: _l("School fees and books free of charge"),
        Support.living_subsidy: _l("Living subsidy for pupils"),
        Support.nutrition: _l("School meals programme"),
        Support.boarding_place: _l("A boarding place first"),
        Support.insurance_aid: _l("Medical insurance with the premium paid"),
        Support.medical_aid: _l("Medical aid"),
        Support.check_up: _l("Yearly check-up"),
        Support.vaccination: _l("Vaccination"),
        Support.rehabilitation: _l("Rehabilitation of children with a disability"),
    },
)
words.say(
    SupportState,
    {
        SupportState.eligible: _l("May claim"),
        SupportState.told: _l("Family was told"),
        SupportState.applied: _l("Applied for"),
        SupportState.granted: _l("Granted"),
        SupportState.refused: _l("Application refused"),
        SupportState.ended: _l("No longer given"),
    },
)
words.say(
    RefusedWhy,
    {
        RefusedWhy.income: _l("Income above the standard"),
        RefusedWhy.property: _l("Property above the limit"),
        RefusedWhy.not_the_group: _l("Does not belong to those it is for"),
        RefusedWhy.papers: _l("Papers are missing"),
        RefusedWhy.other_support: _l("Another support was chosen"),
        RefusedWhy.elsewhere: _l("To be applied for where the household is registered"),
        RefusedWhy.other: _l("For another reason"),
    },
)
words.say(
    EndedWhy,
    {
        EndedWhy.parent_able: _l("A parent can care again"),
        EndedWhy.grown_up: _l("Turned 18 or left school"),
        EndedWhy.left_school: _l("School stage is over"),
        EndedWhy.income: _l("Income has risen"),
        EndedWhy.other_support: _l("Changed to another support"),
        EndedWhy.moved_away: _l("The family has moved away"),
        EndedWhy.family_wish: _l("The family wishes it so"),
        EndedWhy.died: _l("The child has died"),
        EndedWhy.by_mistake: _l("Was entered by mistake"),
        EndedWhy.file_closed: _l("The child's file is closed"),
    },
)
words.say(
    Task,
    {
        Task.claim: _l("To apply for"),
        Task.due: _l("Due now"),
        Task.decision: _l("Decision awaited"),
        Task.doubt: _l("Does not fit the file any more"),
        Task.reported: _l("To be confirmed"),
    },
)
words.say(
    Mark,
    {
        Mark.told: _l("The families were told"),
        Mark.applied: _l("The families have applied"),
        Mark.done: _l("It is done"),
    },
)
words.say(
    At,
    {
        At.township: _l("Township government"),
        At.school: _l("The child's school"),
        At.insurance: _l("Medical insurance office"),
        At.health: _l("Township health centre"),
        At.disabled_federation: _l("County Disabled Persons' Federation"),
    },
)
words.say(
    Per,
    {
        Per.month: _l("a month"),
        Per.school_day: _l("a school day"),
        Per.year: _l("a year"),
    },
)
words.say(
    Way,
    {
        Way.claim: _l("The family applies"),
        Way.service: _l("Every year anew"),
        Way.wish: _l("When the family wishes it"),
        Way.itself: _l("Comes by itself"),
    },
)
words.say(
    Fact,
    {
        Fact.age: _l("the child's age"),
        Fact.grade: _l("the grade of the disability"),
        Fact.compulsory: _l("where the child is at school"),
        Fact.upper_school: _l("whether it goes to an upper school"),
        Fact.boarding: _l("whether the child boards"),
        Fact.rural: _l("whether the household is registered as rural"),
        Fact.left_behind: _l("whether the parents work elsewhere"),
        Fact.orphan: _l("whether both parents are dead or missing"),
        Fact.unattended: _l("whether both parents are unable to care, and since when"),
        Fact.no_able_parent: _l("whether a parent can care for the child"),
        Fact.minimum_allowance: _l("whether the household gets the minimum allowance"),
        Fact.destitute: _l("whether the child gets destitution support"),
        Fact.hardship: _l("what the household lives on"),
        Fact.seriously_ill: _l("whether the child is seriously ill"),
        Fact.disabled: _l("whether the child has a disability"),
    },
)
# A fact that holds, and one that does not, as pieces of a reason.
HOLDS: dict[Fact, Any] = {
    Fact.age: _l("younger than %(n)d"),
    Fact.grade: _l("disability of grade 1 to %(n)d"),
    Fact.compulsory: _l("in the nine years of school"),
    Fact.upper_school: _l("in an upper school"),
    Fact.boarding: _l("boards at school"),
    Fact.rural: _l("rural household"),
    Fact.left_behind: _l("parents work elsewhere"),
    Fact.orphan: _l("both parents dead or missing"),
    Fact.unattended: _l("both parents unable to care"),
    Fact.no_able_parent: _l("no parent able to care"),
    Fact.minimum_allowance: _l("gets the minimum allowance"),
    Fact.destitute: _l("gets destitution support"),
    Fact.hardship: _l("household in hardship"),
    Fact.seriously_ill: _l("seriously ill"),
    Fact.disabled: _l("has a disability"),
}
FAILS: dict[Fact, Any] = {
    Fact.age: _l("%(n)d or older"),
    Fact.grade: _l("disability lighter than grade %(n)d"),
    Fact.compulsory: _l("not in the nine years of school"),
    Fact.upper_school: _l("not in an upper school"),
    Fact.boarding: _l("does not board"),
    Fact.rural: _l("not a rural household"),
    Fact.left_behind: _l("parents do not work elsewhere"),
    Fact.orphan: _l("not an orphan"),
    Fact.unattended: _l("a parent cares"),
    Fact.no_able_parent: _l("a parent is able to care"),
    Fact.minimum_allowance: _l("does not get the minimum allowance"),
    Fact.destitute: _l("does not get destitution support"),
    Fact.hardship: _l("no hardship on file"),
    Fact.seriously_ill: _l("not seriously ill"),
    Fact.disabled: _l("no disability"),
}
words.say(
    SupportRefusal,
    {
        SupportRefusal.nothing_ticked: _l("No line is ticked yet"),
        SupportRefusal.not_now: _l("This cannot follow now: look at what stands there"),
        SupportRefusal.not_by_village: _l("The township or civil affairs write this down"),
        SupportRefusal.day_in_future: _l("This day has not come yet"),
        SupportRefusal.before_application: _l("This is before the application"),
        SupportRefusal.reason_missing: _l("Please choose the reason"),
        SupportRefusal.one_of_three: _l(
            "The child already gets one of the three allowances: end that one first"
        ),
        SupportRefusal.not_in_force: _l("No rule for this was in force on that day"),
        SupportRefusal.file_closed: _l("The child's file is closed"),
        SupportRefusal.needs_a_decision: _l("First the family applies, then it is decided"),
        SupportRefusal.standard_taken: _l("An amount from this day is written down already"),
    },
)
