"""Words for sessions, books, records of service, and why something is refused."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.hours.rules import (
    Answered,
    Book,
    DisputeReason,
    EntryState,
    Evidence,
    HeldFor,
    HoursRefusal,
    Mood,
    Progress,
    RecordState,
    SessionKind,
    Title,
)
from jiedui.hours.rules.contracts import ContractRefusal, Pace
from jiedui.hours.rules.national import ReplyFault, ReturnRefusal
from jiedui.hours.rules.past import PastFault
from jiedui.hours.rules.stars import StarReason, StarState

words.say(
    SessionKind,
    {
        SessionKind.meeting: _l("Meeting in person"),
        SessionKind.call: _l("Telephone call"),
        SessionKind.video: _l("Video call"),
        SessionKind.letter: _l("Letter"),
        SessionKind.parcel: _l("A small wish or a parcel"),
    },
)
words.say(
    Book,
    {
        Book.voluntary: _l("Voluntary service"),
        Book.contract: _l("Paid contract service"),
        Book.duty: _l("On duty time"),
    },
)
words.say(
    Evidence,
    {
        Evidence.checked_in: _l("Checked in"),
        Evidence.listed: _l("Verified in the list"),
        Evidence.declared: _l("Declared, not verified yet"),
    },
)
words.say(
    EntryState,
    {
        EntryState.counted: _l("Counts"),
        EntryState.held: _l("Held for a look"),
        EntryState.disputed: _l("Does not agree"),
        EntryState.reversed: _l("Reversed"),
        EntryState.reversal: _l("Reversing entry"),
    },
)
words.say(
    HeldFor,
    {
        HeldFor.code_guesses: _l("Several wrong codes were typed on this day"),
        HeldFor.long_day: _l("More than 8 hours on one day"),
        HeldFor.night: _l("In the hours of the night"),
        HeldFor.far_apart: _l("Two places too far apart for the time between"),
        HeldFor.burst: _l("Very many were verified by one person at once"),
        HeldFor.round_times: _l("All times are full hours"),
        HeldFor.same_device: _l("Logged and verified on one and the same device"),
    },
)
words.say(
    Answered,
    {
        Answered.counts: _l("The session took place: it counts"),
        Answered.stands: _l("The doubt stays: it does not count"),
    },
)
words.say(
    DisputeReason,
    {
        DisputeReason.not_held: _l("It did not take place"),
        DisputeReason.times_differ: _l("Day or times are different"),
        DisputeReason.other_pairing: _l("It was with somebody else"),
        DisputeReason.cannot_tell: _l("Nobody here can tell: please explain it"),
    },
)
words.say(
    Title,
    {
        Title.certificate: _l("Certificate of voluntary service record"),
        Title.platform_record: _l("Record of service on this platform"),
    },
)
words.say(
    Progress,
    {
        Progress.better: _l("It goes better"),
        Progress.same: _l("About the same"),
        Progress.harder: _l("It is harder at the moment"),
    },
)
words.say(
    Mood,
    {
        Mood.bright: _l("In good spirits"),
        Mood.as_always: _l("As always"),
        Mood.low: _l("Low, quieter than usual"),
    },
)
words.say(
    StarState,
    {
        StarState.applied: _l("Applied for"),
        StarState.public: _l("In publicity"),
        StarState.granted: _l("Level granted"),
        StarState.refused: _l("Not granted"),
    },
)
words.say(
    StarReason,
    {
        StarReason.too_few: _l("The checked-in hours are too few"),
        StarReason.in_question: _l("Hours are in question: apply again once they are settled"),
        StarReason.objection: _l("Somebody objected with good reason"),
    },
)
words.say(
    RecordState,
    {
        RecordState.valid: _l("Valid"),
        RecordState.revoked: _l("Revoked"),
        RecordState.replaced: _l("Replaced"),
    },
)
words.say(
    HoursRefusal,
    {
        HoursRefusal.no_length: _l("The end must be after the beginning, on the same day"),
        HoursRefusal.in_future: _l("This time has not come yet; log it once it is over"),
        HoursRefusal.too_long: _l("One session is at most 8 hours; please log it in parts"),
        HoursRefusal.day_too_long: _l("More than 12 hours on one day cannot be logged"),
        HoursRefusal.overlaps: _l("This overlaps another session of %(day)s, %(start)s to %(end)s"),
        HoursRefusal.too_late: _l("Sessions can be logged for 60 days; this one is older"),
        HoursRefusal.before_pairing: _l("This day is before the first meeting"),
        HoursRefusal.pairing_not_serving: _l("The pairing was paused or ended on this day"),
        HoursRefusal.own_session: _l(
            "Nobody verifies their own session: somebody else has to do it"
        ),
        HoursRefusal.settled_already: _l("This session was settled meanwhile"),
        HoursRefusal.book_not_yours: _l("Hours of this helper cannot stand in that book"),
        HoursRefusal.reason_missing: _l("Please choose what does not agree"),
        HoursRefusal.nothing_chosen: _l("No session is ticked yet"),
        HoursRefusal.nothing_to_certify: _l(
            "There is no voluntary service in this time that could be certified"
        ),
        HoursRefusal.period_backwards: _l("The last day is before the first"),
        HoursRefusal.no_star: _l("The checked-in hours do not reach a further level"),
        HoursRefusal.own_star: _l(
            "Nobody decides on a level of their own, or one they applied for: somebody else does"
        ),
        HoursRefusal.not_counselling: _l(
            "Such a note is written by the counsellor, with a paper that allows it, and nobody else"
        ),
        HoursRefusal.not_held: _l("This session is not held any more"),
        HoursRefusal.not_disputed: _l("Nobody disputes this session any more"),
        HoursRefusal.objected_already: _l("You have objected already; the answer is on its way"),
        HoursRefusal.answered_already: _l("This objection was answered meanwhile"),
        HoursRefusal.own_dispute: _l(
            "Whoever disputed a session does not answer for it: somebody else has to do it"
        ),
        HoursRefusal.code_wrong: _l(
            "This code does not fit: compare each sign with the strip, or leave it out. A code "
            "works once, and only from the newest strip"
        ),
        HoursRefusal.sign_old: _l("The sign has changed: scan it again"),
        HoursRefusal.sign_false: _l("This is no sign of this place: scan it again"),
        HoursRefusal.here_already: _l("You have arrived already: scan once more when you leave"),
        HoursRefusal.pairing_unknown: _l("This is no number of a pairing of yours"),
        HoursRefusal.not_here: _l("You have left already"),
        HoursRefusal.other_place: _l("You have arrived somewhere else, or meet at another place"),
        HoursRefusal.meeting_not_now: _l("This is not held now: its sign works on its day"),
        HoursRefusal.not_on_list: _l("You are not on the list of its volunteers"),
        HoursRefusal.shows_sign: _l(
            "You show the sign there: the list says how long you were there"
        ),
        HoursRefusal.somebody_there: _l(
            "A volunteer was checked in at this meeting: it was held. If no child came, choose that"
        ),
        HoursRefusal.of_a_list: _l("The list of the class says this; it is not corrected here"),
        HoursRefusal.helper_elsewhere: _l(
            "%(who)s has other hours on record at this time: the list cannot be confirmed"
        ),
        HoursRefusal.helper_day_full: _l(
            "%(who)s would have more than twelve hours on this day: the list cannot be confirmed"
        ),
        HoursRefusal.other_day: _l(
            "You arrived on another day and the end was not scanned: log this session by hand"
        ),
        HoursRefusal.other_visit: _l("You stood in on one day only: the hours are of that day"),
        HoursRefusal.here_logged: _l("This session is on record already"),
        HoursRefusal.replaced_already: _l("A later record stands in its place already"),
        HoursRefusal.unprintable: _l(
            "A character of this name is in no font here: print the page with the browser"
        ),
    },
)
words.say(
    PastFault,
    {
        PastFault.no_day: _l("a day is needed, or the first and the last day of a period"),
        PastFault.day_or_period: _l("either a day or a period, not both"),
        PastFault.backwards: _l("the last day comes before the first"),
        PastFault.no_length: _l("hours or minutes are needed"),
        PastFault.too_long: _l("more than twelve hours on every day of it: this cannot be"),
        PastFault.in_portal: _l("hours of these days are logged in the portal itself"),
        PastFault.overlaps: _l(
            "other rows count some of these days already, in another cut: keep the one or the other"
        ),
    },
)
words.say(
    ReturnRefusal,
    {
        ReturnRefusal.nothing_to_tell: _l("Nothing waits to be told"),
        ReturnRefusal.own_return: _l("You made this file: somebody else has to agree"),
        ReturnRefusal.agreed_already: _l("Somebody has agreed already"),
        ReturnRefusal.not_agreed: _l("Somebody else has to agree first"),
    },
)
words.say(ReplyFault, {ReplyFault.never_told: _l("this entry was never told from here")})
words.say(
    Pace,
    {
        Pace.to_come: _l("not begun"),
        Pace.on_course: _l("on course"),
        Pace.behind: _l("behind"),
        Pace.delivered: _l("all delivered"),
        Pace.overdue: _l("over, not all delivered"),
    },
)
words.say(
    ContractRefusal,
    {
        ContractRefusal.not_an_agency: _l("Services are bought of an agency of this county"),
        ContractRefusal.term_backwards: _l("The last day lies before the first"),
        ContractRefusal.nothing_bought: _l("How many hours or cases does it buy?"),
        ContractRefusal.no_price: _l("What does it cost?"),
        ContractRefusal.number_there: _l("A contract with this number is entered already"),
        ContractRefusal.closed_already: _l("This contract is settled already"),
        ContractRefusal.still_running: _l("Its last day is still to come"),
        ContractRefusal.other_line: _l("This line of the budget is not for purchased services"),
    },
)
