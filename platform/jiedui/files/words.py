"""Words for what guardians ask, and for the answer; for files beyond one's area."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.files.rules import (
    AccessState,
    Asked,
    Block,
    FileAccessRefusal,
    Ground,
    How,
    Outcome,
    RequestRefusal,
    Standing,
    Verdict,
)
from jiedui.files.rules.watching import Sign, WatchRefusal

words.say(
    Asked,
    {
        Asked.look: _l("To see what is kept"),
        Asked.copy: _l("A copy of what is kept"),
        Asked.correct: _l("To have something put right"),
        Asked.delete: _l("To have it deleted"),
        Asked.stop: _l("That it is no longer used"),
    },
)
words.say(
    How,
    {
        How.in_person: _l("Came in person"),
        How.telephone: _l("Called"),
        How.letter: _l("Wrote a letter"),
    },
)
words.say(
    Outcome,
    {
        Outcome.granted: _l("Agreed to in full"),
        Outcome.partly: _l("Agreed to in part"),
        Outcome.refused: _l("Answered with no"),
    },
)
words.say(
    Ground,
    {
        Ground.not_shown: _l("Who asks has not shown to be the guardian"),
        Ground.kept_by_law: _l("The law says that it must be kept for longer"),
        Ground.protection: _l("It would endanger the child"),
        Ground.others: _l("It would tell of other persons"),
        Ground.not_held: _l("The portal does not hold it"),
    },
)
words.say(
    RequestRefusal,
    {
        RequestRefusal.not_a_guardian: _l("Only a guardian of this child can ask"),
        RequestRefusal.in_future: _l("This day has not come yet"),
        RequestRefusal.answered: _l("This request has been answered already"),
        RequestRefusal.ground_missing: _l("Choose on which ground it is not granted in full"),
        RequestRefusal.ground_without_refusal: _l("What is granted in full needs no ground"),
        RequestRefusal.too_short: _l("Write the reason down so that the guardian understands it"),
        RequestRefusal.cleared: _l(
            "This file no longer says whose it is: its identity was cleared"
        ),
    },
)
words.say(
    Block,
    {
        Block.still_open: _l(
            "The file is open: close it first, or agree in part and say that the law has it kept"
        ),
        Block.held: _l("The file is held back"),
        Block.protection: _l("A report about this house has not been dealt with yet"),
        Block.pairing: _l("A pairing of this child has not ended yet"),
        Block.agreement: _l("A care agreement is still in force"),
        Block.support: _l("An application for support is being decided"),
        Block.request: _l("Another request of a guardian is open"),
        Block.review: _l("The quarterly review has not been signed off yet"),
        Block.other_file: _l("It goes together with the file it was joined to"),
    },
)
words.say(
    AccessState,
    {
        AccessState.asked: _l("To be decided"),
        AccessState.open: _l("Opened"),
        AccessState.refused: _l("Not opened"),
        AccessState.ended: _l("Closed again"),
    },
)
words.say(
    Standing,
    {
        Standing.waiting: _l("Waits for an answer"),
        Standing.open: _l("Opened"),
        Standing.not_opened: _l("Not opened"),
        Standing.over: _l("Closed again"),
    },
)
words.say(Verdict, {Verdict.yes: _l("Open it"), Verdict.no: _l("Do not open it")})
words.say(
    FileAccessRefusal,
    {
        FileAccessRefusal.no_number: _l("Type the file number (C-0001) or the whole ID number"),
        FileAccessRefusal.too_long: _l("From tomorrow on, for 30 days at most"),
        FileAccessRefusal.longer_than_asked: _l("No longer than was asked for"),
        FileAccessRefusal.too_many: _l(
            "You have asked for five files that were not opened yet: wait until a day has passed"
        ),
        FileAccessRefusal.in_reach: _l("You can read this file already: search for its number"),
        FileAccessRefusal.own_request: _l(
            "Somebody else decides: you have asked for it, or stand in for who has"
        ),
        FileAccessRefusal.decided: _l("This has been decided already"),
        FileAccessRefusal.over: _l("Its time is over"),
        FileAccessRefusal.file_closed: _l("This file is closed"),
        FileAccessRefusal.too_short: _l("Write the reason down so that others understand it"),
    },
)

words.say(
    Sign,
    {
        Sign.guardianship_fails: _l("The last visit found that guardianship fails"),
        Sign.serious: _l("The last visit found something serious"),
        Sign.light: _l("The last visit found a change at home or little money"),
        Sign.poorly: _l("The child did poorly at the last visit"),
        Sign.worries: _l("The child had worries at the last visit"),
        Sign.no_contact: _l("The parents do not keep contact"),
        Sign.visit_overdue: _l("A visit is overdue"),
        Sign.absent: _l("The school says that the child is not there"),
        Sign.absent_often: _l("Absent from school twice or more in half a year"),
        Sign.no_agreement: _l("No care agreement where there must be one"),
        Sign.sad: _l("The child showed a sad face about a pairing"),
        Sign.nobody_guards: _l("Nobody has the guardianship"),
        Sign.case_runs: _l("A protection case is running"),
        Sign.case_over: _l("A protection case was closed within half a year"),
        Sign.review_missed: _l("A past quarterly review has not looked at the file"),
        Sign.low: _l("Low at the last two sessions with helpers"),
        Sign.learns_harder: _l("Learning was harder at the last two tutoring sessions"),
    },
)
words.say(
    WatchRefusal,
    {
        WatchRefusal.no_rise: _l("This was answered meanwhile, or has fallen"),
        WatchRefusal.none_ticked: _l("None of these can be looked at now: the list has changed"),
    },
)
