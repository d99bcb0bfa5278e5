"""Words for what is to be done, and the verb on its button."""

from __future__ import annotations

from typing import Any

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.desk.rules import Group, Kind

words.say(
    Kind,
    {
        Kind.report: _l("Read a report"),
        Kind.phone_form: _l("Put a form from your phone right"),
        Kind.urgency: _l("Confirm how urgent it is"),
        Kind.card: _l("Answer a proposal"),
        Kind.own_vetting: _l("Your vetting is not complete"),
        Kind.disputed: _l("A session is in doubt"),
        Kind.approval: _l("Decide on a pairing"),
        Kind.answers: _l("Hear guardian and child"),
        Kind.meeting: _l("Arrange the first meeting"),
        Kind.goodbye: _l("Say goodbye and close"),
        Kind.vetting: _l("Vet volunteers"),
        Kind.draft: _l("Look at the suggestions"),
        Kind.consent: _l("Ask for consent"),
        Kind.check: _l("Check new files"),
        Kind.review: _l("Confirm files in the quarterly review"),
        Kind.sign_off: _l("Quarterly reviews not signed off"),
        Kind.hours: _l("Verify sessions"),
        Kind.account: _l("Links that ran out unused"),
        Kind.opinion: _l("Read opinions"),
        Kind.own_datum: _l("Something is missing in what you offer"),
        Kind.datum: _l("Have filled in what is missing"),
        Kind.recruit: _l("Look for volunteers"),
    },
)
VERBS: dict[Kind, Any] = {
    Kind.report: _l("Read it"),
    Kind.phone_form: _l("Open"),
    Kind.urgency: _l("Confirm"),
    Kind.card: _l("Answer"),
    Kind.own_vetting: _l("Look at it"),
    Kind.disputed: _l("Look at it"),
    Kind.approval: _l("Decide"),
    Kind.answers: _l("Record"),
    Kind.meeting: _l("Arrange"),
    Kind.goodbye: _l("Close"),
    Kind.vetting: _l("Vet"),
    Kind.draft: _l("Look at it"),
    Kind.consent: _l("Ask"),
    Kind.check: _l("Check"),
    Kind.review: _l("Review"),
    Kind.sign_off: _l("Look at it"),
    Kind.hours: _l("Verify"),
    Kind.account: _l("New links"),
    Kind.opinion: _l("Read it"),
    Kind.own_datum: _l("Fill in"),
    Kind.datum: _l("See what is missing"),
    Kind.recruit: _l("See whom to look for"),
}
words.say(
    Group,
    {
        Group.first: _l("First of all"),
        Group.overdue: _l("Overdue"),
        Group.today: _l("Due today"),
        Group.later: _l("Due later"),
    },
)
