"""Words of the year's figures."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.yearly import AccountMove, AgeGroup, AtTheDoor, Look, OnFile

words.say(
    AgeGroup,
    {
        AgeGroup.under_14: _l("Under 14"),
        AgeGroup.to_17: _l("14 to 17"),
        AgeGroup.grown_up: _l("18 and over"),
    },
)
words.say(
    OnFile, {OnFile.end: _l("On file on the last day"), OnFile.ever: _l("On file at any time")}
)
words.say(
    Look,
    {
        Look.file: _l("Files"),
        Look.house: _l("Homes"),
        Look.need: _l("Wishes"),
        Look.pairing: _l("Pairings"),
        Look.agreement: _l("Agreements"),
        Look.report: _l("Reports"),
        Look.revealed: _l("Shown in full"),
    },
)
words.say(
    AccountMove,
    {
        AccountMove.invited: _l("Accounts opened"),
        AccountMove.role_given: _l("Roles given"),
        AccountMove.role_ended: _l("Roles ended"),
        AccountMove.handed_over: _l("Work handed over to somebody else"),
        AccountMove.disabled: _l("Accounts disabled"),
    },
)
words.say(
    AtTheDoor,
    {
        AtTheDoor.signed_in: _l("Sign-ins"),
        AtTheDoor.sign_in_refused: _l("Sign-ins that failed"),
        AtTheDoor.act_refused: _l("Acts refused"),
    },
)
