"""The picker of places: type, look, choose; it works by reloads alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import StringField
from wtforms.validators import StopValidation

from jiedui.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Spot:
    """One place in a picker: what is sent, its name, and what it lies in."""

    value: str
    name: str
    within: str


class PlaceField(StringField):
    """Choosing a place: type, look, choose. A room's subclass says where places come from.

    `data` is the chosen thing itself (or None), `text` what was typed, `found` what it may mean.
    """

    def __init__(self, label: Any, *, needed: bool = True, **kw: Any) -> None:
        self.needed = needed
        self.text = ""
        self.chosen: Spot | None = None
        self.found: list[Spot] = []
        super().__init__(label, **kw)

    def look(self, text: str) -> list[Any]:
        """Things by name."""
        raise NotImplementedError

    def get(self, value: str) -> Any | None:
        """The thing with this value, if this person may choose it."""
        raise NotImplementedError

    def spot(self, thing: Any) -> Spot:
        """How a thing is shown."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, data if data is not None else self.default)
        self.chosen = self.spot(self.data) if self.data is not None else None
        if formdata is not None:
            self._read(formdata)

    def start_with(self, thing: Any) -> None:
        """What is chosen before the person does anything (a director's only village)."""
        if self.data is None and not self.text and request.method == "GET":
            self.data, self.chosen = thing, self.spot(thing)

    def _read(self, formdata: Any) -> None:
        self.text = (formdata.get(f"{self.name}_text") or "").strip()
        value = formdata.get(self.name) or ""
        self.data = self.get(value) if value else None
        if self.data is None and self.text:
            things = self.look(self.text)
            self.found = [self.spot(t) for t in things]
            self.data = things[0] if len(things) == 1 else None
        if formdata.get("act") == f"change-{self.name}":
            self.data, self.text, self.found = None, "", []
        self.chosen = self.spot(self.data) if self.data is not None else None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            return
        if not self.text:
            if self.needed:
                raise StopValidation(str(_l("Please look a place up and choose it")))
            return
        if not self.found:
            text = str(_l("No place called “%(name)s” in your area"))
            raise StopValidation(text % {"name": self.text})
        text = str(_l("“%(name)s” fits %(n)d places: please choose one below"))
        raise StopValidation(text % {"name": self.text, "n": len(self.found)})
