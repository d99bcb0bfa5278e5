"""Forms of screening: a mark, the number of other houses, the walking order."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField

from jiedui.care.rules.screening import MOST_HOUSES, renumbered
from jiedui.care.rules.visits import HomeFound
from jiedui.core.forms import Choice, Form, Number
from jiedui.core.i18n import lazy_gettext as _l


class MarkForm(Form):
    """How a house was found; each answer is a button."""

    outcome = Choice(_l("Whom did you find?"), HomeFound)


class OthersForm(Form):
    """How many other houses were asked."""

    houses = Number(
        _l("Other houses asked, without such a child"),
        least=0,
        most=MOST_HOUSES,
        description=_l("The number so far this quarter"),
    )


class Numbers(SelectMultipleField):
    """Whole numbers, one for each line of a list."""

    def __init__(self, label: Any = None, **kw: Any) -> None:
        super().__init__(label, coerce=int, validate_choice=False, choices=(), **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = [int(value) for value in valuelist]
        except ValueError:
            self.data = []
            raise ValueError(str(_l("Write whole numbers: 1, 2, 3 …"))) from None


class OrderForm(Form):
    """The number of each house in the order in which one walks."""

    homes = Numbers()
    places = Numbers(_l("Order"))

    def order(self) -> list[int]:
        """The houses as they were numbered."""
        homes, places = self.homes.data or [], self.places.data or []
        if len(homes) != len(places):
            return []
        return renumbered(homes, places)
