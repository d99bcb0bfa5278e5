"""What a helper offers, when and where, is said and changed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import HelperCapacityLowered, happen
from jiedui.helpers.actions.clearance import held, watching
from jiedui.helpers.models import (
    Credential,
    Helper,
    HelperLanguage,
    HelperMode,
    HelperOffer,
    HelperPeriod,
    HelperSeat,
    HelperSlot,
    HelperStage,
    HelperSubject,
)
from jiedui.helpers.rules import (
    CAPACITY_MOST,
    Fault,
    HelperRefusal,
    HelperState,
    Offer,
    Paper,
    offer_faults,
    paper_faults,
    time_faults,
)
from jiedui.partners import queries as partners
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

LISTS = {
    "offers": (HelperOffer, "kind"),
    "subjects": (HelperSubject, "subject"),
    "stages": (HelperStage, "stage"),
    "languages": (HelperLanguage, "language"),
    "modes": (HelperMode, "mode"),
    "slots": (HelperSlot, "slot"),
}
PLAIN = ("travel", "max_km", "capacity", "unit_id", "national_number", "about")


def village_of(offer: Offer) -> Region:
    """The village somebody lives in; refuses what is none, and a unit of another county."""
    village = regions.get(offer.village_id)
    if village.level is not Level.village:
        raise Refusal(HelperRefusal.no_village, "village")
    if offer.unit_id and partners.get_unit(offer.unit_id).county_id != village.county_id:
        raise Refusal(HelperRefusal.unit_outside, "unit_id")
    return village


def say(helper: Helper, offer: Offer, village: Region) -> list[str]:
    """Write what is offered, seats for a higher capacity included; returns the names of the
    fields that changed."""
    changed = [name for name in LISTS if _replace(helper, name, getattr(offer, name))]
    if [(p.starts, p.ends) for p in helper.periods] != [(p.starts, p.ends) for p in offer.periods]:
        helper.periods = [HelperPeriod(starts=p.starts, ends=p.ends) for p in offer.periods]
        changed.append("periods")
    for name in PLAIN:
        if getattr(helper, name) != getattr(offer, name):
            setattr(helper, name, getattr(offer, name))
            changed.append(name)
    if helper.village_id != village.id:
        helper.village_id, helper.village = village.id, village
        changed.append("village")
    there = {seat.seat for seat in helper.seats}
    free = [n for n in range(1, CAPACITY_MOST + 1) if n not in there]
    helper.seats += [HelperSeat(seat=n) for n in free[: max(offer.capacity - len(there), 0)]]
    return changed


def _replace(helper: Helper, name: str, wanted: Iterable[object]) -> bool:
    table, column = LISTS[name]
    rows, want = getattr(helper, name), set(wanted)
    have = {getattr(row, column) for row in rows}
    for row in [row for row in rows if getattr(row, column) not in want]:
        rows.remove(row)
    rows.extend(table(**{column: value}) for value in sorted(want - have))  # type: ignore[type-var]
    return have != want


def update(helper: Helper, said: Offer, *, by: By, version: int | None = None) -> None:
    """Change what is offered, when and where. Refuses what registering refuses, and fewer
    children than the helper is paired with now."""
    fresh(helper.version, version)
    held(helper)
    papers = [c.kind for c in helper.credentials]
    _refuse(offer_faults(said.offers, said.subjects, said.stages))
    _refuse(paper_faults(said.offers, papers))
    _refuse(time_faults(said.slots, said.periods, clock.today()))
    if helper.state is HelperState.withdrawn:
        raise Refusal(HelperRefusal.withdrawn)
    village = village_of(said)
    if village.county_id != helper.county_id:
        raise Refusal(HelperRefusal.other_county, "village")
    if said.capacity < helper.capacity:
        happen(HelperCapacityLowered(helper.id, said.capacity))
    with watching(helper):
        changed = say(helper, said, village)
        # The lists lie in tables of their own: the helper's version must count all the same.
        flag_modified(helper, "max_km")
    _give_up_seats(helper)
    if changed:
        audit.record(Act.helper_changed, helper, by=by, fields=changed)


def change_phone(helper: Helper, phone: str, *, by: By) -> None:
    """Somebody entered from paper is called on another number. Refuses who has an account: they
    sign in with theirs."""
    if helper.account_id is not None:
        raise Refusal(HelperRefusal.phone_is_own, "phone")
    helper.phone = phone
    audit.record(Act.helper_changed, helper, by=by, fields=["phone"])


def _refuse(faults: Iterable[Fault]) -> None:
    for code, field in faults:
        raise Refusal(code, field)


def _give_up_seats(helper: Helper) -> None:
    """Take away seats beyond the capacity, highest first. One that a pairing of today or of the
    past is written on stays; the foreign key knows, this room need not."""
    spare = len(helper.seats) - helper.capacity
    for row in sorted(helper.seats, key=lambda s: -s.seat):
        if spare <= 0:
            break
        gone = delete(HelperSeat).where(
            HelperSeat.helper_id == helper.id, HelperSeat.seat == row.seat
        )
        try:
            with db.session.connection().begin_nested():
                db.session.execute(gone.execution_options(synchronize_session=False))
        except IntegrityError:
            continue
        spare -= 1
        db.session.expunge(row)
    db.session.expire(helper, ["seats"])


def add_paper(helper: Helper, paper: Paper, *, by: By) -> Credential:
    """Add a credential somebody says they have; it counts once it was seen."""
    held(helper)
    row = Credential(kind=paper.kind, number=paper.number, expires=paper.expires)
    helper.credentials.append(row)
    audit.record(Act.helper_changed, helper, by=by, fields=["credentials"])
    return row
