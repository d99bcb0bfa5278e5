"""School safety (校园安全): what an inspection looks at, until when a fault is put right, and how a
finding goes on: the school puts it right, somebody else looks again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jiedui.access.rules import Office
from jiedui.core.states import Transitions


class Area(StrEnum):
    """Parts of a school and its surroundings, in the order in which one walks through."""

    fire = "fire"
    building = "building"
    dormitory = "dormitory"
    canteen = "canteen"
    gate = "gate"
    traffic = "traffic"
    surroundings = "surroundings"
    rules = "rules"


class Item(StrEnum):
    """What is looked at."""

    exits = "exits"
    extinguishers = "extinguishers"
    fire_drill = "fire drill"
    wiring = "wiring"
    walls = "walls"
    railings = "railings"
    playground = "playground"
    night_keeper = "night keeper"
    dormitory_exits = "dormitory exits"
    dormitory_power = "dormitory power"
    food_licence = "food licence"
    food_samples = "food samples"
    drinking_water = "drinking water"
    guards = "guards"
    visitors = "visitors"
    alarm = "alarm"
    cameras = "cameras"
    crossing = "crossing"
    school_bus = "school bus"
    pick_up = "pick up"
    shops = "shops"
    net_cafes = "net cafes"
    water_hazards = "water hazards"
    lonely_ways = "lonely ways"
    bullying = "bullying"
    absences = "absences"


OF_AREA: Mapping[Area, tuple[Item, ...]] = {
    Area.fire: (Item.exits, Item.extinguishers, Item.fire_drill, Item.wiring),
    Area.building: (Item.walls, Item.railings, Item.playground),
    Area.dormitory: (Item.night_keeper, Item.dormitory_exits, Item.dormitory_power),
    Area.canteen: (Item.food_licence, Item.food_samples, Item.drinking_water),
    Area.gate: (Item.guards, Item.visitors, Item.alarm, Item.cameras),
    Area.traffic: (Item.crossing, Item.school_bus, Item.pick_up),
    Area.surroundings: (Item.shops, Item.net_cafes, Item.water_hazards, Item.lonely_ways),
    Area.rules: (Item.bullying, Item.absences),
}


class Mark(StrEnum):
    """What was seen at an item: in order, or how grave the fault is."""

    fine = "fine"
    minor = "minor"
    serious = "serious"
    grave = "grave"


class FindingState(StrEnum):
    """Where a finding stands."""

    open = "open"
    fixed = "fixed"
    closed = "closed"


class Rung(StrEnum):
    """Who has heard that a finding is overdue."""

    nobody = "nobody"
    school = "school"
    office = "office"


class PatrolKind(StrEnum):
    """What a patrol is for."""

    morning = "morning"
    dismissal = "dismissal"
    night = "night"
    surroundings = "surroundings"
    with_police = "with police"


class PatrolRemark(StrEnum):
    """What a patrol met; coded, so that no child is described."""

    nothing = "nothing"
    stranger = "stranger"
    vehicles = "vehicles"
    quarrel = "quarrel"
    left_school = "left school"
    facility = "facility"
    other = "other"


class Gear(StrEnum):
    """What protects, and is checked again and again."""

    extinguisher = "extinguisher"
    hydrant = "hydrant"
    emergency_light = "emergency light"
    alarm_button = "alarm button"
    camera = "camera"
    guard_kit = "guard kit"
    first_aid = "first aid"


class SafetyRefusal(StrEnum):
    """Why something about a school's safety is refused."""

    nothing_looked_at = "nothing looked at"
    words_missing = "words missing"
    in_future = "in future"
    too_long_ago = "too long ago"
    not_now = "not now"
    own_work = "own work"
    an_offices = "an office's"
    before_found = "before found"
    children_not_ruled_out = "children not ruled out"
    pictures_enough = "pictures enough"


MOVES: Transitions[FindingState] = Transitions(
    {
        FindingState.open: {FindingState.fixed},
        FindingState.fixed: {FindingState.closed, FindingState.open},
    }
)
# Days within which a fault is put right, and those after which the education office hears.
DAYS = {Mark.minor: 30, Mark.serious: 7, Mark.grave: 1}
OFFICE_AFTER = timedelta(days=3)
BACK_MOST = timedelta(days=60)  # an inspection is entered within two months
PICTURES_MOST = 3  # of one finding
INSPECTING = (Office.education, Office.police, Office.emergency)


@dataclass(frozen=True)
class Seen:
    """What was seen at one item; `words` say what is wrong, where something is."""

    item: Item
    mark: Mark
    words: str = ""


def inspection_fault(
    on: date, seen: Iterable[Seen], today: date
) -> tuple[SafetyRefusal, str | None] | None:
    """What is wrong with an inspection, and beside which field."""
    known = list(seen)
    if on > today:
        return SafetyRefusal.in_future, "on_day"
    if on < today - BACK_MOST:
        return SafetyRefusal.too_long_ago, "on_day"
    if not known:
        return SafetyRefusal.nothing_looked_at, None
    mute = next((one for one in known if one.mark is not Mark.fine and not one.words), None)
    return None if mute is None else (SafetyRefusal.words_missing, f"words_{mute.item.name}")


def due_on(mark: Mark, found: date) -> date:
    """The last day on which a fault found that day is to be put right."""
    return found + timedelta(days=DAYS[mark])


def check_fault(
    state: FindingState, *, fixer: int | None, checker: int, by_office: bool, an_offices: bool
) -> SafetyRefusal | None:
    """Why somebody may not look again: nothing was put right, they did it themselves, or an
    office found it and a school would say that it is well."""
    if state is not FindingState.fixed:
        return SafetyRefusal.not_now
    if fixer == checker:
        return SafetyRefusal.own_work
    return SafetyRefusal.an_offices if an_offices and not by_office else None


def rung_of(state: FindingState, due: date, today: date) -> Rung:
    """Who has to hear today: the school from the day after the last one, the education office
    three days later; nobody once it is put right."""
    if state is not FindingState.open or today <= due:
        return Rung.nobody
    return Rung.office if today > due + OFFICE_AFTER else Rung.school


def is_higher(one: Rung, other: Rung) -> bool:
    """Whether one rung stands above another."""
    order = list(Rung)
    return order.index(one) > order.index(other)


@dataclass(frozen=True)
class PatrolSaid:
    """One patrol: when it began, what for, what it met."""

    at: datetime
    kind: PatrolKind
    remark: PatrolRemark
