"""Words for uploaded sheets: states, verdicts, faults, refusals."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.intake.rules import Choice, IntakeFault, IntakeRefusal, SheetState, Verdict

words.say(
    SheetState,
    {
        SheetState.uploaded: _l("Being checked"),
        SheetState.checked: _l("Looked through"),
        SheetState.refused: _l("Cannot be read"),
        SheetState.taking: _l("Being taken over"),
        SheetState.taken: _l("Taken over"),
        SheetState.dropped: _l("Given up"),
    },
)
words.say(
    Verdict,
    {
        Verdict.waiting: _l("Not looked at"),
        Verdict.new: _l("New"),
        Verdict.changed: _l("With changes"),
        Verdict.same: _l("The same"),
        Verdict.double: _l("Known already?"),
        Verdict.faulty: _l("To change"),
    },
)
words.say(
    Choice,
    {
        Choice.same_person: _l("It is the same person"),
        Choice.another: _l("It is somebody else"),
    },
)
words.say(
    IntakeFault,
    {
        IntakeFault.missing: _l("this is needed"),
        IntakeFault.twice: _l("stands in the sheet twice: an earlier row has the same"),
        IntakeFault.no_date: _l("this is no date: write it like 2015-01-31"),
        IntakeFault.in_future: _l("this day has not come yet"),
        IntakeFault.unknown_word: _l("this word is not known here: choose one of the list"),
        IntakeFault.no_phone: _l("there is no such telephone number"),
        IntakeFault.too_long: _l("longer than %(most)s characters"),
        IntakeFault.birth_differs: _l("the ID number says another birth date"),
        IntakeFault.sex_differs: _l("the ID number says the other sex"),
        IntakeFault.village_unknown: _l("there is no such village in your area"),
        IntakeFault.village_ambiguous: _l("several villages have this name: add the township"),
        IntakeFault.no_number: _l("this is no whole number"),
    },
)
words.say(
    IntakeRefusal,
    {
        IntakeRefusal.not_checked: _l("Not every row has been looked at yet"),
        IntakeRefusal.rows_open: _l(
            "Some rows are not settled: mend them, or say that they stay out"
        ),
        IntakeRefusal.nothing_to_take: _l("There is no row that could be taken over"),
        IntakeRefusal.choose_one: _l("Please choose who it is"),
        IntakeRefusal.no_double: _l("Nobody like this is known"),
        IntakeRefusal.gone: _l("This sheet has been taken over or given up meanwhile"),
    },
)
