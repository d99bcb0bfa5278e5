"""Forms of what guardians ask, and of the answer."""

from __future__ import annotations

from jiedui.children.forms import GuardianChoice
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, LongText
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.files.actions import Answered, RequestSaid
from jiedui.files.rules import Asked, Ground, How, Outcome


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
