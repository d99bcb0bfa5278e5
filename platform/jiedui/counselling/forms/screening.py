"""The form by which a counsellor keeps a school's screening."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField

from jiedui.core.forms import Day, Form, LongText, Number, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.actions.screening import ScreeningSaid
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind


class ScreeningForm(Form):
    """School, day, instrument and a list typed or pasted from a sheet."""

    school = SelectField(_l("School"), coerce=int)
    on_day = Day(_l("Day"), past=True)
    instrument = Text(_l("By which questionnaire"), longest=80, description=_l("Its name in words"))
    pupils = Number(_l("Pupils screened in all"), least=1, most=20_000)
    lines = LongText(
        _l("Pupils who are on file"),
        needed=True,
        longest=60_000,
        description=_l(
            "One a line: file number or identity number, a blank, then"
            " none, watch, counsellor or urgent; so: C-0129 watch"
        ),
    )

    def __init__(self, county_id: int, **kw: Any) -> None:
        super().__init__(**kw)
        units = partners.units(county_id, UnitKind.school)
        self.school.choices = [(unit.id, unit.name) for unit in units]

    def said(self) -> ScreeningSaid:
        """What the form says."""
        return ScreeningSaid(
            unit_id=self.school.data,
            on_day=self.on_day.data,
            instrument=self.instrument.data,
            pupils=self.pupils.data,
            lines=self.lines.data or "",
        )
