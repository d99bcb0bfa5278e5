"""Forms of a case: opening it, its next step, its end, and breaking a seal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import BooleanField, RadioField

from jiedui.core import clock, words
from jiedui.core.forms import Choice, Clock, Day, Form, LongText, SharedText, Text, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.forms.about import HelperForm
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import (
    SKIPS,
    Ending,
    LegalGround,
    LookReason,
    Placement,
    Situation,
    Skip,
    Stage,
    StepSaid,
    Suspect,
    Triage,
)
from jiedui.regions.forms import VillageField

DONE = "done"


class TriageForm(HelperForm):
    """The first look: what it may be, whom it is about, where."""

    situation = Choice(_l("What may have happened to the child?"), Situation)
    suspect = Choice(_l("Whom is the suspicion about?"), Suspect)
    helper = Text(
        _l("Number of the volunteer or social worker"),
        needed=False,
        longest=12,
        description=_l("If it is about one: their pairings pause at once, without a reason told"),
    )
    village = VillageField(_l("Village or community, if it is known"), needed=False)
    sealed = BooleanField(_l("Seal the case: who did not take it in hand opens it with a reason"))
    words = LongText(_l("First look: what is known, who was rung"), longest=2000)

    def said(self) -> Triage:
        """What was filled in."""
        village: Any = self.village.data
        return Triage(
            situation=self.situation.data,
            suspect=self.suspect.data,
            region_id=village.id if village else None,
            helper_id=(self.helper_id or 0) if self.helper.data else None,
            sealed=self.sealed.data,
            words=self.words.data or "",
        )


class FileForm(Form):
    """Which file a case concerns."""

    number = Text(_l("File number"), longest=12, description=_l("As on the file: C-0001"))


class StepForm(Form):
    """The next step, done or left out; only the fields that belong to it."""

    how = RadioField(_l("Was it done?"), [required(_l("Please choose one"))])
    on = Day(_l("On which day"), past=True)
    at_time = Clock(_l("At what time"))
    officer = Text(
        _l("Who of the police was told"),
        needed=False,
        longest=80,
        description=_l("Name or badge number, and station"),
    )
    number = Text(_l("Number of the police receipt, if there is one yet"), needed=False, longest=60)
    placement = Choice(_l("Where is the child now?"), Placement, needed=False)
    ground = Choice(_l("Ground in law"), LegalGround, needed=False)
    words = LongText(_l("What was done, who was there; or why it is left out"), longest=2000)

    def __init__(self, stage: Stage, *, again: bool, **kw: Any) -> None:
        super().__init__(**kw)
        self.stage = stage
        left_out = [] if again else [one for one in Skip if one in SKIPS.get(stage, ())]
        named = [(one.value, gettext("Left out: ") + words.label(one)) for one in left_out]
        self.how.choices = [(DONE, gettext("Yes, it was done")), *named]
        if not named:
            del self.how
        if stage is not Stage.police_told:
            del self.officer, self.number
        if stage is not Stage.placed:
            del self.placement
        if stage is not Stage.intervened:
            del self.ground
        if not self.is_submitted():
            self.on.data = self.on.data or clock.today()
            self.at_time.data = self.at_time.data or clock.local(clock.now()).time()

    def said(self) -> StepSaid:
        """What was filled in; of a step that is left out only the reason and the words."""
        how = self._of("how") or DONE
        skipped = None if how == DONE else Skip(how)
        done = skipped is None
        return StepSaid(
            stage=self.stage,
            at=datetime.combine(self.on.data, self.at_time.data, clock.CHINA),
            words=self.words.data or "",
            skipped=skipped,
            officer=(self._of("officer") or "") if done else "",
            number=(self._of("number") or "") if done else "",
            placement=self._of("placement") if done else None,
            ground=self._of("ground") if done else None,
        )

    def _of(self, name: str) -> Any:
        field = self._fields.get(name)
        return None if field is None else field.data


class EndForm(Form):
    """How a case is to end."""

    outcome = Choice(_l("What came of it?"), ReportOutcome)
    answer = LongText(_l("For those who look at it later"), needed=True, longest=2000)
    reply = SharedText(
        _l("For the one who reported"),
        longest=500,
        description=_l(
            "One or two sentences. Nothing about the child or the family: whoever has number and "
            "secret reads it"
        ),
    )

    def said(self) -> Ending:
        """What was filled in."""
        return Ending(self.outcome.data, self.answer.data or "", self.reply.data or "")


class BackForm(Form):
    """Why a case is not closed yet."""

    words = LongText(_l("What is still to be done"), needed=True, longest=1000)


class SealForm(Form):
    """Why somebody breaks a seal."""

    reason = Choice(_l("Why do you open it?"), LookReason)
    words = LongText(_l("In your own words"), needed=True, longest=500)
