"""Forms of promises: a unit's, and a person's on the open page."""

from __future__ import annotations

from dataclasses import replace

from wtforms import HiddenField

from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, Number, Phone, SharedLine, SharedText, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.pledges import MOST, PledgeKind, PledgeSaid, PledgeState


class PledgeForm(Form):
    """What a unit promises."""

    kind = Choice(_l("What do you offer?"), PledgeKind)
    words = SharedText(
        _l("What exactly"),
        longest=200,
        description=_l("A room with twenty seats; two jobs in packing; ten people for a day"),
    )
    count = Number(_l("How many seats, jobs or people"), least=1, most=MOST)
    where = SharedLine(_l("Where"), longest=60, description=_l("Township and place"))
    starts = Day(_l("From when on"), default=clock.today)
    until = Day(_l("Until when, if it ends"), needed=False)

    def said(self) -> PledgeSaid:
        """What was filled in."""
        return PledgeSaid(
            kind=self.kind.data,
            words=self.words.data or "",
            count=self.count.data or 0,
            where=self.where.data or "",
            starts=self.starts.data,
            until=self.until.data,
        )


class MyPledgeForm(PledgeForm):
    """What a person promises."""

    kind = Choice(_l("What do you offer?"), PledgeKind, PledgeKind.place, PledgeKind.jobs)
    name = Text(_l("Your name"), longest=30)
    phone = Phone(_l("Your telephone: an office rings back"), mobile=False)

    def said(self) -> PledgeSaid:
        """What was filled in."""
        return replace(super().said(), name=self.name.data or "", phone=self.phone.data or "")


class AnswerForm(Form):
    """Which button was pressed."""

    answer = HiddenField()

    def state(self) -> PledgeState:
        """What it means; what no button says is no answer."""
        said = self.answer.data or ""
        return PledgeState(said) if said in set(PledgeState) else PledgeState.offered
