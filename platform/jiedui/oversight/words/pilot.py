"""Words of how pairing comes along."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.pilot import At, Leg, Stage

words.say(
    Stage,
    {
        Stage.known: _l("Children on file"),
        Stage.asked: _l("Family asked"),
        Stage.consented: _l("Guardian and child agree to help"),
        Stage.wished: _l("A wish is open or met"),
        Stage.proposed: _l("Somebody is proposed"),
        Stage.approved: _l("Approved by the office"),
        Stage.agreed: _l("Everybody has said yes"),
        Stage.met: _l("Have met"),
        Stage.served: _l("Met again in the last 30 days"),
    },
)
words.say(
    Leg,
    {
        Leg.consent: _l("From the wish to the family's consent"),
        Leg.proposal: _l("From the consent to a proposal"),
        Leg.approval: _l("From the proposal to the decision"),
        Leg.acceptance: _l("From the approval to the volunteer's yes"),
        Leg.answers: _l("From the approval to everybody's yes"),
        Leg.meeting: _l("From everybody's yes to the first meeting"),
        Leg.session: _l("From the first meeting to the first session"),
    },
)
words.say(
    At,
    {
        At.family: _l("the family, asked by the child director"),
        At.matching: _l("the next matching"),
        At.office: _l("the office in charge"),
        At.helper: _l("the volunteer"),
        At.village: _l("the child director"),
    },
)
