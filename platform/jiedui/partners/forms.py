"""Forms for units and places, and the picker by which other rooms choose a place."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, FloatField, SelectField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from jiedui.access.guard import actor
from jiedui.core import words
from jiedui.core.forms import (
    Choice,
    Choices,
    Form,
    LongText,
    Number,
    Phone,
    PlaceField,
    Slots,
    Spot,
    Text,
)
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners import queries
from jiedui.partners.models import Place, PlaceKeeper, PlaceProfile
from jiedui.partners.rules import (
    MAY_APPLY,
    Applied,
    Keeper,
    NewPlace,
    NewUnit,
    NotTaken,
    PartnerRefusal,
    PlaceKind,
    PlaceSaid,
    PlaceUse,
    UnitKind,
    read_things,
    written_things,
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


class MemberForm(Form):
    """One of the unit's people."""

    name = Text(_l("Name"), longest=30)
    phone = Phone(_l("Mobile number"))


class PlaceFilter(Form):
    """Which places of the register are shown; all conditions stand in the address."""

    class Meta(Form.Meta):
        csrf = False

    township = SelectField(_l("Township"), coerce=int, validate_choice=False)
    kind = SelectField(_l("Kind"), validate_choice=False)
    use = SelectField(_l("What it is for"), validate_choice=False)

    def __init__(self, known: list[Region], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.township.choices = [(0, _l("Whole county")), *((t.id, t.name) for t in known)]
        self.kind.choices = [("", _l("All kinds")), *words.choices(PlaceKind)]
        self.use.choices = [("", _l("For anything")), *words.choices(PlaceUse)]


class PlaceProfileForm(Form):
    """What is told of a place."""

    uses = Choices(_l("What is it for?"), PlaceUse)
    slots = Slots(_l("When is it open?"), needed=False)
    capacity = Number(_l("Children it holds"), needed=False, least=1, most=5000)
    things = LongText(
        _l("What is there"),
        longest=1500,
        description=_l("A line a thing: what it is, then how many. For example: Books 200"),
    )
    keeper_account = SelectField(
        _l("Person in charge"), coerce=int, default=0, validators=[Optional()]
    )
    keeper_name = Text(_l("Name"), needed=False, longest=30)
    keeper_phone = Phone(_l("Telephone number"), needed=False, mobile=False)

    def __init__(self, place: Place, **kw: Any) -> None:
        super().__init__(**kw)
        near = queries.near_people(place)
        people = [(h.account_id, f"{h.account.name} ({words.label(h.role)})") for h in near]
        self.keeper_account.choices = [(0, _l("Nobody in this list")), *people]

    def validate_things(self, field: LongText) -> None:
        """Each line must be read."""
        _found, wrong = read_things(field.data or "")
        if wrong is not None:
            raise ValidationError(words.label(PartnerRefusal.thing_unread, line=wrong))

    def said(self) -> PlaceSaid:
        """What was filled in."""
        things, _wrong = read_things(self.things.data or "")
        return PlaceSaid(
            uses=frozenset(self.uses.data or ()),
            slots=frozenset(self.slots.data or ()),
            capacity=self.capacity.data,
            things=things,
            keeper=Keeper(
                self.keeper_account.data or None,
                self.keeper_name.data or "",
                self.keeper_phone.data or "",
            ),
        )


def profile_form(
    place: Place, profile: PlaceProfile | None, keeper: PlaceKeeper | None
) -> PlaceProfileForm:
    """The form with what is told of the place today."""
    known: dict[str, Any] = {"version": "0"}
    if profile is not None:
        known = {
            "version": str(profile.version),
            "uses": [one.use for one in profile.uses],
            "slots": [one.slot for one in profile.slots],
            "capacity": profile.capacity,
            "things": written_things((one.name, one.quantity) for one in profile.things),
        }
    if keeper is not None:
        known |= {
            "keeper_account": keeper.account_id or 0,
            "keeper_name": keeper.name,
            "keeper_phone": keeper.phone,
        }
    return PlaceProfileForm(place, data=known)


class PlacePictureForm(Form):
    """One picture of a place."""

    file = FileField(_l("Picture of the place"))
    without_children = BooleanField(_l("I have looked: no child is to be seen on this picture"))
