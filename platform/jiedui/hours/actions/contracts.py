"""A contract of purchased services is entered, and closed once its term is over."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.donations.queries.budget import services
from jiedui.hours.models import ServiceContract
from jiedui.hours.rules.contracts import ContractRefusal, ContractSaid, contract_fault
from jiedui.partners import queries as partners
from jiedui.partners.rules import AGENCIES
from jiedui.regions.models import Region


def sign(county: Region, said: ContractSaid, *, by: Actor) -> ServiceContract:
    """Enter a contract. Refuses a unit that is no agency of the county, a term that runs backwards,
    one that buys nothing, a number that is there already, a line that is for something else."""
    db.lock(Region, county.id)
    fault = contract_fault(said)
    if fault is not None:
        raise Refusal(*fault)
    unit = partners.get_unit(said.unit_id)
    if unit.kind not in AGENCIES or unit.county_id != county.id:
        raise Refusal(ContractRefusal.not_an_agency, "unit")
    if said.line_id and said.line_id not in {one.id for one in services(county.id)}:
        raise Refusal(ContractRefusal.other_line, "line")
    known = ServiceContract.county_id == county.id, ServiceContract.number == said.number
    if db.session.scalar(select(ServiceContract.id).where(*known)) is not None:
        raise Refusal(ContractRefusal.number_there, "number")
    contract = ServiceContract(
        county=county, unit=unit, line_id=said.line_id, number=said.number, title=said.title,
        starts=said.starts, ends=said.ends, minutes=said.minutes, cases=said.cases,
        price=said.price, signed_by=by.account_id, signed_at=clock.now(),
    )  # fmt: skip
    db.session.add(contract)
    db.session.flush()
    audit.record(Act.contract_signed, contract, by=by)
    return contract


def close(contract: ServiceContract, *, by: Actor, version: int | None = None) -> None:
    """It is settled: nothing more is looked at. Refuses one that still runs, and a second time."""
    fresh(contract.version, version)
    db.lock(ServiceContract, contract.id)
    if contract.closed_on is not None:
        raise Refusal(ContractRefusal.closed_already)
    if contract.ends >= clock.today():
        raise Refusal(ContractRefusal.still_running)
    contract.closed_on, contract.closed_by = clock.today(), by.account_id
    audit.record(Act.contract_closed, contract, by=by)
