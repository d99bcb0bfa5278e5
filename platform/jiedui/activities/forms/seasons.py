"""Opening a campaign, signing a team up, answering about help online."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField, widgets

from jiedui.activities.models import Season
from jiedui.activities.rules import SeasonKind, SeasonSaid
from jiedui.children.rules import Answer
from jiedui.core.forms import Choice, Day, Form
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.models import Helper


class Ticks(SelectMultipleField):
    """Things by number, to be ticked; none need be."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, label: Any, **kw: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, **kw)


class SeasonForm(Form):
    """The days of a campaign."""

    kind = Choice(_l("Which holidays"), SeasonKind)
    starts = Day(_l("First day of the holidays"))
    ends = Day(_l("Last day of the holidays"))
    checks_until = Day(
        _l("Closing day for sign-up and checks"),
        future=True,
        description=_l("Who is not cleared on this day meets no child in these holidays"),
    )

    def said(self) -> SeasonSaid:
        """What the form says."""
        return SeasonSaid(self.kind.data, self.checks_until.data, self.starts.data, self.ends.data)


def season_form(season: Season | None) -> SeasonForm:
    """An empty form, or one with what stands there now."""
    return SeasonForm() if season is None else SeasonForm(obj=season)


class MembersForm(Form):
    """Who of a team comes."""

    members = Ticks(_l("Who comes"))


def members_form(team: Sequence[Helper], signed: Sequence[int]) -> MembersForm:
    """Everybody of the team, with those who are signed up ticked."""
    form = MembersForm(data={"members": list(signed)})
    form.members.choices = [(one.id, f"{one.name} {one.code}") for one in team]
    return form


class OnlineForm(Form):
    """Whether somebody would help a child online in term-time."""

    answer = Choice(_l("Would you help a child online in term?"), Answer)
