"""Finding contracts of purchased services, and what of each was delivered, from the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceContract, ServiceSession
from jiedui.hours.queries.sums import between
from jiedui.hours.rules import SUMMED, Book, Evidence
from jiedui.hours.rules.contracts import Delivered, Pace, pace


def contract(contract_id: int) -> ServiceContract:
    """The contract with this id; raise Missing."""
    found = db.session.get(ServiceContract, contract_id)
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True)
class Standing:
    """A contract and what the ledger shows of it today."""

    contract: ServiceContract
    done: Delivered
    pace: Pace

    @property
    def minutes_left(self) -> int:
        """Minutes bought and not delivered."""
        return max(0, self.contract.minutes - self.done.minutes)

    @property
    def cases_left(self) -> int:
        """Cases bought and not served."""
        return max(0, self.contract.cases - self.done.cases)


def standing(one: ServiceContract) -> Standing:
    """How a contract stands today."""
    done = _delivered(one)
    bought, term = (one.minutes, one.cases), (one.starts, one.ends)
    return Standing(one, done, pace(bought, done, term, clock.today()))


def _delivered(one: ServiceContract) -> Delivered:
    mine: list[ColumnElement[bool]] = [
        Helper.unit_id == one.unit_id,
        ServiceSession.county_id == one.county_id,
        ServiceSession.book == Book.contract,
        ServiceSession.state.in_(SUMMED),
        *between(one.starts, one.ends),
    ]
    joined = select(ServiceSession.evidence, func.sum(ServiceSession.minutes)).join(
        Helper, Helper.id == ServiceSession.helper_id
    )
    rows = db.session.execute(joined.where(*mine).group_by(ServiceSession.evidence))
    sums = {evidence: int(minutes) for evidence, minutes in rows}
    served = (
        select(ServiceSession.pairing_id)
        .join(Helper, Helper.id == ServiceSession.helper_id)
        .where(*mine, ServiceSession.pairing_id.is_not(None))
        .where(ServiceSession.evidence != Evidence.declared)
        .group_by(ServiceSession.pairing_id)
        .having(func.sum(ServiceSession.minutes) > 0)
    )
    cases = db.session.scalar(select(func.count()).select_from(served.subquery())) or 0
    by = {one: sums.get(one, 0) for one in Evidence}
    return Delivered(by[Evidence.checked_in], by[Evidence.listed], by[Evidence.declared], cases)


def contracts(actor: Actor) -> list[Standing]:
    """Those of the county, for a unit its own; running ones first, by their last day."""
    found = select(ServiceContract).where(ServiceContract.county_id == actor.county_id)
    if actor.unit_id is not None:
        found = found.where(ServiceContract.unit_id == actor.unit_id)
    found = found.options(joinedload(ServiceContract.unit), joinedload(ServiceContract.line))
    rows = db.session.scalars(found.order_by(ServiceContract.ends, ServiceContract.id))
    return sorted(map(standing, rows), key=lambda one: one.contract.closed_on is not None)
