"""What all forms share, and the fields that several rooms need."""

from __future__ import annotations

from jiedui.core.forms.base import REQUIRED, Form, required, strip
from jiedui.core.forms.choices import WEEK, Choice, Choices, Slots, slot_numbers
from jiedui.core.forms.money import Yuan, yuan_of
from jiedui.core.forms.places import PlaceField, Spot
from jiedui.core.forms.shared import SharedLine, SharedText
from jiedui.core.forms.text import Day, IdNumber, LongText, Number, Phone, Text
from jiedui.core.forms.ticks import VersionTicks
from jiedui.core.forms.times import Clock

__all__ = [
    "REQUIRED",
    "WEEK",
    "Choice",
    "Choices",
    "Clock",
    "Day",
    "Form",
    "IdNumber",
    "LongText",
    "Number",
    "Phone",
    "PlaceField",
    "SharedLine",
    "SharedText",
    "Slots",
    "Spot",
    "Text",
    "VersionTicks",
    "Yuan",
    "required",
    "slot_numbers",
    "strip",
    "yuan_of",
]
