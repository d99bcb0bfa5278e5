"""Words for what helpers are and offer, for the gates of vetting, and for refusals."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.rules import (
    BatchState,
    CredentialKind,
    Gate,
    GateState,
    HelperKind,
    HelperRefusal,
    HelperState,
    HelpKind,
    Language,
    ListFault,
    Mode,
    NextStep,
    Outcome,
    Stage,
    Subject,
    Travel,
)
from jiedui.helpers.rules.reading import Verdict

words.say(
    HelperKind,
    {
        HelperKind.volunteer: _l("Pairing volunteer"),
        HelperKind.caring_mother: _l("Caring mother"),
        HelperKind.social_worker: _l("Social worker"),
    },
)
words.say(
    HelpKind,
    {
        HelpKind.companionship: _l("Companionship"),
        HelpKind.reading: _l("Reading together"),
        HelpKind.tutoring: _l("Tutoring"),
        HelpKind.counselling: _l("Psychological counselling"),
    },
)
words.say(
    Subject,
    {
        Subject.chinese: _l("Chinese"),
        Subject.mathematics: _l("Mathematics"),
        Subject.english: _l("English (subject)"),
        Subject.physics: _l("Physics"),
        Subject.chemistry: _l("Chemistry"),
        Subject.biology: _l("Biology"),
        Subject.history: _l("History"),
        Subject.geography: _l("Geography"),
        Subject.politics: _l("Politics"),
        Subject.music: _l("Music"),
        Subject.art: _l("Art"),
        Subject.sports: _l("Sports"),
    },
)
words.say(
    Stage,
    {
        Stage.primary_lower: _l("Primary, years 1 to 3"),
        Stage.primary_upper: _l("Primary, years 4 to 6"),
        Stage.junior: _l("Junior secondary"),
        Stage.senior: _l("Senior secondary"),
    },
)
words.say(
    Language,
    {
        Language.mandarin: _l("Mandarin"),
        Language.hakka: _l("Hakka"),
        Language.cantonese: _l("Cantonese"),
        Language.gan: _l("Gan"),
        Language.minnan: _l("Southern Min"),
        Language.she: _l("She"),
        Language.sign: _l("Sign language"),
    },
)
words.say(
    Mode,
    {
        Mode.in_person: _l("In person"),
        Mode.online: _l("Online, by video"),
        Mode.phone: _l("On the telephone"),
    },
)
words.say(
    Travel,
    {
        Travel.walk: _l("On foot"),
        Travel.ebike: _l("Electric bicycle"),
        Travel.bus: _l("Bus"),
        Travel.car: _l("Car"),
    },
)
words.say(
    CredentialKind,
    {
        CredentialKind.teacher: _l("Teacher's certificate"),
        CredentialKind.counsellor: _l("Certificate in psychological counselling"),
        CredentialKind.psychology_teacher: _l("Certificate as a psychology teacher"),
        CredentialKind.social_worker: _l("Social worker's licence"),
        CredentialKind.physician: _l("Physician's certificate"),
    },
)
words.say(
    Gate,
    {
        Gate.identity: _l("Identity"),
        Gate.record_check: _l("Record check"),
        Gate.conduct: _l("Code of conduct"),
        Gate.training: _l("Training"),
        Gate.credential: _l("Credential"),
    },
)
words.say(Outcome, {Outcome.good: _l("In order"), Outcome.bad: _l("Not in order")})
words.say(
    GateState,
    {
        GateState.good: _l("Passed"),
        GateState.missing: _l("Still missing"),
        GateState.expiring: _l("Runs out soon"),
        GateState.expired: _l("Has run out"),
        GateState.bad: _l("Not passed"),
    },
)
words.say(
    HelperState,
    {
        HelperState.registered: _l("Registered"),
        HelperState.suspended: _l("Suspended"),
        HelperState.withdrawn: _l("Withdrawn"),
    },
)
words.say(BatchState, {BatchState.sent: _l("With the police"), BatchState.replied: _l("Answered")})
words.say(
    NextStep,
    {
        NextStep.nothing: _l("Nothing more to do."),
        NextStep.show_identity: _l(
            "Please show your identity card at your township or at the office; it takes a minute."
        ),
        NextStep.wait_for_police: _l(
            "The office takes a list to the police and records the answer; you sign the "
            "authorisation once. It takes one to four weeks."
        ),
        NextStep.renew_check: _l(
            "The check is due every year. The office puts you on the next list for the police."
        ),
        NextStep.sign_conduct: _l("Please read the code of conduct and sign it on this page."),
        NextStep.sign_new_conduct: _l("The text has changed: please read and sign it once more."),
        NextStep.sign_on_paper: _l(
            "The code of conduct is signed on paper and kept by the office."
        ),
        NextStep.come_to_training: _l(
            "The office invites you to the training; it records that you have taken part."
        ),
        NextStep.show_credential: _l(
            "Please show the paper at the office; it records what it saw."
        ),
        NextStep.renew_credential: _l("Please show a paper that is still valid at the office."),
        NextStep.ask_office: _l("Please talk to the office; it tells you what can be done."),
    },
)
words.say(
    HelperRefusal,
    {
        HelperRefusal.under_18: _l(
            "Work with one child is for people of 18 and over; under 18 you can join group "
            "activities at the Children's Home"
        ),
        HelperRefusal.birth_date_differs: _l("The birth date differs from the identity number"),
        HelperRefusal.known_already: _l(
            "This cannot be registered anew. If you have registered before, please sign in; "
            "otherwise please ask the office"
        ),
        HelperRefusal.nothing_offered: _l("Please choose what you can help with"),
        HelperRefusal.subject_missing: _l("Please choose at least one subject"),
        HelperRefusal.stage_missing: _l("Please choose for which school years"),
        HelperRefusal.credential_missing: _l(
            "Counselling needs a paper: please choose which one you have"
        ),
        HelperRefusal.licence_missing: _l("Please give the number of your licence"),
        HelperRefusal.agency_missing: _l("Please choose the agency you work for"),
        HelperRefusal.period_backwards: _l("The last day comes before the first"),
        HelperRefusal.period_past: _l("This period is over already"),
        HelperRefusal.no_slot: _l("No time is chosen yet: please choose at least one"),
        HelperRefusal.form_holder_missing: _l("Please say who holds the signed form, and where"),
        HelperRefusal.vetted_by_self: _l("Nobody vets themselves: please ask a colleague"),
        HelperRefusal.vetted_by_enterer: _l(
            "You have entered this person yourself: a colleague has to vet them"
        ),
        HelperRefusal.date_in_future: _l("This day has not come yet"),
        HelperRefusal.authority_missing: _l("Please say which authority answered"),
        HelperRefusal.check_too_old: _l("This has run out already: a new one is needed"),
        HelperRefusal.batch_empty: _l("Please choose at least one person"),
        HelperRefusal.batch_replied: _l("This list has been answered already"),
        HelperRefusal.capacity_below_pairings: _l(
            "You are paired with more children than that at present"
        ),
        HelperRefusal.no_such_credential: _l("There is no such paper with this person"),
        HelperRefusal.withdrawn: _l("This person has withdrawn"),
        HelperRefusal.still_here: _l("This person has not withdrawn"),
        HelperRefusal.identity_cleared: _l(
            "Name and number of this person were cleared; they register anew"
        ),
        HelperRefusal.reading_is_own: _l("Only the volunteer can read and answer"),
        HelperRefusal.course_wanted: _l("Here a course is wanted: please ask the office"),
        HelperRefusal.not_all_right: _l("Not every answer is right yet"),
        HelperRefusal.conduct_is_own: _l(
            "People with an account sign the code of conduct themselves"
        ),
        HelperRefusal.phone_is_own: _l("People with an account change their number themselves"),
        HelperRefusal.credential_by_paper: _l(
            "A credential is recorded with the paper it is about"
        ),
        HelperRefusal.check_sent_already: _l(
            "Somebody among them is on a list that the police have not answered yet"
        ),
        HelperRefusal.no_village: _l("Please look a place up and choose it"),
        HelperRefusal.other_county: _l(
            "This place is in another county: please withdraw here and register there"
        ),
        HelperRefusal.unit_outside: _l("This unit belongs to another county"),
    },
)
words.say(
    ListFault,
    {
        ListFault.no_consent: _l("nobody is registered who has not agreed to it: ask this person"),
        ListFault.out_of_bounds: _l("a whole number from 1 to %(most)s"),
        ListFault.other_unit: _l("your list is of the people of your own unit"),
        ListFault.no_such_unit: _l("no unit of this name is registered in the county"),
        ListFault.known_elsewhere: _l("registered already, but not in your area or unit"),
        ListFault.name_differs: _l("this person is registered under another name"),
        ListFault.gone: _l("this person has withdrawn: the office has to take them back first"),
        ListFault.unknown: _l(
            "nobody is registered with this: bring the list of volunteers first, then this sheet"
        ),
        ListFault.several: _l("several people have this telephone: add the ID number"),
        ListFault.number_or_phone: _l("ID number or telephone is needed"),
    },
)
words.say(Verdict, {Verdict.right: _l("That is right"), Verdict.wrong: _l("That is not right")})
