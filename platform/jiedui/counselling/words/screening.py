"""Words for screenings."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.rules.screening import Finding, ScreeningRefusal

words.say(
    Finding,
    {
        Finding.none: _l("Nothing found"),
        Finding.watch: _l("Keep an eye on"),
        Finding.counsellor: _l("See a counsellor"),
        Finding.urgent: _l("Act at once"),
    },
)
words.say(
    ScreeningRefusal,
    {
        ScreeningRefusal.lines_faulty: _l(
            "Lines that cannot be read, mean no open file or stand twice: %(at)s"
        ),
        ScreeningRefusal.no_lines: _l("The list is empty"),
        ScreeningRefusal.too_many: _l("More than %(most)s lines: please keep it in parts"),
        ScreeningRefusal.more_found: _l("More pupils are listed than were screened"),
        ScreeningRefusal.held_already: _l("This screening was kept already"),
    },
)
