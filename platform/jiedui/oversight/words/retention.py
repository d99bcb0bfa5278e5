"""Words for classes of data, events, units, laws, and why something is kept."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules import DataClass, Event, HelperBlock, Law, RetentionRefusal, Unit

words.say(
    DataClass,
    {
        DataClass.deletion: _l("Files whose guardian asked for deletion"),
        DataClass.child_file: _l("Identity in closed files of children"),
        DataClass.paper: _l(
            "Photos of certificates, of closed places and of settled faults at schools"
        ),
        DataClass.scan: _l("Scans of care agreements"),
        DataClass.helper_applied: _l("Volunteers who withdrew before they began"),
        DataClass.helper_left: _l("Identity of volunteers who have left"),
        DataClass.account: _l("Identity of disabled accounts"),
        DataClass.guardian_request: _l("Wording of guardians' requests and answers"),
        DataClass.report: _l("Wording of reports for the protection of children"),
        DataClass.opinion: _l("Opinions and complaints about the portal"),
        DataClass.export: _l("Reasons given for files with names"),
        DataClass.file_access: _l("Reasons given for files beyond one's area"),
        DataClass.correction: _l("Notes beside signed-off reviews"),
        DataClass.screening: _l("What psychological screenings say of children"),
        DataClass.psychology: _l("Psychology teachers who have left, experts who came"),
        DataClass.giver: _l("People who gave something"),
        DataClass.letter: _l("Letters within the portal"),
        DataClass.sheet: _l("Contents of uploaded sheets"),
        DataClass.draft: _l("Forms from phones that wait to be put right"),
        DataClass.session: _l("Sessions of browsers"),
        DataClass.link: _l("Links for guardians that ran out"),
        DataClass.access_link: _l("Links for passwords that ran out"),
        DataClass.used_form: _l("Marks of forms that were sent"),
        DataClass.sign_in: _l("Tries to sign in"),
        DataClass.report_try: _l("Tries to ask for a report"),
        DataClass.record: _l("The record of who did what"),
    },
)
words.say(Unit, {Unit.days: _l("days"), Unit.months: _l("months")})
words.say(
    Event,
    {
        Event.granted: _l("the last day for the answer"),
        Event.file_closed: _l("the file was closed"),
        Event.paper_over: _l("the file was closed or the category ended"),
        Event.agreement_over: _l("the agreement was over"),
        Event.withdrew: _l("they withdrew"),
        Event.disabled: _l("the account was disabled"),
        Event.answered: _l("the answer"),
        Event.handled: _l("the report was dealt with to the end"),
        Event.received: _l("it came in"),
        Event.asked: _l("the file was asked for"),
        Event.noted: _l("it was noted"),
        Event.posted: _l("it was posted"),
        Event.uploaded: _l("it was uploaded"),
        Event.kept: _l("it was kept"),
        Event.last_seen: _l("it was last used"),
        Event.ran_out: _l("it ran out"),
        Event.sent: _l("it was sent"),
        Event.tried: _l("the try"),
        Event.recorded: _l("the act"),
    },
)
words.say(
    Law,
    {
        Law.pipl_19: _l("Personal Information Protection Law, art. 19"),
        Law.pipl_47: _l("Personal Information Protection Law, art. 47"),
        Law.civil_188: _l("Civil Code, art. 188"),
        Law.minors_11: _l("Minors Protection Law, art. 11; Civil Code, art. 188 and 191"),
        Law.cyber_21: _l("Cybersecurity Law, art. 21"),
        Law.data_12: _l("Regulations on Network Data Security, art. 12"),
    },
)
words.say(
    HelperBlock,
    {
        HelperBlock.protection: _l("A report about this person has not been dealt with yet"),
        HelperBlock.pairing: _l("A pairing of this person has not ended yet"),
    },
)
words.say(
    RetentionRefusal,
    {
        RetentionRefusal.fixed: _l("This time is not a county's to change"),
        RetentionRefusal.too_short: _l("Not shorter than %(floor)d"),
        RetentionRefusal.too_long: _l("Not longer than %(most)d"),
    },
)
