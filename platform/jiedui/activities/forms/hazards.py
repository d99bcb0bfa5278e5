"""Entering a water hazard, and what somebody saw at one."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, FloatField, SelectField
from wtforms.validators import NumberRange, Optional

from jiedui.access.guard import actor
from jiedui.access.rules import Role
from jiedui.activities.models import WaterHazard
from jiedui.activities.queries import hazards as queries
from jiedui.activities.rules.hazards import HazardSaid, Water
from jiedui.core.forms import Choice, Form, SharedLine, required
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners.forms import OwnVillageField
from jiedui.regions import queries as regions


def own_village() -> Any:
    """A director's own village; nothing for others, who say which."""
    who = actor()
    return regions.at(who.scope) if who.role is Role.child_director else None


def _number(value: Any) -> int | None:
    return int(value) if value else None


class HazardForm(Form):
    """A place at which a child could drown."""

    region = OwnVillageField(_l("In which village or community"))
    kind = Choice(_l("What kind of water"), Water)
    name = SharedLine(
        _l("Where it is"), longest=60, description=_l("For example: pond behind the mill")
    )
    latitude = FloatField(
        _l("Latitude"),
        [Optional(), NumberRange(-90, 90, _l("Degrees from %(min)s to %(max)s"))],
        description=_l("From a map, if it is at hand; else the village counts"),
    )
    longitude = FloatField(
        _l("Longitude"), [Optional(), NumberRange(-180, 180, _l("Degrees from %(min)s to %(max)s"))]
    )
    keeper = SelectField(
        _l("Who looks after it"), [required(_l("Please choose one"))], coerce=_number,
        description=_l("The village's director or the township's supervisor"),
    )  # fmt: skip
    sign = BooleanField(_l("A warning sign stands there"))
    fence = BooleanField(_l("A fence or cover keeps children off"))

    def said(self) -> HazardSaid:
        """What the form says."""
        return HazardSaid(
            region_id=self.region.data.id,
            kind=self.kind.data,
            name=self.name.data,
            keeper_id=self.keeper.data,
            sign=bool(self.sign.data),
            fence=bool(self.fence.data),
            latitude=self.latitude.data,
            longitude=self.longitude.data,
        )


def hazard_form(one: WaterHazard | None) -> HazardForm:
    """An empty form, for a director of the own village, or one with what stands there now."""
    who = actor()
    known = queries.keepers_within(who)
    if one is None:
        mine = who.account_id if who.account_id in known else None
        form = HazardForm(data={"region": own_village(), "keeper": mine})
    else:
        form = HazardForm(obj=one, keeper=one.keeper_id)
    form.keeper.choices = [("", "–"), *known.items()]
    return form


class LookForm(Form):
    """What somebody saw at a hazard today."""

    sign = BooleanField(_l("A warning sign stands there"))
    fence = BooleanField(_l("A fence or cover keeps children off"))
