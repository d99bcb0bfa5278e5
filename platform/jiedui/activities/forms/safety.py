"""Forms of school safety: an inspection with a row an item, what was done, the second look,
patrols, equipment, the county's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, FileField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from jiedui.activities.rules.safety import (
    Area,
    Gear,
    Item,
    Mark,
    PatrolKind,
    PatrolRemark,
    PatrolSaid,
    Seen,
)
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Choices, Clock, Day, Form, Number, SharedLine, required
from jiedui.core.i18n import lazy_gettext as _l

UNSEEN = ""


@dataclass(frozen=True)
class Part:
    """An area as the form shows it: the tick for all the rest, and each item with its fields for
    the mark and for what is wrong."""

    area: Area
    rest: Any
    items: list[tuple[Item, Any, Any]]

    @property
    def left(self) -> int:
        """How many items nothing is said of yet."""
        return 0 if self.rest.data else sum(not mark.data for _item, mark, _said in self.items)

    @property
    def open(self) -> bool:
        """Whether something stands there that is to be seen at once."""
        return any(mark.data or said.data or said.errors for _item, mark, said in self.items)


class InspectionForm(Form):
    """A walk through a school; items are added by inspection_form."""

    on_day = Day(_l("Day of the inspection"))

    def parts(self) -> list[Part]:
        """What is looked at, area by area."""
        return [
            Part(
                area,
                self[f"rest_{area.name}"],
                [(i, self[f"mark_{i.name}"], self[f"words_{i.name}"]) for i in items],
            )
            for area, items in self.areas.items()  # type: ignore[attr-defined]
        ]

    def seen(self) -> list[Seen]:
        """What was marked; items that were not looked at are left out. Where the rest of a part is
        said to be in order, it was looked at."""
        found = []
        for part in self.parts():
            for item, mark, said in part.items:
                if mark.data in set(Mark):
                    found.append(Seen(item, Mark(mark.data), said.data or ""))
                elif part.rest.data:
                    found.append(Seen(item, Mark.fine))
        return found


def inspection_form(areas: Mapping[Area, Sequence[Item]]) -> InspectionForm:
    """The form for what the county looks at."""
    fields: dict[str, Any] = {"areas": areas}
    for area, items in areas.items():
        fields[f"rest_{area.name}"] = BooleanField(_l("In order, all that is not marked below"))
        for item in items:
            label = words.label_of(item)
            fields[f"mark_{item.name}"] = SelectField(
                label,
                default=UNSEEN,
                validate_choice=False,
                choices=lambda: [(UNSEEN, _l("not looked at")), *words.choices(Mark)],
            )
            fields[f"words_{item.name}"] = StringField(
                _l("What is wrong there"),
                [Optional(), Length(max=200, message=_l("At most %(max)d characters"))],
            )
    made: type[InspectionForm] = type("InspectionOfCounty", (InspectionForm,), fields)
    return made()


class FixForm(Form):
    """What the school did."""

    words = SharedLine(_l("What the school did"), longest=200)
    on_day = Day(_l("Put right on"))


class FixPictureForm(Form):
    """One picture of what is put right."""

    file = FileField(_l("Picture of the place"))
    without_children = BooleanField(_l("I have looked: no child is to be seen on this picture"))


class LookForm(Form):
    """Somebody else looks again."""

    well = RadioField(
        _l("How is it now?"),
        [required(_l("Please choose one"))],
        choices=lambda: [
            ("yes", _l("Well: it can be closed")),
            ("no", _l("Not yet: the time begins anew")),
        ],
    )
    words = SharedLine(_l("What was seen"), needed=False, longest=200)


class PatrolForm(Form):
    """One patrol."""

    kind = Choice(_l("What for"), PatrolKind)
    on_day = Day(_l("Day"))
    begun = Clock(_l("Time"))
    remark = Choice(_l("What it met"), PatrolRemark)

    def said(self) -> PatrolSaid:
        """What was filled in."""
        at = clock.at(self.on_day.data, self.begun.data.hour, self.begun.data.minute)
        return PatrolSaid(at, self.kind.data, self.remark.data)


class GearForm(Form):
    """Equipment of one kind."""

    kind = Choice(_l("Kind"), Gear)
    quantity = Number(_l("How many"), least=0, most=9999)
    checked_until = Day(_l("Checked until"), future=True)


class ItemsForm(Form):
    """What a county's inspections look at."""

    items = Choices(_l("What is looked at"), Item)
