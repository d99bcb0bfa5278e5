"""Finding needs: by id, by scope, those to be matched; and what may be shown of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.policy import Permission
from jiedui.access.rules import Actor, Office
from jiedui.children import queries as children
from jiedui.children.models import Child, Household
from jiedui.children.rules import Purpose, age_band
from jiedui.core import clock, db, words
from jiedui.core.errors import Missing
from jiedui.core.i18n import gettext
from jiedui.core.pages import PAGE
from jiedui.helpers.rules import HelpKind
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import LIVING, STAGE_OF, Lack, NeedState, Urgency, lacks, owning_office
from jiedui.needs.rules import counted_urgency as counted
from jiedui.partners import queries as places
from jiedui.partners.models import Place
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Setting, great_circle_km


def whole(found: Select[Any]) -> Select[Any]:
    """A need with everything that pages and the engine ask for, in a fixed number of queries."""
    home = joinedload(Need.household)
    kids = selectinload(Need.children)
    return found.options(
        home.joinedload(Household.village).joinedload(Region.parent),
        home.selectinload(Household.guardians),
        joinedload(Need.place).joinedload(Place.region),
        kids.joinedload(Child.village).joinedload(Region.parent),
        kids.selectinload(Child.consents),
        kids.selectinload(Child.views),
        selectinload(Need.slots),
        selectinload(Need.subjects),
        selectinload(Need.languages),
    )


def get(need_id: int) -> Need:
    """The need with this id; raise Missing."""
    need: Need | None = db.session.scalar(whole(select(Need).where(Need.id == need_id)))
    if need is None:
        raise Missing
    return need


def several(ids: Iterable[int]) -> dict[int, Need]:
    """These needs, by id."""
    found = db.session.scalars(whole(select(Need).where(Need.id.in_(list(ids)))))
    return {need.id: need for need in found}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a Need is there for this reader: the household lives in their scope."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(actor.scope)))
    return Need.household_id.in_(inside)


def _inside(path: str) -> ColumnElement[bool]:
    homes = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    return Need.household_id.in_(homes)


def open_in(path: str) -> list[Need]:
    """Needs to be matched in a region, with all the engine asks for, by id."""
    found = select(Need).where(Need.state == NeedState.open, _inside(path)).order_by(Need.id)
    return list(db.session.scalars(whole(found)))


def living_of(child_id: int) -> list[Need]:
    """A child's needs that have not ended, oldest first."""
    of_child = select(NeedChild.need_id).where(NeedChild.child_id == child_id)
    living = select(Need.id).where(Need.id.in_(of_child), Need.state.in_(LIVING))
    ids = list(db.session.scalars(living))
    if not ids:  # mostly: every answer of a guardian and a child is asked about here
        return []
    found = select(Need).where(Need.id.in_(ids)).order_by(Need.id)
    return list(db.session.scalars(whole(found)))


def of_child(child_id: int) -> list[Need]:
    """All needs of a child, newest first."""
    mine = select(NeedChild.need_id).where(NeedChild.child_id == child_id)
    found = select(Need).where(Need.id.in_(mine)).order_by(Need.id.desc())
    return list(db.session.scalars(whole(found)))


def living_of_household(household_id: int) -> list[Need]:
    """A household's needs that have not ended, oldest first."""
    found = select(Need).where(Need.household_id == household_id, Need.state.in_(LIVING))
    return list(db.session.scalars(whole(found.order_by(Need.id))))


_finders: list[Callable[[int], bool]] = []


def finds(finder: Callable[[int], bool]) -> None:
    """Name the query of an upper room that knows whether somebody is proposed or there for a
    need (by id)."""
    if finder not in _finders:
        _finders.append(finder)


def held(need: Need) -> bool:
    """Whether somebody is there for a need, or proposed."""
    return need.state is NeedState.met or any(finder(need.id) for finder in _finders)


def sharable(household_id: int) -> list[Need]:
    """A household's needs that another child of it could join: nobody has been found yet."""
    return [n for n in living_of_household(household_id) if n.state is not NeedState.met]


@dataclass(frozen=True)
class Filter:
    """What a list of needs is narrowed to; `days` asks for those open at least so long."""

    state: NeedState | None = NeedState.open
    kind: HelpKind | None = None
    township_id: int | None = None
    days: int | None = None


def page(actor: Actor, wanted: Filter, number: int = 1) -> tuple[list[Need], int]:
    """One page of needs, those that wait longest first, and how many there are in all."""
    conditions = [visible_to(actor)]
    if wanted.state is not None:
        conditions.append(Need.state == wanted.state)
    if wanted.kind is not None:
        conditions.append(Need.kind == wanted.kind)
    if wanted.township_id is not None:
        conditions.append(_inside(regions.get(wanted.township_id).path))
    since = func.coalesce(Need.open_since, Need.raised_at)
    if wanted.days:
        conditions.append(since <= clock.at(_days_ago(wanted.days)))
    total = db.session.scalar(select(func.count()).select_from(Need).where(*conditions)) or 0
    found = select(Need).where(*conditions).order_by(since, Need.id)
    found = found.limit(PAGE).offset((number - 1) * PAGE)
    return list(db.session.scalars(whole(found))), total


def _days_ago(days: int) -> date:
    return date.fromordinal(clock.today().toordinal() - days)


def counted_urgency(need: Need, today: date) -> Urgency:
    """The urgency that counts today: confirmed, and not older than thirty days."""
    return counted(need.urgency, need.confirmed_on, today)


def office_for(need: Need) -> Office:
    """The one office that approves a pairing for this need."""
    table: dict[str, str] = regions.setting(need.county_id, Setting.office_for)
    return owning_office(need.kind, frozenset(c.risk for c in need.children), table)


def missing_for(need: Need) -> list[tuple[Child, Lack]]:
    """What a need lacks before it may be matched, child by child."""
    return [
        (child, lack)
        for child in need.children
        for lack in lacks(*children.stands(child, Purpose.matching))
    ]


def card(need: Need) -> dict[str, Any]:
    """What a helper may see before acquaintance: no name, no village, no free text, no category.
    Ages stand as bands of three years; one entry a child in `age_bands`, `sexes`, `stages`."""
    today = clock.today()
    township = need.household.village.parent
    return {
        "kind": need.kind,
        "subjects": sorted(s.subject for s in need.subjects),
        "children": len(need.children),
        "stages": [STAGE_OF.get(c.school_stage) for c in need.children],
        "age_bands": [age_band(c.birth_date, today) for c in need.children],
        "sexes": [c.sex for c in need.children],
        "township": township.name if township else "",
        "slots": [s.slot for s in need.slots],
        "frequency": need.frequency,
        "times": need.times,
        "where": need.where,
        "languages": sorted(one.language for one in need.languages),
        "goal": need.goal,
        "starts": need.starts,
        "ends": need.ends,
    }


def awaiting_confirmation(actor: Actor, limit: int = 100) -> list[Need]:
    """Needs said to be urgent that the township has not confirmed, red first, oldest first."""
    found = select(Need).where(
        visible_to(actor),
        Need.state.in_(LIVING),
        Need.urgency != Urgency.normal,
        Need.confirmed_on.is_(None),
    )
    found = found.order_by(Need.urgency != Urgency.red, Need.raised_at, Need.id).limit(limit)
    return list(db.session.scalars(whole(found)))


def awaiting_consent(actor: Actor, limit: int = 100) -> list[Need]:
    """Needs that wait for a guardian or a child, oldest first."""
    found = select(Need).where(visible_to(actor), Need.state == NeedState.waiting)
    found = found.order_by(Need.raised_at, Need.id).limit(limit)
    return list(db.session.scalars(whole(found)))


def nearest_place(village: Region) -> Place | None:
    """The open place of a village, else the nearest of its township, else of its county."""
    here = village.point
    for path in (village.path.rsplit("/", 2)[0] + "/", f"{village.county_id}/"):
        known = [p for p in places.places_in(path) if p.open]
        if known:
            return min(known, key=lambda p: (p.region_id != village.id, _far(here, p.point)))
    return None


def _far(a: tuple[float, float] | None, b: tuple[float, float] | None) -> float:
    return great_circle_km(a, b) if a and b else 1e9


NO_WISH, LOOKED_FOR = "none", "looked-for"


def _of_wish(value: str, _path: str) -> ColumnElement[bool]:
    """The condition on Child for a value of the list's filter: no living need, one for which
    somebody is looked for, or a living one of a kind."""
    mine = select(NeedChild.child_id).join(Need, Need.id == NeedChild.need_id)
    if value == NO_WISH:
        return Child.id.not_in(mine.where(Need.state.in_(LIVING)))
    if value == LOOKED_FOR:
        return Child.id.in_(mine.where(Need.state == NeedState.open))
    return Child.id.in_(mine.where(Need.state.in_(LIVING), Need.kind == HelpKind(value)))


def _wishes() -> list[tuple[str, str]]:
    plain = [(NO_WISH, gettext("No wish")), (LOOKED_FOR, gettext("Somebody is looked for"))]
    return [*plain, *words.choices(HelpKind)]


children.narrows(children.Aspect.need, children.Narrower(Permission.need_read, _wishes, _of_wish))
