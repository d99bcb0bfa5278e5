"""Units and places are registered and changed; a unit registers itself and is taken in."""

from __future__ import annotations

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.actions import Post
from jiedui.access.actions.leaving import close_all
from jiedui.access.models import Account, RoleHolding
from jiedui.access.rules import AccessRefusal, AccountState, Actor, Role
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.partners import queries
from jiedui.partners.models import Place, Unit, UnitApplication
from jiedui.partners.rules import (
    NEED_CODE,
    ApplicationState,
    Applied,
    NewPlace,
    NewUnit,
    NotTaken,
    PartnerRefusal,
    credit_code_fault,
    point_fault,
    tidy_credit_code,
)
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import within


def register_unit(said: NewUnit, *, by: By) -> Unit:
    """Add a unit. Refuses a place outside the actor's area, a code that does not add up or that
    another unit of the county has."""
    region = _in_reach(said.region_id, by)
    unit = Unit(county_id=region.county_id)
    _say_unit(unit, said, region)
    db.session.add(unit)
    audit.record(Act.unit_registered, unit, by=by)
    return unit


def change_unit(unit: Unit, said: NewUnit, *, by: By, version: int | None = None) -> None:
    """Change what is known of a unit; refuses as registering does."""
    fresh(unit.version, version)
    _say_unit(unit, said, _in_reach(said.region_id, by))
    audit.record(Act.unit_changed, unit, by=by)


def _say_unit(unit: Unit, said: NewUnit, region: Region) -> None:
    code = tidy_credit_code(said.credit_code or "") or None
    fault = credit_code_fault(code)
    if fault is not None:
        raise Refusal(fault, "credit_code")
    known = queries.unit_by_code(region.county_id or 0, code) if code else None
    if known is not None and known.id != unit.id:
        raise Refusal(PartnerRefusal.credit_code_taken, "credit_code")
    unit.kind, unit.name, unit.credit_code = said.kind, said.name, code
    unit.region_id, unit.region = region.id, region
    unit.recording, unit.open = said.recording, said.open


def apply(said: Applied, *, by: By) -> UnitApplication:
    """Somebody registers their own unit, for the office in charge to look at. Refuses a code that
    does not add up, is missing where units of the kind have one, or is known."""
    region = regions.get(said.unit.region_id)
    county, code = region.county_id or 0, tidy_credit_code(said.unit.credit_code or "") or None
    fault = _code_fault(said.unit, code, county)
    if fault is not None:
        raise Refusal(fault, "credit_code")
    one = UnitApplication(
        county_id=county,
        region_id=region.id,
        kind=said.unit.kind,
        name=said.unit.name,
        credit_code=code,
        contact=said.contact,
        phone=said.phone,
        wants=said.wants,
        state=ApplicationState.waiting,
        at=clock.now(),
    )
    db.session.add(one)
    db.session.flush()
    audit.record(Act.unit_applied, one, by=by)
    return one


def _code_fault(said: NewUnit, code: str | None, county_id: int) -> PartnerRefusal | None:
    if code is None:
        return PartnerRefusal.credit_code_needed if said.kind in NEED_CODE else None
    if credit_code_fault(code):
        return PartnerRefusal.credit_code_wrong
    if queries.unit_by_code(county_id, code) is not None:
        return PartnerRefusal.credit_code_taken
    known = queries.applied_with(county_id, code)
    return PartnerRefusal.applied_already if known is not None else None


def accept(application_id: int, *, seen: bool, by: Actor) -> tuple[UnitApplication, str]:
    """Take a unit in whose paper (`seen`) agrees; who speaks for it becomes its manager. Returns
    the token of the link for a new account, "" where the number has an account already. Refuses a
    number whose account is closed, of another county, or the actor's own."""
    one = _undecided(application_id)
    if not seen:
        raise Refusal(PartnerRefusal.paper_not_seen, "seen")
    said = NewUnit(one.kind, one.name, one.region_id, one.credit_code)
    unit = register_unit(said, by=by)
    db.session.flush()
    one.unit = unit
    _decide(one, ApplicationState.accepted, by=by)
    audit.record(Act.unit_taken_in, one, by=by)
    post = Post(Role.unit_manager, one.region, unit_id=unit.id)
    account = accounts.by_phone(one.phone)
    if account is not None:
        elsewhere = account.county_id != one.county_id or account.state is AccountState.disabled
        if elsewhere or account.id == by.account_id:
            raise Refusal(AccessRefusal.phone_taken)
        close_all(account, by=by)  # whoever has one role more signs in anew
        access.give_role(account, post, by=by)
        return one, ""
    account = access.open_account(one.contact, one.phone, one.county_id, by=by)
    db.session.flush()
    access.give_role(account, post, by=by)
    return one, access.new_link(account, by=by)


def turn_down(application_id: int, reason: NotTaken, *, by: Actor) -> None:
    """Do not take a unit in, with the reason that was told by telephone."""
    one = _undecided(application_id)
    one.reason = reason
    _decide(one, ApplicationState.refused, by=by)
    audit.record(Act.unit_turned_down, one, by=by, reason=reason.value)


def _undecided(application_id: int) -> UnitApplication:
    one = db.lock(UnitApplication, application_id)
    if one is None or one.state is not ApplicationState.waiting:
        raise Refusal(PartnerRefusal.decided_already)
    return one


def _decide(one: UnitApplication, state: ApplicationState, *, by: By) -> None:
    one.state, one.decided_at, one.decided_by = state, clock.now(), by.account_id


def register_place(said: NewPlace, *, by: By) -> Place:
    """Add a place where help happens. Refuses one outside the actor's area, a name that stands
    there already, a unit of another county, and a coordinate far from the village."""
    region = _in_reach(said.region_id, by)
    place = Place(county_id=region.county_id)
    _say_place(place, said, region)
    db.session.add(place)
    audit.record(Act.place_registered, place, by=by)
    return place


def change_place(place: Place, said: NewPlace, *, by: By, version: int | None = None) -> None:
    """Change what is known of a place; refuses as registering does."""
    fresh(place.version, version)
    _say_place(place, said, _in_reach(said.region_id, by))
    audit.record(Act.place_changed, place, by=by)


def _say_place(place: Place, said: NewPlace, region: Region) -> None:
    known = queries.place_named(region.id, said.name)
    if known is not None and known.id != place.id:
        raise Refusal(PartnerRefusal.name_taken, "name")
    if said.unit_id and queries.get_unit(said.unit_id).county_id != region.county_id:
        raise Refusal(PartnerRefusal.unit_outside, "unit_id")
    fault = point_fault(said, region.point)
    if fault is not None:
        raise Refusal(fault, "latitude")
    place.kind, place.name, place.unit_id = said.kind, said.name, said.unit_id
    place.region_id, place.region = region.id, region
    place.latitude, place.longitude, place.open = said.latitude, said.longitude, said.open


def _in_reach(region_id: int, by: By) -> Region:
    region = regions.get(region_id)
    if isinstance(by, Actor) and not within(region.path, queries.reach(by)):
        raise Refusal(PartnerRefusal.place_outside, "region")
    return region


def invite_member(name: str, phone: str, *, by: Actor) -> tuple[Account, str]:
    """Whoever manages a unit makes an account for one of its people, with a single-use link that is
    shown once. Refuses a number that has an account, and a unit that does not take part."""
    unit = queries.get_unit(by.unit_id or 0)
    if not unit.open:
        raise Refusal(PartnerRefusal.unit_closed)
    account = access.open_account(name, phone, unit.county_id, by=by)
    db.session.flush()
    access.give_role(account, Post(Role.partner_member, unit.region, unit_id=unit.id), by=by)
    return account, access.new_link(account, by=by)


def end_membership(holding: RoleHolding, *, by: Actor) -> None:
    """One of a unit's people is no member any more. Refuses a role of another kind or unit, and a
    second time."""
    mine = holding.role is Role.partner_member and holding.unit_id == by.unit_id
    if not mine or not holding.lives(clock.today()):
        raise Refusal(PartnerRefusal.no_member)
    access.end_role(holding, by=by)
