"""Somebody a sheet names: found by the identity number, else by telephone and name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jiedui.helpers import queries
from jiedui.helpers.queries import Meant
from jiedui.helpers.rules import HelperState, ListFault


@dataclass(frozen=True)
class Named:
    """How a row names somebody."""

    name: str
    index: str | None  # blind index of the identity number
    phone: str | None


class Finder:
    """The helpers of a county by number, and by telephone: those of a region, or of a unit."""

    def __init__(self, county_id: int, path: str, unit_id: int | None = None) -> None:
        self.county_id, self.path, self.unit_id = county_id, path, unit_id
        self._by_index: dict[str, Meant] = {}
        self._by_phone: dict[str, list[Meant]] | None = None

    def look(self, indexes: Collection[str]) -> None:
        """Have ready those with these blind indexes."""
        new = set(indexes) - self._by_index.keys()
        if new:
            self._by_index |= queries.by_indexes(self.county_id, new)

    def find(self, named: Named) -> Meant | tuple[str, ListFault]:
        """Who is meant; else which of the two (`id_number`, `phone`) or the `name` does not fit,
        and why."""
        if named.index is None and named.phone is None:
            return "id_number", ListFault.number_or_phone
        by = "id_number" if named.index else "phone"
        found = self._named(named)
        if not found:
            return by, ListFault.unknown
        if len(found) > 1:
            return by, ListFault.several
        one = found[0]
        if not self._mine(one):
            return by, ListFault.known_elsewhere
        if one.name != named.name:
            return "name", ListFault.name_differs
        return ("name", ListFault.gone) if one.state is HelperState.withdrawn else one

    def _named(self, named: Named) -> list[Meant]:
        if named.index is not None:
            one = self._by_index.get(named.index)
            return [one] if one else []
        same = self._phones().get(named.phone or "", [])
        return [one for one in same if one.name == named.name] or same

    def _mine(self, one: Meant) -> bool:
        if self.unit_id is not None:
            return one.unit_id == self.unit_id
        return one.path.startswith(self.path)

    def _phones(self) -> dict[str, list[Meant]]:
        if self._by_phone is None:
            self._by_phone = {}
            for one in queries.reachable(self.county_id):
                if self._mine(one):
                    self._by_phone.setdefault(one.phone, []).append(one)
        return self._by_phone
