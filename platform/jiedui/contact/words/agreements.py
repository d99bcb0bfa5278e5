"""Words for agreements: who says yes, how, and why something is refused."""

from jiedui.contact.rules.agreements import (
    AgreementRefusal,
    AgreementStanding,
    AgreementState,
    Party,
    YesMeans,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    AgreementState,
    {
        AgreementState.drafted: _l("To be signed"),
        AgreementState.signed: _l("Signed, in force"),
        AgreementState.replaced: _l("Replaced by a newer one"),
        AgreementState.ended: _l("Ended with the pairing"),
    },
)
words.say(
    Party,
    {
        Party.helper: _l("Volunteer"),
        Party.guardian: _l("Guardian"),
        Party.office: _l("Office in charge"),
    },
)
words.say(
    YesMeans,
    {
        YesMeans.paper: _l("signed on paper"),
        YesMeans.link: _l("by link, with the spoken code"),
        YesMeans.signed_in: _l("signed in"),
    },
)
words.say(
    AgreementStanding,
    {
        AgreementStanding.not_needed: _l("Not needed: planned for a month at most"),
        AgreementStanding.missing: _l("No agreement yet"),
        AgreementStanding.drafted: _l("To be signed"),
        AgreementStanding.changed: _l("Something has changed: a new version is needed"),
        AgreementStanding.signed: _l("Signed, in force"),
    },
)
words.say(
    AgreementRefusal,
    {
        AgreementRefusal.not_now: _l("Nothing can be agreed now: look how the pairing stands"),
        AgreementRefusal.terms_changed: _l(
            "Day, place or term have changed since this was written: make a new version"
        ),
        AgreementRefusal.said_already: _l("This yes is on file already"),
        AgreementRefusal.is_the_helper: _l("This is about yourself: somebody else must decide"),
        AgreementRefusal.not_the_helper: _l("Only the volunteer can say this"),
        AgreementRefusal.no_signer: _l("Please tick who has signed"),
        AgreementRefusal.signed_in_future: _l("This day has not come yet"),
        AgreementRefusal.signed_too_early: _l("This day is before the agreement was made"),
        AgreementRefusal.holder_missing: _l("Please say who keeps the paper"),
        AgreementRefusal.not_a_guardian: _l("This person is no guardian of the child"),
        AgreementRefusal.code_wrong: _l("The code does not agree; tries left: %(left)s"),
        AgreementRefusal.link_gone: _l("This link cannot be used any more"),
        AgreementRefusal.unprintable: _l(
            "A name has a character that this paper cannot print: please write it by hand"
        ),
    },
)
