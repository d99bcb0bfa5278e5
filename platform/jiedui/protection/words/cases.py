"""Words for cases, their clocks, and duty."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.rules.case import (
    CaseRefusal,
    LegalGround,
    LookReason,
    Placement,
    Situation,
    Skip,
    Stage,
    Suspect,
)
from jiedui.protection.rules.clocks import Clock, Rung
from jiedui.protection.rules.duty import DutyRefusal, Weekday

words.say(
    Stage,
    {
        Stage.triaged: _l("Case opened"),
        Stage.police_told: _l("Police told"),
        Stage.placed: _l("Emergency placement"),
        Stage.assessed: _l("Assessment meeting"),
        Stage.planned: _l("Help plan"),
        Stage.intervened: _l("Guardianship intervention"),
        Stage.followed_up: _l("Followed up"),
        Stage.closing: _l("Proposed to be closed"),
        Stage.closed: _l("Case closed"),
    },
)
words.say(
    Situation,
    {
        Situation.private_parts: _l("Injury or harm to private parts"),
        Situation.girl_under_14: _l("Girl under 14: sexual assault suspected, pregnancy, abortion"),
        Situation.girl_over_14: _l("Girl of 14 or more: pregnancy or abortion after an assault"),
        Situation.injuries: _l("Several injuries, starved, unconscious; beaten, bullied, drugged"),
        Situation.self_harm: _l("Hurt or dead by suicide, self-harm, work, poison or beating"),
        Situation.abandoned: _l("Abandoned, or left without care for long"),
        Situation.missing: _l("Of unknown origin, missing, trafficked, bought"),
        Situation.begging: _l("Made to beg"),
        Situation.other_harm: _l("Other grave harm, or in danger of it"),
        Situation.alone: _l("Lives alone without a guardian"),
        Situation.guardian_fails: _l("The guardian cannot or will not care"),
        Situation.violence: _l("Violence at home suspected"),
        Situation.accident: _l("An accident or a crime suspected"),
    },
)
words.say(
    Suspect,
    {
        Suspect.unknown: _l("Nobody, or not known"),
        Suspect.guardian: _l("A guardian"),
        Suspect.relative: _l("Another relative"),
        Suspect.helper: _l("A volunteer or social worker"),
        Suspect.village_worker: _l("Somebody who works for the village"),
        Suspect.township_worker: _l("Somebody who works for the township"),
        Suspect.school_worker: _l("Somebody of a school"),
        Suspect.other: _l("Somebody else"),
    },
)
words.say(
    Skip,
    {
        Skip.police_brought: _l("It came from the police"),
        Skip.no_crime: _l("None of the nine situations: no sign of a crime"),
        Skip.safe_at_home: _l("The child is safe where it is"),
        Skip.with_kin: _l("Kin have taken the child in by themselves"),
        Skip.nothing_to_help: _l("The assessment found nothing to help with"),
        Skip.no_ground: _l("No ground in law to intervene"),
        Skip.handed_over: _l("Handed over to the authority of another place"),
    },
)
words.say(
    Placement,
    {
        Placement.kin: _l("With relatives"),
        Placement.village: _l("With the village committee"),
        Placement.institution: _l("Minors' protection or rescue institution"),
        Placement.hospital: _l("Hospital"),
    },
)
words.say(
    LegalGround,
    {
        LegalGround.admonished: _l("Advice and admonition (Minors Protection Law, art. 118)"),
        LegalGround.family_order: _l(
            "Order to family education (Family Education Promotion Law, art. 49)"
        ),
        LegalGround.protection_order: _l("Protection order (Domestic Violence Law, art. 23)"),
        LegalGround.temporary: _l("Temporary guardianship (Minors Protection Law, art. 92)"),
        LegalGround.revoked: _l(
            "Petition to end a guardianship (Minors Protection Law, art. 108; Civil Code, art. 36)"
        ),
        LegalGround.long_term: _l("Long-term guardianship (Minors Protection Law, art. 94)"),
    },
)
words.say(
    LookReason,
    {
        LookReason.stands_in: _l("I stand in for whoever has the case"),
        LookReason.second_person: _l("I am the second person who looks at its end"),
        LookReason.danger_now: _l("The child is in danger now"),
        LookReason.police_asks: _l("Police, procuratorate or court ask"),
        LookReason.complaint: _l("Somebody complains of how it was dealt with"),
    },
)
words.say(
    CaseRefusal,
    {
        CaseRefusal.has_case: _l("A case has been opened for this report already"),
        CaseRefusal.not_now: _l("This step does not come now: please look at the case again"),
        CaseRefusal.not_to_skip: _l("This step cannot be left out for this reason"),
        CaseRefusal.must_tell_police: _l(
            "In this situation the police must be told at once; it cannot be left out"
        ),
        CaseRefusal.words_missing: _l("Please write a few words: others must understand it later"),
        CaseRefusal.officer_missing: _l("Please write who of the police was told"),
        CaseRefusal.ground_missing: _l("Please choose the ground in law"),
        CaseRefusal.placement_missing: _l("Please choose where the child is"),
        CaseRefusal.in_future: _l("This moment has not come yet"),
        CaseRefusal.before_report: _l("This moment lies before the report"),
        CaseRefusal.same_person: _l("A second person closes it: not who proposed it"),
        CaseRefusal.county_only: _l("It is about their own worker: it stays with the county"),
        CaseRefusal.no_village: _l("Please say first in which village it is"),
        CaseRefusal.told_already: _l("The township was told already"),
        CaseRefusal.no_such_file: _l("No file of the county has this number"),
        CaseRefusal.named_already: _l("This file is named already"),
    },
)
words.say(
    Clock,
    {
        Clock.unread: _l("The report is read"),
        Clock.triage: _l("A case is opened, or it is said what came of it"),
        Clock.police: _l("The police are told"),
        Clock.safety: _l("The child is seen to be safe"),
        Clock.assessment: _l("The assessment meeting is held"),
        Clock.plan: _l("The help plan stands"),
        Clock.intervention: _l("It is settled whether the guardianship is intervened in"),
        Clock.follow_up: _l("The child is visited again"),
        Clock.ending: _l("The next visit, or the end of the case"),
        Clock.second_look: _l("A second person looks at its end"),
    },
)
words.say(
    Rung,
    {
        Rung.duty: _l("The duty officer"),
        Rung.head: _l("The head of civil affairs"),
        Rung.leader: _l("The leader in charge"),
    },
)
words.say(
    DutyRefusal,
    {
        DutyRefusal.no_reader: _l("Only who may read reports can be on the roster"),
        DutyRefusal.no_days: _l("Please choose at least one day"),
        DutyRefusal.ended_already: _l("This entry has ended already"),
    },
)
words.say(
    Weekday,
    {
        Weekday.monday: _l("Monday"),
        Weekday.tuesday: _l("Tuesday"),
        Weekday.wednesday: _l("Wednesday"),
        Weekday.thursday: _l("Thursday"),
        Weekday.friday: _l("Friday"),
        Weekday.saturday: _l("Saturday"),
        Weekday.sunday: _l("Sunday"),
    },
)
