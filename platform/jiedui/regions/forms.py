"""The village picker: type a name or pinyin, look it up, choose one."""

from __future__ import annotations

from typing import Any

from jiedui.core.forms import PlaceField, Spot
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions import queries
from jiedui.regions.models import Region


class VillageField(PlaceField):
    """A village within a scope. `scope` is set by the form (a path; "" is the whole
    installation); `data` is the Region."""

    scope = ""

    def __init__(self, label: Any = None, **kw: Any) -> None:
        super().__init__(label or _l("Village or community"), **kw)

    def look(self, text: str) -> list[Region]:
        """Villages by name, pinyin or township."""
        return queries.find_villages(text, self.scope)

    def get(self, value: str) -> Region | None:
        """A village in scope by id."""
        return queries.village(int(value), self.scope) if value.isdigit() else None

    def spot(self, thing: Region) -> Spot:
        """A village with its township below it."""
        return Spot(str(thing.id), thing.name, thing.parent.name if thing.parent else "")


class DivisionField(VillageField):
    """A county, township or village within a scope: where a role is held."""

    def look(self, text: str) -> list[Region]:
        """Divisions of any level by name or pinyin."""
        return queries.find_divisions(text, self.scope)

    def get(self, value: str) -> Region | None:
        """A division in scope by id."""
        return queries.division(int(value), self.scope) if value.isdigit() else None
