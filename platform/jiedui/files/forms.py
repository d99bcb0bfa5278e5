"""Forms of what guardians ask, and of the answer; of files beyond one's area."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import current_app
from wtforms import HiddenField
from wtforms.validators import StopValidation

from jiedui.children.forms import GuardianChoice
from jiedui.children.rules import RevealReason, file_number
from jiedui.core import clock, resident_id, words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Choice, Day, Form, LongText, SharedText, Text, VersionTicks
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import ResidentId
from jiedui.files.actions import AccessAsked, Answered, RequestSaid
from jiedui.files.models import RiskWatch
from jiedui.files.rules import (
    Asked,
    FileAccessRefusal,
    Ground,
    How,
    Outcome,
    Verdict,
)

USUAL_DAYS = timedelta(days=7)


class RequestForm(GuardianChoice):
    """What a guardian asks."""

    asked = Choice(_l("What is asked for"), Asked)
    how = Choice(_l("How it was asked"), How, default=How.in_person)
    received_on = Day(_l("On which day"), default=clock.today, past=True)
    words = LongText(_l("In the guardian's words"), longest=500)

    def said(self) -> RequestSaid:
        """As the action takes it."""
        return RequestSaid(self.asked.data, self.how.data, self.words.data, self.received_on.data)


class AnswerForm(Form):
    """The answer, as the guardian gets it in writing."""

    outcome = Choice(_l("Answer"), Outcome)
    ground = Choice(_l("Ground, where it is not granted in full"), Ground, needed=False)
    words = LongText(_l("What the guardian reads"), longest=1000, needed=False)

    def said(self) -> Answered:
        """As the action takes it."""
        return Answered(self.outcome.data, self.ground.data, self.words.data or "")


class AccessForm(Form):
    """Which file, what for, until when. A number is looked at for its shape alone."""

    number = Text(_l("File number or ID number"), longest=30)
    reason = Choice(_l("What is it needed for?"), RevealReason)
    words = SharedText(_l("Why, in words"), needed=True, longest=300)
    until = Day(_l("Until which day"), default=lambda: clock.today() + USUAL_DAYS, future=True)

    def validate_number(self, field: Any) -> None:
        """Neither a file number nor an identity number."""
        if file_number(field.data) is not None:
            return
        if len(resident_id.tidy(field.data)) != 18:
            raise StopValidation(words.label(FileAccessRefusal.no_number))
        allowed = bool(current_app.config["INVENTED_IDS"])
        said = resident_id.read(field.data, clock.today(), invented_allowed=allowed)
        if not isinstance(said, ResidentId):
            raise StopValidation(words.label(said))

    def said(self) -> AccessAsked:
        """As the action takes it."""
        return AccessAsked(self.number.data, self.reason.data, self.words.data, self.until.data)


class VerdictForm(Form):
    """Whether a file is opened, until when, or why not."""

    verdict = Choice(_l("Decision"), Verdict)
    until = Day(_l("Until which day"), needed=False)
    answer = LongText(_l("Why not, in words"), longest=300)


class RiseForm(Form):
    """Which of two buttons was pressed beside a rise."""

    decision = HiddenField()

    @property
    def higher(self) -> bool:
        """Whether the level rises."""
        return bool(self.decision.data == "raise")

    def said(self, refusal: Refusal) -> str:
        """A refusal in words."""
        return words.label(refusal.code)


class AgainForm(Form):
    """Which files were looked at and keep their level."""

    files = VersionTicks(_l("Files whose level stays"), nothing=_l("No file is ticked yet"))


def again_form(rows: Iterable[RiskWatch]) -> AgainForm:
    """The files of a season, none ticked: each is looked at."""
    form = AgainForm()
    form.files.choices = [(value, value) for value in (f"{o.id}-{o.version}" for o in rows)]
    return form
