"""Forms in which the office narrows its list and records what was found."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, SelectMultipleField, widgets

from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.queries import Wanted
from jiedui.helpers.rules import Gate, HelperKind, HelperState, Outcome
from jiedui.regions import queries as regions

CLEARED, NOT_CLEARED = "cleared", "not cleared"


class FilterForm(Form):
    """What a list of helpers is narrowed to; asked by GET, so no names here."""

    status = SelectField(_l("State"))
    gate = SelectField(_l("Waits at"))
    kind = SelectField(_l("Kind"))
    township = SelectField(_l("Township"))

    def __init__(self, args: Any, scope: str) -> None:
        super().__init__(args, meta={"csrf": False})
        anything = [("", _l("All"))]
        states = words.choices(HelperState, HelperState.suspended, HelperState.withdrawn)
        self.status.choices = [
            *anything, (CLEARED, _l("Cleared")), (NOT_CLEARED, _l("Not cleared yet")), *states,
        ]  # fmt: skip
        self.gate.choices = anything + words.choices(Gate)
        self.kind.choices = anything + words.choices(HelperKind)
        self.township.choices = anything + [(t.path, t.name) for t in regions.townships(scope)]

    def wanted(self) -> Wanted:
        """The conditions; anything unknown is no condition."""
        status, gate, kind = self.status.data, self.gate.data, self.kind.data
        known = {value for value, _words in self.township.choices or ()}
        state = HelperState(status) if status in set(HelperState) else None
        if status == NOT_CLEARED:
            state = HelperState.registered
        return Wanted(
            cleared={CLEARED: True, NOT_CLEARED: False}.get(status or ""),
            state=state,
            gate=Gate(gate) if gate in set(Gate) else None,
            kind=HelperKind(kind) if kind in set(HelperKind) else None,
            township=self.township.data if self.township.data in known else None,
        )

    def chosen(self) -> dict[str, str]:
        """The conditions as they stand in an address."""
        fields = (self.status, self.gate, self.kind, self.township)
        return {f.short_name: f.data for f in fields if f.data in {v for v, _w in f.choices if v}}

    def words_of(self, name: str) -> str:
        """What a chosen condition says to the reader."""
        field = self._fields[name]
        return next(str(said) for value, said in field.choices if value == field.data)


class FoundForm(Form):
    """When, until when, by whom: what every finding says."""

    done_on = Day(_l("On which day?"), past=True)

    def start(self) -> None:
        """Today, unless another day is said."""
        if self.done_on.data is None and not self.is_submitted():
            self.done_on.data = clock.today()


class FindingForm(FoundForm):
    """What was found at one gate of one helper."""

    outcome = Choice(_l("What was found?"), Outcome)
    authority = Text(_l("Which authority answered?"), needed=False, longest=80)
    valid_until = Day(_l("Valid until"), needed=False, future=True)


class TogetherForm(FoundForm):
    """The same finding for everybody on the page."""

    authority = Text(_l("Who held it, or where was it looked at?"), needed=False, longest=80)


class ListForm(Form):
    """A new list for the police."""

    authority = Text(
        _l("Which police office is asked?"),
        longest=80,
        description=_l("It stands as the addressee on the letter"),
    )


class CredentialForm(Form):
    """How a paper was found that somebody showed."""

    outcome = Choice(_l("What was found?"), Outcome)
    expires = Day(
        _l("Valid until"), needed=False, description=_l("Empty when the paper has no last day")
    )


class ReplyForm(FoundForm):
    """The answer of the police for a whole list."""

    authority = Text(_l("Which authority answered?"), longest=80)
    bad = SelectMultipleField(
        _l("For whom was something found?"),
        coerce=int,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        description=_l("Tick nobody when all are in order"),
    )
