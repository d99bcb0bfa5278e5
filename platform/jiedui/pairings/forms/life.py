"""Forms of a pairing's life: the decision, the answers, the meeting, calls, pausing, ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField
from wtforms.validators import Optional

from jiedui.children.models import Child, Guardian
from jiedui.children.rules import Answer, AskedHow, Means
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, Text
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import (
    AT_ONCE,
    CallOutcome,
    CloseReason,
    Decision,
    NeedAfter,
    PauseReason,
    RejectReason,
    Wanted,
)


class DecisionForm(Form):
    """Approve, or reject with a reason."""

    decision = Choice(_l("Decision"), Decision)
    reason = Choice(
        _l("Reason, when you do not approve"),
        RejectReason,
        needed=False,
        description=_l("Volunteer and family do not see it; the next list knows it"),
    )


class CardForm(Form):
    """The helper's yes or no to a card."""

    answer = Choice(_l("Your answer"), Answer)


class StepForm(Form):
    """A step that asks nothing: only the page's version goes with it."""


class MeetForm(Form):
    """The first, accompanied meeting."""

    met_on = Day(_l("Day of the first meeting"), past=True)
    accompanied_by = Text(_l("Who came along"), missing=_l("Please say who came along"))


class CallForm(Form):
    """What came of a call."""

    outcome = Choice(_l("What came of the call"), CallOutcome)


class GuardianCallForm(CallForm):
    """What came of a call to a guardian; a yes needs somebody who listened too."""

    second_person = Text(
        _l("Who listened too"),
        needed=False,
        description=_l("Needed for a yes: a colleague who heard the answer"),
    )


class EndForm(Form):
    """The goodbye has been said."""

    said_goodbye_on = Day(_l("Day of the goodbye"), past=True)
    after = Choice(_l("What becomes of the child's need"), NeedAfter)


class TeamForm(Form):
    """Who else is to come, by number."""

    helper = Text(
        _l("Number of the volunteer"),
        longest=12,
        missing=_l("Please say who it is"),
        description=_l("Like V-0123"),
    )


class AnswerForm(Form):
    """What guardian and children said of this helper; what was not asked yet stays empty."""

    consent = Choice(_l("The guardian's answer"), Answer, needed=False)
    guardian = RadioField(_l("Which guardian"), [Optional()], coerce=str)
    means = Choice(_l("How it was given"), Means, Means.paper, Means.telephone, needed=False)
    paper_holder = Text(_l("Who keeps the paper"), needed=False)
    paper_where = Text(_l("Where it lies"), needed=False)
    phone_number = Text(_l("Number called"), needed=False, longest=20)
    second_person = Text(_l("Who listened too"), needed=False)
    how = Choice(_l("How the child was asked"), AskedHow, needed=False)
    heard: dict[str, Any] = {}

    def view_fields(self) -> list[Any]:
        """The fields of the children, one each."""
        return [self._fields[name] for name in self.heard]

    def evidence(self) -> dict[str, str]:
        """The proof that goes with the way the guardian answered."""
        if self.means.data is Means.telephone:
            said = {"number": self.phone_number.data, "second_person": self.second_person.data}
        else:
            said = {"holder": self.paper_holder.data, "where": self.paper_where.data}
        return {name: value or "" for name, value in said.items()}


def answer_form(
    children: Sequence[Child], guardians: Sequence[Guardian], holder: str
) -> AnswerForm:
    """The form for these children and guardians, with what is likely filled in."""
    heard = {f"view_{child.id}": child for child in children}
    fields = {
        name: Choice(gettext("What %(name)s says", name=child.name), Answer, needed=False)
        for name, child in heard.items()
    }
    kind: type[AnswerForm] = type("AskedForm", (AnswerForm,), {**fields, "heard": heard})
    first = next(iter(guardians), None)
    form = kind(
        guardian=str(first.id) if first else None,
        means=Means.paper,
        how=AskedHow.alone,
        paper_holder=holder,
        paper_where=gettext("Village office"),
        phone_number=first.phone if first else "",
    )
    form.guardian.choices = [
        (str(g.id), f"{g.name} · {words.label(g.relation)}") for g in guardians
    ]
    return form


def pause_form(reasons: Sequence[PauseReason]) -> Any:
    """Why a pairing pauses: the reasons this person may give."""

    class PauseForm(Form):
        reason = Choice(_l("Why it pauses"), PauseReason, *reasons)

    return PauseForm()


def close_form(pairing: Pairing, reasons: Sequence[CloseReason], *, own: bool) -> Any:
    """Why a pairing ends, who wants it (unless it is the helper's own page), and the day of the
    goodbye when the two have met."""
    met = pairing.first_meeting_on is not None

    class CloseForm(Form):
        reason = Choice(_l("Why it ends"), CloseReason, *reasons)
        if not own:
            wanted_by = Choice(_l("Who wants it?"), Wanted)
        if met:
            goodbye_on = Day(_l("Day of the goodbye"), future=True, needed=False)

    form = CloseForm()
    form.wanted = None if own else form.wanted_by.data
    form.at_once = [reason for reason in reasons if reason in AT_ONCE]
    return form


def meet_form(companion: str) -> MeetForm:
    """Today, and the person who types: most often both are right."""
    return MeetForm(met_on=clock.today(), accompanied_by=companion)


def end_form(pairing: Pairing, *, team: bool) -> EndForm:
    """The planned day, when it has come, else today. Where others of a team come on, nothing is
    asked about the need: it is theirs."""
    today = clock.today()
    planned = pairing.goodbye_on
    day = planned if planned and planned <= today else today
    if team:
        return EndForm(said_goodbye_on=day, after=NeedAfter.others)
    form = EndForm(said_goodbye_on=day)
    form.after.choices = [one for one in form.after.choices if one[0] != NeedAfter.others]
    return form
