"""Words for agreements: states, reasons, declarations, what is looked at, and every refusal."""

from __future__ import annotations

from jiedui.care.rules.entrustment import (
    Aspect,
    Declared,
    EndReason,
    Exclusion,
    Fit,
    Heard,
    LeaveReason,
    PaperRefusal,
    PaperState,
    Signer,
    ToldWhom,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    PaperState,
    {
        PaperState.drafted: _l("Draft, not printed"),
        PaperState.printed: _l("Printed, to be signed"),
        PaperState.signed: _l("Signed"),
        PaperState.expired: _l("Run out"),
        PaperState.ended: _l("Ended early"),
        PaperState.replaced: _l("Replaced by a newer one"),
    },
)
words.say(
    LeaveReason,
    {
        LeaveReason.work_away: _l("Work away from home"),
        LeaveReason.illness: _l("Illness"),
        LeaveReason.custody: _l("Serving a sentence or custody"),
        LeaveReason.study_or_service: _l("Study or military service"),
        LeaveReason.other: _l("Another reason"),
    },
)
words.say(
    Exclusion,
    {
        Exclusion.harm: _l(
            "I have never committed sexual assault, abuse, abandonment, trafficking, violence or "
            "the like."
        ),
        Exclusion.habits: _l("I do not take drugs, drink to excess or gamble."),
        Exclusion.refused_duty: _l(
            "I have never refused a duty of guardianship or care, nor neglected one for long."
        ),
        Exclusion.unfit: _l("There is nothing else that makes me unfit to care for a child."),
    },
)
words.say(
    Declared,
    {
        Declared.free: _l("Declared and signed"),
        Declared.found: _l("Not declared, or something else is known"),
    },
)
words.say(
    Aspect,
    {
        Aspect.health: _l("Body and mind"),
        Aspect.home: _l("Home and income"),
        Aspect.bond: _l("Bond with the child"),
        Aspect.character: _l("Character"),
    },
)
words.say(
    Fit,
    {Fit.good: _l("Good"), Fit.doubtful: _l("Some doubt"), Fit.unfit: _l("Cannot care")},
)
words.say(
    Heard,
    {
        Heard.agrees: _l("Agrees"),
        Heard.disagrees: _l("Does not agree"),
        Heard.too_young: _l("Too young to say"),
    },
)
words.say(
    Signer,
    {
        Signer.father: _l("Father"),
        Signer.mother: _l("Mother"),
        Signer.other_guardian: _l("Other guardian"),
        Signer.carer: _l("Carer"),
        Signer.witness: _l("Village witness"),
        Signer.child: _l("Child"),
    },
)
words.say(
    EndReason,
    {
        EndReason.parents_back: _l("A parent came back and cares"),
        EndReason.joined_parents: _l("The child joined the parents"),
        EndReason.other_guardian: _l("Another guardian took over"),
        EndReason.carer_unable: _l("The carer cannot go on"),
        EndReason.carer_excluded: _l("The carer turned out to be excluded by law"),
        EndReason.parents_withdrew: _l("The parents took it back"),
        EndReason.of_age: _l("The child came of age"),
        EndReason.not_needed: _l("Not needed"),
        EndReason.files_closed: _l("The children's files were closed"),
    },
)
words.say(ToldWhom, {ToldWhom.school: _l("School"), ToldWhom.village: _l("Village committee")})
words.say(
    PaperRefusal,
    {
        PaperRefusal.no_child: _l("Choose at least one child"),
        PaperRefusal.file_closed: _l("The file of one of these children is closed"),
        PaperRefusal.not_of_house: _l("Choose a guardian of this house"),
        PaperRefusal.carer_is_parent: _l("A parent cares by law and needs no agreement"),
        PaperRefusal.carer_is_principal: _l("Who entrusts cannot be the carer as well"),
        PaperRefusal.carer_away: _l("This person works elsewhere and cannot care day by day"),
        PaperRefusal.carer_unable: _l("This person is recorded as unable to care"),
        PaperRefusal.carer_minor: _l("This person is under 18: only a grown-up can be the carer"),
        PaperRefusal.end_before_start: _l("The last day is before the first"),
        PaperRefusal.term_too_long: _l("At most three years: then look at it again and sign anew"),
        PaperRefusal.over_already: _l("By this day the agreement is over already"),
        PaperRefusal.signed_in_future: _l("This day has not come yet"),
        PaperRefusal.declaration_missing: _l("The carer must declare this on the paper"),
        PaperRefusal.excluded: _l("The law forbids to entrust a child to this person"),
        PaperRefusal.assessment_missing: _l("Say how this is before a child is entrusted"),
        PaperRefusal.unfit: _l("A child cannot be entrusted to this person"),
        PaperRefusal.child_not_heard: _l("Say what the child thinks, or that it is too young"),
        PaperRefusal.signature_missing: _l("A guardian and the carer must have signed"),
        PaperRefusal.holder_missing: _l("Say who holds the paper"),
        PaperRefusal.not_now: _l("This does not go with what the agreement is now"),
        PaperRefusal.before_start: _l("This day is before the agreement was signed"),
        PaperRefusal.in_future: _l("This day has not come yet"),
        PaperRefusal.unprintable: _l("A name has a character that cannot be printed"),
    },
)
