"""Forms for units and places, and the picker by which other rooms choose a place."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FloatField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from jiedui.access.guard import actor
from jiedui.core.forms import Choice, Form, Phone, PlaceField, Spot, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners import queries
from jiedui.partners.models import Place
from jiedui.partners.rules import (
    MAY_APPLY,
    Applied,
    NewPlace,
    NewUnit,
    NotTaken,
    PlaceKind,
    UnitKind,
)
from jiedui.regions import geocoding
from jiedui.regions import queries as regions
from jiedui.regions.forms import VillageField
from jiedui.regions.models import Region


class PlacePicker(PlaceField):
    """A Children's Home, school or other open place. `scope` is a path that the form sets ("" is
    the whole installation); `data` is the Place."""

    scope = ""

    def __init__(self, label: Any = None, **kw: Any) -> None:
        super().__init__(label or _l("Children's Home, school or other place"), **kw)

    def look(self, text: str) -> list[Place]:
        """Places by name, village or township."""
        return queries.find_places(text, self.scope)

    def get(self, value: str) -> Place | None:
        """An open place in scope by id."""
        return queries.place(int(value), self.scope) if value.isdigit() else None

    def spot(self, thing: Place) -> Spot:
        """A place with its village below it."""
        return Spot(str(thing.id), thing.name, thing.region.full_name)


class OwnVillageField(VillageField):
    """A village within reach of whoever is signed in."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """The region of the role, or the county where the role belongs to a unit."""
        return queries.reach(actor())


class UnitForm(Form):
    """A unit that takes part."""

    kind = Choice(_l("Kind"), UnitKind)
    name = Text(_l("Name of the unit"), longest=80)
    region = OwnVillageField(_l("Village or community of its seat"))
    credit_code = Text(
        _l("Unified social credit code"),
        needed=False,
        longest=24,
        description=_l("18 characters; a team without a code leaves it empty"),
    )
    recording = BooleanField(
        _l("Set as a recording unit"),
        description=_l("Its volunteers get a certificate of voluntary service under its name"),
    )
    open = BooleanField(_l("Takes part at present"), default=True)

    def said(self) -> NewUnit:
        """What was filled in."""
        return NewUnit(
            kind=self.kind.data,
            name=self.name.data,
            region_id=self.region.data.id,
            credit_code=self.credit_code.data or None,
            recording=self.recording.data,
            open=self.open.data,
        )


class ApplyForm(Form):
    """A unit that registers itself."""

    kind = Choice(_l("What kind of unit is it?"), UnitKind, *MAY_APPLY)
    name = Text(_l("Name of the unit"), longest=80, description=_l("As on its licence"))
    credit_code = Text(
        _l("Unified social credit code"),
        needed=False,
        longest=24,
        description=_l("18 characters, on the licence; a team without one leaves it empty"),
    )
    region = VillageField(_l("Village or community of its seat"))
    contact = Text(_l("Who speaks for the unit"), longest=40)
    phone = Phone(_l("Mobile number of this person"))
    wants = Text(
        _l("What the unit would like to do"),
        needed=False,
        longest=200,
        description=_l("For example: 20 employees for a Saturday, books, school bags, a tutor"),
    )

    def said(self) -> Applied:
        """What was filled in."""
        unit = NewUnit(
            kind=self.kind.data,
            name=self.name.data,
            region_id=self.region.data.id,
            credit_code=self.credit_code.data or None,
        )
        return Applied(unit, self.contact.data, self.phone.data, self.wants.data or "")


class TakeInForm(Form):
    """An office takes a unit in."""

    seen = BooleanField(
        _l("I have seen its licence or certificate, and it agrees with what stands here")
    )


class TurnDownForm(Form):
    """An office does not take a unit in."""

    reason = Choice(_l("Why not"), NotTaken)


class PlaceForm(Form):
    """A place where help happens."""

    kind = Choice(_l("Kind"), PlaceKind)
    name = Text(_l("Name of the place"), longest=80, description=_l("As people call it"))
    region = OwnVillageField()
    unit_id = SelectField(_l("Unit it belongs to"), coerce=int, default=0, validators=[Optional()])
    latitude = FloatField(_l("Latitude"), [Optional(), NumberRange(-90, 90)])
    longitude = FloatField(_l("Longitude"), [Optional(), NumberRange(-180, 180)])
    spot = StringField()  # "latitude,longitude" of what was chosen among several
    open = BooleanField(_l("Open at present"), default=True)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        known = queries.units(actor().county_id)
        self.unit_id.choices = [(0, _l("None"))] + [(u.id, u.name) for u in known]
        degrees = (self.spot.data or "").split(",")
        if len(degrees) == 2:
            self._lies_at(*degrees)

    def find_position(self) -> geocoding.Found:
        """Look for the position by village and name, and fill it in when it is sure."""
        village: Region | None = self.region.data
        name = self.name.data or ""
        text = f"{village.full_name} {name}" if village else name
        found = geocoding.find(text, regions.get(actor().county_id))
        if isinstance(found, geocoding.Sure):
            self._lies_at(str(found.at.latitude), str(found.at.longitude))
        return found

    def _lies_at(self, latitude: str, longitude: str) -> None:
        """As if these degrees had been typed."""
        for field, typed in ((self.latitude, latitude), (self.longitude, longitude)):
            field.process(MultiDict({field.name: typed}))

    def said(self) -> NewPlace:
        """What was filled in."""
        return NewPlace(
            kind=self.kind.data,
            name=self.name.data,
            region_id=self.region.data.id,
            unit_id=self.unit_id.data or None,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            open=self.open.data,
        )
