"""What a match knows besides needs and helpers: who helps whom now, what was said of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from jiedui.children.models import Child, Guardian, Household
from jiedui.core import clock, db
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelperState
from jiedui.needs.models import Need, NeedChild
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import Pairing, RoundClaim, Verdict, Willing
from jiedui.pairings.rules import FOR_CAUSE, LIVING, PairingState
from jiedui.partners.models import Place
from jiedui.regions import queries as regions

# The telephone number alone is read: it tells who belongs to a family.
SEALED = (
    Helper.name,
    Helper.id_number,
    Helper.licence,
    Helper.national_number,
    Helper.about,
    Helper.form_holder,
)


@dataclass(frozen=True)
class Living:
    """One living pairing as the engine sees it."""

    need_id: int
    helper_id: int
    slot: int | None


def living(county_id: int) -> list[Living]:
    """Every living pairing of a county."""
    rows = select(Pairing.need_id, Pairing.helper_id, Pairing.slot).where(
        Pairing.county_id == county_id, Pairing.state.in_(LIVING)
    )
    return [Living(*row) for row in db.session.execute(rows)]


def claimed_by(round_id: int) -> dict[str, set[int]]:
    """The needs and helpers that stand in a round."""
    rows = select(RoundClaim.kind, RoundClaim.object_id).where(RoundClaim.round_id == round_id)
    found: dict[str, set[int]] = {"need": set(), "helper": set()}
    for kind, number in db.session.execute(rows):
        found[kind].add(number)
    return found


def children_of(need_ids: Collection[int]) -> dict[int, set[int]]:
    """The children of each of these needs."""
    rows = select(NeedChild.need_id, NeedChild.child_id).where(NeedChild.need_id.in_(need_ids))
    found: dict[int, set[int]] = defaultdict(set)
    for need_id, child_id in db.session.execute(rows):
        found[need_id].add(child_id)
    return found


def not_again(county_id: int, today: date) -> list[tuple[int, int]]:
    """Need and helper of every pair that is not to be suggested again today."""
    rows = select(Verdict.need_id, Verdict.helper_id).where(
        Verdict.county_id == county_id, or_(Verdict.until.is_(None), Verdict.until >= today)
    )
    return [(need, helper) for need, helper in db.session.execute(rows)]


def willing(county_id: int) -> list[tuple[int, int]]:
    """Need and helper of every card that was marked."""
    rows = select(Willing.need_id, Willing.helper_id).join(Need, Need.id == Willing.need_id)
    rows = rows.where(Need.county_id == county_id)
    return [(need, helper) for need, helper in db.session.execute(rows)]


def turned_away(county_id: int, since: date) -> set[int]:
    """Helpers whose last yes, given on or after a day, came to nothing because the family did not
    want it or did not answer: nobody's fault, and they come first with the next card."""
    later = aliased(Pairing)
    again = select(later.id).where(
        later.helper_id == Pairing.helper_id,
        later.id > Pairing.id,
        later.state.not_in((PairingState.rejected, PairingState.expired)),
    )
    rows = select(Pairing.helper_id).where(
        Pairing.county_id == county_id,
        Pairing.state.in_((PairingState.refused, PairingState.expired)),
        Pairing.accepted_at >= clock.at(since),
        ~again.exists(),
    )
    return set(db.session.scalars(rows))


def helped_before(county_id: int) -> list[tuple[int, int]]:
    """Child and helper of every pairing that ended well."""
    rows = (
        select(NeedChild.child_id, Pairing.helper_id)
        .join(Pairing, Pairing.need_id == NeedChild.need_id)
        .where(
            Pairing.county_id == county_id,
            Pairing.state == PairingState.closed,
            Pairing.first_meeting_on.is_not(None),
            Pairing.close_reason.not_in(FOR_CAUSE),
        )
        .distinct()
    )
    return [(child, helper) for child, helper in db.session.execute(rows)]


def families_by_phone(household_ids: Collection[int]) -> dict[str, set[int]]:
    """Households by the telephone numbers of their guardians: who has one belongs to the family."""
    rows = select(Guardian.phone, Guardian.household_id).where(
        Guardian.household_id.in_(household_ids), Guardian.phone.is_not(None)
    )
    found: dict[str, set[int]] = defaultdict(set)
    for phone, household_id in db.session.execute(rows):
        found[phone or ""].add(household_id)
    return found


def open_need_ids(path: str) -> list[int]:
    """The open needs of a region."""
    inside = select(Household.id).where(Household.village_id.in_(regions.ids_within(path)))
    rows = select(Need.id).where(Need.state == NeedState.open, Need.household_id.in_(inside))
    return list(db.session.scalars(rows.order_by(Need.id)))


def registered_helper_ids(path: str) -> list[int]:
    """The helpers of a region who are there at all; whether they are cleared is seen later."""
    inside = Helper.village_id.in_(regions.ids_within(path))
    rows = select(Helper.id).where(Helper.state == HelperState.registered, inside)
    return list(db.session.scalars(rows.order_by(Helper.id)))


def needs_by_id(ids: Iterable[int]) -> list[Need]:
    """These needs with everything that a match asks of them, whatever their state."""
    rows = select(Need).where(Need.id.in_(list(ids)))
    return list(
        db.session.scalars(
            rows.options(
                # What lies sealed is not asked for: the engine knows nobody's name.
                joinedload(Need.household).options(
                    defer(Household.address), joinedload(Household.village)
                ),
                joinedload(Need.place).joinedload(Place.region),
                selectinload(Need.children).options(defer(Child.name), defer(Child.id_number)),
                selectinload(Need.slots),
                selectinload(Need.subjects),
                selectinload(Need.languages),
            ).order_by(Need.id)
        )
    )


def helpers_by_id(ids: Iterable[int]) -> list[Helper]:
    """These helpers with everything that a match asks of them, cleared or not."""
    rows = select(Helper).where(Helper.id.in_(list(ids)))
    lists = (
        Helper.offers,
        Helper.subjects,
        Helper.stages,
        Helper.languages,
        Helper.modes,
        Helper.slots,
        Helper.periods,
        Helper.facts,
        Helper.credentials,
    )
    rows = rows.options(joinedload(Helper.village), *(defer(part) for part in SEALED))
    rows = rows.options(*(selectinload(part) for part in lists))
    return list(db.session.scalars(rows.order_by(Helper.id)))
