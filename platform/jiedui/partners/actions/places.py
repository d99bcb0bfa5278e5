"""What is told of a place is changed; pictures of it are kept and taken away."""

from __future__ import annotations

from jiedui.core import audit, clock, db, scans
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.uploads import UploadFault, UploadKind, look
from jiedui.partners import queries
from jiedui.partners.models import (
    Place,
    PlaceEquipment,
    PlaceFunction,
    PlaceKeeper,
    PlacePhoto,
    PlaceProfile,
    PlaceSlot,
)
from jiedui.partners.rules import (
    PICTURES_MOST,
    Keeper,
    PartnerRefusal,
    PlaceSaid,
    keeper_fault,
)


def describe(place: Place, said: PlaceSaid, *, by: By, version: int | None = None) -> None:
    """Say what a place is for, when it is open, whom it holds, what it has and who is in charge;
    `version` is that of the profile, 0 where there was none. Refuses a person in charge who is
    given twice, by half, or has no role there. On record with what was changed; where nothing was,
    nothing is done."""
    db.lock(Place, place.id)
    profile = queries.profile_of(place.id)
    fresh(profile.version if profile else 0, version)
    near = [one.account_id for one in queries.near_people(place)]
    fault = keeper_fault(said.keeper, near)
    if fault is not None:
        raise Refusal(*fault)
    if profile is None:
        if said == PlaceSaid() and queries.keeper_of(place.id) is None:
            return
        profile = _begun(place, by)
    changed = [*_say(profile, said), *_in_charge(place, said.keeper, by)]
    if not changed:
        return
    profile.changed_at, profile.changed_by = clock.now(), by.account_id
    db.session.flush()
    audit.record(Act.place_described, place, by=by, fields=changed)


def _begun(place: Place, by: By) -> PlaceProfile:
    profile = PlaceProfile(
        county_id=place.county_id, place_id=place.id, changed_at=clock.now(),
        changed_by=by.account_id,
    )  # fmt: skip
    db.session.add(profile)
    return profile


def _say(profile: PlaceProfile, said: PlaceSaid) -> list[str]:
    """Write down what differs; returns the names of it."""
    changed = []
    if profile.capacity != said.capacity:
        profile.capacity = said.capacity
        changed.append("capacity")
    if {one.use for one in profile.uses} != said.uses:
        kept = {one.use: one for one in profile.uses}
        profile.uses = [kept.get(use) or PlaceFunction(use=use) for use in sorted(said.uses)]
        changed.append("uses")
    if {one.slot for one in profile.slots} != said.slots:
        open_now = {one.slot: one for one in profile.slots}
        profile.slots = [open_now.get(n) or PlaceSlot(slot=n) for n in sorted(said.slots)]
        changed.append("slots")
    if [(one.name, one.quantity) for one in profile.things] != list(said.things):
        profile.things = []
        db.session.flush()  # a name stands once: what was there goes first
        profile.things = [PlaceEquipment(name=name, quantity=n) for name, n in said.things]
        changed.append("things")
    return changed


def _in_charge(place: Place, keeper: Keeper, by: By) -> list[str]:
    now = queries.keeper_of(place.id)
    known = Keeper(now.account_id, now.name or "", now.phone or "") if now else Keeper()
    if known == keeper:
        return []
    if now is not None:
        now.ended_at = clock.now()
        db.session.flush()  # one at a time
    if keeper != Keeper():
        one = PlaceKeeper(
            county_id=place.county_id, place_id=place.id, account_id=keeper.account_id,
            name=keeper.name or None, phone=keeper.phone or None,
            set_at=clock.now(), set_by=by.account_id,
        )  # fmt: skip
        db.session.add(one)
    return ["keeper"]


def keep_photo(place: Place, content: bytes, *, without_children: bool, by: By) -> PlacePhoto:
    """Keep a picture of a place, drawn anew without what a telephone writes beside it. Refuses one
    of which nobody says that no child is on it, what is no picture or too large, and a seventh."""
    if not without_children:
        raise Refusal(PartnerRefusal.children_not_ruled_out, "without_children")
    if look(content) is UploadKind.pdf:
        raise Refusal(UploadFault.unknown_kind, "file")
    db.lock(Place, place.id)
    if len(queries.photos_of(place.id)) >= PICTURES_MOST:
        raise Refusal(PartnerRefusal.pictures_enough, "file")
    belongs = {"county_id": place.county_id, "place_id": place.id, "without_children": True}
    kept = scans.keep(PlacePhoto, content, by=by, **belongs)
    db.session.flush()
    audit.record(Act.place_pictured, place, by=by, picture=kept.id)
    return kept


def take_photo_away(photo: PlacePhoto, *, by: By) -> None:
    """The picture is gone at once: a child may be on it after all."""
    audit.record(Act.place_picture_gone, photo.place, by=by, picture=photo.id)
    db.session.delete(photo)
