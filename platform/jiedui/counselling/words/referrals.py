"""Words for referrals and crisis flags."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.counselling.rules.referrals import (
    Level,
    Move,
    ReferralRefusal,
    ReferralState,
    Source,
)

words.say(Level, {Level.county: _l("With the county"), Level.hospital: _l("With the hospital")})
words.say(
    ReferralState,
    {
        ReferralState.sent: _l("Sent on, not acknowledged"),
        ReferralState.acknowledged: _l("Acknowledged"),
        ReferralState.accepted: _l("Accepted"),
        ReferralState.declined: _l("Not accepted"),
        ReferralState.seen: _l("Is being seen"),
        ReferralState.reported: _l("Reported back"),
        ReferralState.closed: _l("Referral closed"),
    },
)
words.say(
    Move,
    {
        Move.acknowledge: _l("It has come in (acknowledge it)"),
        Move.accept: _l("Accept it"),
        Move.decline: _l("Do not accept it"),
        Move.see: _l("The child is being seen"),
        Move.report: _l("Report back"),
        Move.close: _l("Close it"),
        Move.hand_on: _l("Pass it on to a hospital"),
    },
)
words.say(
    Source,
    {
        Source.school: _l("From a school"),
        Source.village: _l("From village or township"),
        Source.counsellor: _l("From a counsellor"),
        Source.screening: _l("From a screening"),
    },
)
words.say(
    FlagFrom,
    {
        FlagFrom.file: _l("From the file"),
        FlagFrom.referral: _l("From a referral"),
        FlagFrom.screening: _l("From a screening"),
        FlagFrom.note: _l("From a counselling note"),
    },
)
words.say(
    ReferralRefusal,
    {
        ReferralRefusal.referred_already: _l("This child is in counselling's hands already"),
        ReferralRefusal.consent_missing: _l(
            "Ask the guardian first and say how they said yes; only a crisis does not wait"
        ),
        ReferralRefusal.file_closed: _l("This file is closed"),
        ReferralRefusal.not_now: _l("This step cannot come now"),
        ReferralRefusal.not_yours: _l("A counsellor decides on this step"),
        ReferralRefusal.words_missing: _l("Please say why, or what came of it"),
        ReferralRefusal.hospital_missing: _l("Please choose the hospital"),
        ReferralRefusal.unprintable: _l("A character of it is in no font here"),
        ReferralRefusal.no_such_helper: _l("Nobody with an account has this number here"),
        ReferralRefusal.no_counsellor: _l(
            "No valid paper that allows counselling was seen, or the vetting is not complete"
        ),
        ReferralRefusal.named_already: _l("This person works at the desk already"),
        ReferralRefusal.unknown_pupil: _l("No pupil of your school has this name on file"),
        ReferralRefusal.several_pupils: _l("Two pupils have this name: give the birth date"),
    },
)
