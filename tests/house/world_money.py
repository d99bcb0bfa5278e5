"""Public money in the world: a line of the plan's budget with its books, a contract whose term is
over."""

from __future__ import annotations

from datetime import timedelta

from jiedui.core import clock, db
from jiedui.donations.actions import budget
from jiedui.donations.queries import budget as lines
from jiedui.donations.rules.budget import BudgetPurpose, BudgetSource, LineSaid
from jiedui.hours.actions import contracts
from jiedui.hours.rules.contracts import ContractSaid
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders.helpers import agency
from tests.house.world import World


def make(world: World) -> None:
    """Civil Affairs has opened a line and entered a contract."""
    civil = world.people["civil_affairs", "here"]
    unit = agency("北试社工服务中心", UnitKind.agency)
    today = clock.today()
    with db.write():
        county = people.region(people.COUNTY)
        said = LineSaid(
            today.year, BudgetPurpose.services, BudgetSource.county, "购买社工服务", "北财〔1〕号",
            today + timedelta(days=90),
        )  # fmt: skip
        line = budget.open_line(county, said, 1_000_000, by=civil.actor())
        db.session.flush()
        bought = ContractSaid(
            unit, "HT-001", "社工入户服务", today - timedelta(days=200), today - timedelta(days=1),
            6_000, 10, 900_000, line.id,
        )  # fmt: skip
        contract = contracts.sign(county, bought, by=civil.actor())
        db.session.flush()
        world.things |= {
            "budget line": line.id, "contract": contract.id,
            "budget entry": lines.entries(line.id)[0].id,
        }  # fmt: skip
