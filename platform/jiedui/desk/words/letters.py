"""Words for every kind of letter; a letter holds none itself."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.outbox import LetterKind

words.say(
    LetterKind,
    {
        LetterKind.helper_cleared: _l("Your vetting is complete: you can be paired now."),
        LetterKind.helper_gate_bad: _l("Something in your vetting stands in the way."),
        LetterKind.proposal_waiting: _l("A proposal waits for your office."),
        LetterKind.pairing_approved: _l("A proposal was approved; answers are asked for now."),
        LetterKind.pairing_rejected: _l("A proposal was not approved."),
        LetterKind.helper_accepted: _l("The volunteer has said yes."),
        LetterKind.helper_declined: _l(
            "The volunteer has said no; the need is looked at again in the next round."
        ),
        LetterKind.pairing_ready: _l("Everybody has said yes: the first meeting can be arranged."),
        LetterKind.pairing_released: _l(
            "Time ran out, and this proposal was let go. It is nobody's fault."
        ),
        LetterKind.pairing_paused: _l("A pairing pauses."),
        LetterKind.pairing_resumed: _l("A pairing goes on."),
        LetterKind.pairing_closing: _l("A pairing comes to its end; a goodbye is planned."),
        LetterKind.pairing_closed: _l("A pairing has ended. Thank you."),
        LetterKind.team_changed: _l("In your team somebody has come, gone or taken the lead."),
        LetterKind.session_verified: _l("Your session was verified."),
        LetterKind.session_disputed: _l("There is a question about your session."),
        LetterKind.round_ready: _l("A list of suggestions is ready to be looked at."),
        LetterKind.round_failed: _l("The matching did not work; please start it again."),
        LetterKind.report_waiting: _l("A report waits to be read."),
        LetterKind.report_unread: _l(
            "Nobody has read a report yet: you are the next on the duty roster. Please read it now."
        ),
        LetterKind.clock_ran_out: _l("The time for the next step of a report has run out."),
        LetterKind.case_shared: _l("The county asks you to help with a case in your area."),
        LetterKind.report_answered: _l("What came of your report stands in the portal."),
        LetterKind.codes_few: _l("Three one-time codes are left on your card: print a new one."),
        LetterKind.card_waiting: _l("A proposal waits for your yes or no."),
        LetterKind.card_unanswered: _l(
            "A volunteer has not answered a proposal for a week: ring them, or look who else fits."
        ),
        LetterKind.meeting_missing: _l(
            "All agreed three weeks ago, and the two have not met: please see why."
        ),
        LetterKind.checks_waiting: _l(
            "The police have not answered a list of record checks for ten working days."
        ),
        LetterKind.pairing_silent: _l(
            "Nothing has been heard of a pairing for twice the agreed time: please see how it is."
        ),
        LetterKind.closing_proposed: _l(
            "Nothing has been heard of a pairing for six weeks: think of an end with a goodbye."
        ),
        LetterKind.family_stopped: _l(
            "A family has stopped a pairing; no reason is asked. Please ring them in these days."
        ),
        LetterKind.wishes_waiting: _l(
            "Wishes of your village have had nobody for a month: each says why, and what can be "
            "done now."
        ),
        LetterKind.gift_sent: _l(
            "Something was sent for a wish of your village: please say when it has come."
        ),
        LetterKind.gift_delivered: _l("What was sent for a wish has come."),
        LetterKind.gift_second: _l(
            "A second person has looked at your decision on gifts: see what they say."
        ),
        LetterKind.claims_let_go: _l(
            "What your unit kept wishes for has not come in time: they are open to others again."
        ),
        LetterKind.season_open: _l(
            "Teams can sign up for the holidays: the checks have a closing day."
        ),
        LetterKind.season_left_out: _l(
            "Your checks were not complete by the closing day, so you are not on the class. "
            "A child would be glad of help online in term: please say yes or no."
        ),
        LetterKind.season_settled: _l(
            "The closing day for checks is over: look who may come in the holidays."
        ),
        LetterKind.class_short: _l("A class has fewer than two helpers: it cannot be held so."),
        LetterKind.group_asked: _l("You are asked to hold a small group: please say yes or no."),
        LetterKind.group_answered: _l("Somebody has answered about holding a small group."),
        LetterKind.safety_overdue: _l("A fault at your school is not put right in time."),
        LetterKind.safety_raised: _l(
            "A fault at a school is overdue for three days: please see to it."
        ),
        LetterKind.meeting_off: _l("A meeting was called off: please tell the families."),
        LetterKind.course_off: _l("A course is called off: nobody needs to come."),
        LetterKind.seat_moved_up: _l(
            "A seat has become free, and a child that waited has it: please ask guardian and child."
        ),
        LetterKind.event_looked: _l(
            "An office has looked at an event you planned: see what it says."
        ),
        LetterKind.event_asked: _l("You are asked to help at an event: please say yes or no."),
        LetterKind.event_answered: _l("Somebody has answered about helping at an event."),
        LetterKind.address_asked: _l("A code was sent to the e-mail address you gave."),
        LetterKind.number_tried: _l(
            "Somebody tried to register with your number. If it was you, sign in as before."
        ),
        LetterKind.work_handed_over: _l("Somebody's open work was handed over to you."),
        LetterKind.agreement_waiting: _l("An agreement is ready: please read it and say yes."),
        LetterKind.agreement_signed: _l("An agreement is signed by all and holds."),
        LetterKind.session_moved: _l("A session was moved to another time."),
        LetterKind.session_cancelled: _l("A session does not take place."),
        LetterKind.substitute_asked: _l("Can you stand in for a session? Please answer."),
        LetterKind.substitute_found: _l("Somebody stands in for a session: tell the family."),
        LetterKind.substitute_declined: _l("Whoever was asked to stand in cannot come."),
        LetterKind.substitute_ended: _l("You need not stand in for a session any more."),
        LetterKind.referral_waiting: _l("A referral waits at the counselling desk."),
        LetterKind.referral_moved: _l("A referral has come a step further."),
        LetterKind.referral_overdue: _l(
            "A referral has waited longer than agreed: please see who is next."
        ),
    },
)
