"""A row of a list of people who want to help: what it says, and what that makes of somebody new or
of somebody who is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jiedui.core import clock
from jiedui.core.resident_id import ResidentId
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import (
    CAPACITY_MOST,
    CredentialKind,
    HelperKind,
    HelperRefusal,
    HelpKind,
    Language,
    ListFault,
    Mode,
    Offer,
    Paper,
    Period,
    Registration,
    Stage,
    Subject,
    Travel,
)
from jiedui.intake.exchange import Today, Value, Values, Villages, load, read_cells
from jiedui.intake.rules import IntakeFault, Problem
from jiedui.partners import queries as partners
from jiedui.partners.models import Unit

LIST = load(Path(__file__).resolve().parents[1] / "data" / "list.toml")
KM_MOST = 200
SETS: Mapping[str, type[Any]] = {
    "offers": HelpKind,
    "subjects": Subject,
    "stages": Stage,
    "languages": Language,
    "modes": Mode,
}
PLAIN = ("max_km", "capacity", "national_number", "about")
# Where a rule's word for a field differs from the sheet's.
BESIDE = {"unit_id": "unit", "periods": "slots"}


class Reach:
    """Whose list it is: where its people live, and the units that may stand in it."""

    def __init__(self, path: str, county_id: int, unit_id: int | None, holder: str) -> None:
        self.path, self.unit_id, self.holder = path, unit_id, holder
        self.villages = Villages(path, LIST)
        self.own: Unit | None = partners.get_unit(unit_id) if unit_id is not None else None
        known = partners.units(county_id) if unit_id is None else []
        self.units = {unit.name: unit.id for unit in known}

    def has(self, helper: Helper) -> bool:
        """Whether somebody known may stand in this list: of the unit, or of the area."""
        if self.unit_id is not None:
            return helper.unit_id == self.unit_id
        return helper.village.path.startswith(self.path)


@dataclass(frozen=True)
class ListRow:
    """What a row says, and what is wrong with it; `offer` are the fields of an offer it names."""

    values: Values
    problems: tuple[Problem, ...]
    offer: Mapping[str, Any] = field(default_factory=dict)

    @property
    def who(self) -> ResidentId | None:
        """The identity number, where it is one."""
        said = self.values.get("id_number")
        return said if isinstance(said, ResidentId) else None


def read_list(cells: Mapping[str, str], today: Today, reach: Reach) -> ListRow:
    """Read every cell of a row; nobody is registered who has not agreed to it."""
    values, problems = read_cells(cells, LIST, today)
    faulty = {one.field for one in problems}
    if "consent" not in faulty and values.get("consent") != "yes":
        problems.append(Problem("consent", ListFault.no_consent))
    who = values.get("id_number")
    if isinstance(who, ResidentId) and values.get("sex") not in (None, who.sex.value):
        problems.append(Problem("sex", IntakeFault.sex_differs))
    offer = _offer(values)
    _bounds(offer, problems)
    _place(values, reach, offer, problems)
    _unit(values, reach, offer, problems)
    return ListRow(values, tuple(problems), offer)


def _offer(values: Values) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: frozenset(kind(one) for one in _several(values.get(name)))
        for name, kind in SETS.items()
        if values.get(name)
    }
    if values.get("slots"):
        groups = _several(values["slots"])
        said["slots"] = frozenset(int(n) for group in groups for n in group.split())
    if values.get("travel"):
        said["travel"] = Travel(str(values["travel"]))
    return said | {name: values[name] for name in PLAIN if values.get(name) is not None}


def _several(value: Value) -> Iterable[str]:
    return value if isinstance(value, frozenset) else ()


def _bounds(offer: dict[str, Any], problems: list[Problem]) -> None:
    for name, most in (("capacity", CAPACITY_MOST), ("max_km", KM_MOST)):
        if not 1 <= offer.get(name, 1) <= most:
            problems.append(Problem(name, ListFault.out_of_bounds, {"most": most}))


def _place(values: Values, reach: Reach, offer: dict[str, Any], problems: list[Problem]) -> None:
    name = values.get("village")
    if not isinstance(name, str):
        return
    found = reach.villages.find(str(values.get("township") or ""), name)
    if isinstance(found, IntakeFault):
        problems.append(Problem("village", found))
    else:
        offer["village_id"] = found.id


def _unit(values: Values, reach: Reach, offer: dict[str, Any], problems: list[Problem]) -> None:
    """A unit's own list is of its own people."""
    name = values.get("unit")
    if reach.own is not None:
        offer["unit_id"] = reach.own.id
        if name not in (None, reach.own.name):
            problems.append(Problem("unit", ListFault.other_unit))
    elif isinstance(name, str):
        offer["unit_id"] = reach.units.get(name)
        if offer["unit_id"] is None:
            problems.append(Problem("unit", ListFault.no_such_unit))


def registration(row: ListRow, reach: Reach) -> Registration:
    """Somebody new. Who brings the list holds the signed form, unless the row says who."""
    values = row.values
    if row.who is None:
        raise TypeError("a row without a number has a problem and is not asked")
    return Registration(
        kind=HelperKind(str(values.get("kind") or HelperKind.volunteer.value)),
        name=str(values["name"]),
        who=row.who,
        phone=str(values["phone"]),
        offer=Offer(periods=(Period(clock.today()),), **row.offer),
        licence=_text(values.get("licence")),
        papers=tuple(Paper(CredentialKind(k)) for k in sorted(_several(values.get("papers")))),
        form_holder=_text(values.get("form_holder")) or reach.holder,
    )


def _text(value: Value) -> str | None:
    return str(value) if value else None


def offer_of(helper: Helper) -> Offer:
    """What somebody offers now."""
    return Offer(
        village_id=helper.village_id,
        offers=frozenset(o.kind for o in helper.offers),
        slots=frozenset(s.slot for s in helper.slots),
        periods=tuple(Period(p.starts, p.ends) for p in helper.periods),
        languages=frozenset(x.language for x in helper.languages),
        modes=frozenset(m.mode for m in helper.modes),
        subjects=frozenset(s.subject for s in helper.subjects),
        stages=frozenset(s.stage for s in helper.stages),
        travel=helper.travel,
        max_km=helper.max_km,
        capacity=helper.capacity,
        unit_id=helper.unit_id,
        national_number=helper.national_number,
        about=helper.about,
    )


def wished(row: ListRow, helper: Helper) -> Offer:
    """What somebody known offers when the row has its way; an empty cell changes nothing. A list
    says nothing of periods: those that are over give way to one that begins today."""
    old, today = offer_of(helper), clock.today()
    going = tuple(p for p in old.periods if p.ends is None or p.ends >= today)
    return replace(old, periods=going or (Period(today),), **row.offer)


def changes(row: ListRow, helper: Helper) -> tuple[str, ...]:
    """The columns that would change somebody known. Who has an account says all this themselves."""
    if helper.account_id is not None:
        return ()
    old = offer_of(helper)
    found = [name for name, value in row.offer.items() if getattr(old, name) != value]
    if row.values.get("phone") != helper.phone:
        found.insert(0, "phone")
    names = {"village_id": "village", "unit_id": "unit"}
    return tuple(names.get(name, name) for name in found)


def beside(faults: Iterable[tuple[HelperRefusal, str]]) -> tuple[Problem, ...]:
    """What the rules of registering say, beside the sheet's columns."""
    return tuple(Problem(BESIDE.get(name, name), code) for code, name in faults)
