"""Forms of support: narrowing the lists, marking many, one decision, an amount of the county."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import Form as PlainForm
from wtforms import SelectField, StringField

from jiedui.care.actions.support import Decision
from jiedui.care.models.support import SupportCase, SupportStandard
from jiedui.care.queries import support
from jiedui.care.queries.support import Wanted
from jiedui.care.rules.support import (
    DECIDED,
    SUPPORT_MOVES,
    EndedWhy,
    Mark,
    Per,
    RefusedWhy,
    Standard,
    Support,
    SupportState,
    Task,
    Way,
    done_at_once,
    newest_rule,
)
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, Text, VersionTicks, Yuan, yuan_of
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions.models import Region


class FilterForm(PlainForm):
    """Which list of the work, and what it is narrowed to; stands in the address."""

    task = StringField()
    region = SelectField(_l("Region"), validate_choice=False)
    code = SelectField(_l("Support"), validate_choice=False, coerce=member_or_none(Support))

    def offer(self, areas: Iterable[Region]) -> None:
        """What can be chosen."""
        rows = [(str(area.id), area.full_name) for area in areas]
        self.region.choices = [("", gettext("All")), *rows]
        listed = [c for c in Support if newest_rule(c).kind is not Way.itself]
        self.code.choices = [("", gettext("All")), *words.choices(Support, *listed)]

    def wanted(self) -> Wanted:
        """What is asked for; an unknown list is the first."""
        task = Task(self.task.data) if self.task.data in set(Task) else Task.claim
        region = self.region.data or ""
        return Wanted(task, self.code.data, int(region) if region.isdecimal() else None)


class MarkForm(Form):
    """Which of a list, and on which day."""

    cases = VersionTicks(_l("Ticked lines"), nothing=_l("No line is ticked yet"))
    on = Day(_l("On which day"), past=True, default=clock.today)

    @property
    def said(self) -> Mark:
        """What the pressed button says."""
        act = request.form.get("act", "")
        return Mark(act) if act in set(Mark) else Mark.told


def mark_form(cases: Iterable[SupportCase], *, all_ticked: bool = False) -> MarkForm:
    """The form for these; nothing is ticked unless it was asked for."""
    values = [f"{one.id}-{one.version}" for one in cases]
    form = MarkForm(data={"cases": values if all_ticked else [], "on": clock.today()})
    form.cases.choices = [(value, value) for value in values]
    return form


class DecideForm(Form):
    """One decision: what, on which day, and what goes with it."""

    state = Choice(_l("What was decided?"), SupportState)
    on = Day(_l("On which day"), past=True, default=clock.today)
    starts = Day(
        _l("Given from"), needed=False, description=_l("Empty: as the law has it (see beside)")
    )
    amount = Yuan(
        _l("Amount in yuan a month"),
        needed=False,
        description=_l("For this child. Empty: the county's standard, where there is one"),
    )
    refused_why = Choice(_l("Why refused"), RefusedWhy, needed=False)
    ended_why = Choice(_l("Why it ends"), EndedWhy, needed=False)

    def said(self) -> Decision:
        """The decision; what does not go with it is left out."""
        state = self.state.data
        granted, refused = state is SupportState.granted, state is SupportState.refused
        return Decision(
            state=state,
            on=self.on.data,
            starts=self.starts.data if granted else None,
            amount_fen=self.amount.fen if granted else None,
            refused_why=self.refused_why.data if refused else None,
            ended_why=self.ended_why.data if state is SupportState.ended else None,
        )


def decide_form(one: SupportCase, **kw: Any) -> DecideForm:
    """The form for what may follow now; formdata=None ignores what was sent."""
    amount = yuan_of(one.amount_fen) if one.amount_fen is not None else ""
    data = {"version": str(one.version), "amount": amount, "on": clock.today()}
    if one.state is SupportState.granted:
        data |= {"starts": one.granted_from}
    form = DecideForm(data=data, **kw)
    form.state.choices = words.choices(SupportState, *may_follow(one))
    return form


def may_follow(one: SupportCase) -> list[SupportState]:
    """What can be decided now."""
    after = SUPPORT_MOVES.table[one.state] & DECIDED
    asked = one.state in (SupportState.applied, SupportState.granted)
    if not asked and not done_at_once(newest_rule(one.code)):
        return []
    return [state for state in SupportState if state in after]


class StandardForm(Form):
    """What the county gives from a day on."""

    code = Choice(
        _l("Which support"),
        Support,
        *(one for one in Support if one in support.WITH_AMOUNT),
    )
    starts = Day(_l("Holds from"))
    amount = Yuan(_l("Amount in yuan"))
    per = Choice(_l("For how long"), Per, default=Per.month)
    source = Text(
        _l("Where it is written"),
        longest=200,
        description=_l("Number and title of the paper, so that others can look it up"),
    )

    def said(self) -> Standard:
        """The amount as it is to stand."""
        return Standard(
            self.code.data,
            self.starts.data,
            self.amount.fen or 0,
            self.per.data,
            self.source.data,
        )


def standard_form(row: SupportStandard | None = None, **kw: Any) -> StandardForm:
    """The form for a new amount, or for one to be put right."""
    if row is None:
        return StandardForm(**kw)
    data = {
        "code": row.code,
        "starts": row.starts,
        "amount": yuan_of(row.fen),
        "per": row.per,
        "source": row.source,
        "version": str(row.version),
    }
    form = StandardForm(data=data, **kw)
    form.code.choices = words.choices(Support, row.code)
    return form
