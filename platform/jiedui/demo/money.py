"""The plan's budget of this year with some uses, and two contracts of purchased services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jiedui.access.rules import Actor, Office, Role
from jiedui.core import clock
from jiedui.demo.acts import Stage
from jiedui.donations.actions import budget
from jiedui.donations.rules.budget import BudgetPurpose, BudgetSource, LineSaid, UseSaid
from jiedui.hours.actions import contracts
from jiedui.hours.rules.contracts import ContractSaid
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind
from jiedui.regions import queries as regions

P, S = BudgetPurpose, BudgetSource
# Purpose, source, name, paper, granted (fen), what was used of it (fen, who got it, evidence).
LINES = (
    (P.screening, S.county, "摸底排查和筛查", "示财社〔1〕号", 12_000_000,
     ((3_200_000, "示范印务服务部", "发票 0101"),)),
    (P.places, S.lottery, "儿童之家设备", "示财社〔2〕号", 30_000_000,
     ((9_800_000, "示范教具经营部", "验收单 7"), (4_100_000, "示范家具经营部", "验收单 9"))),
    (P.services, S.above, "购买社工服务", "示财社〔3〕号", 48_000_000,
     ((16_000_000, "示范社工服务中心", "合同 SG-1 首期"),)),
    (P.training, S.county, "儿童主任和志愿者培训", "示财社〔4〕号", 6_000_000, ()),
)  # fmt: skip


def play(stage: Stage) -> None:
    """Four lines, opened two months ago; what was bought of the county's agency."""
    today = clock.today()
    with stage.on(today - timedelta(days=60)), stage.write():
        civil = stage.official(Role.coordinator, Office.civil_affairs.value)
        bought = [_line(stage, one, today, civil) for one in LINES][2]
    with stage.on(today - timedelta(days=59)), stage.write():
        agency = next(iter(partners.units(stage.county_id, UnitKind.agency)), None)
        if agency is not None:
            said = ContractSaid(
                unit_id=agency.id, number="SG-1", title="困境儿童入户陪伴和个案服务",
                starts=today - timedelta(days=180), ends=today + timedelta(days=60),
                minutes=60 * 400, cases=12, price=32_000_000, line_id=bought,
            )  # fmt: skip
            contracts.sign(regions.get(stage.county_id), said, by=civil)


def _line(stage: Stage, row: tuple[Any, ...], today: date, civil: Actor) -> int:
    purpose, source, title, document, granted, uses = row
    county = regions.get(stage.county_id)
    said = LineSaid(today.year, purpose, source, title, document, date(today.year, 12, 31))
    line = budget.open_line(county, said, granted, by=civil)
    for amount, payee, evidence in uses:
        budget.use(line, UseSaid(purpose, amount, payee, evidence, clock.today()), by=civil)
    return line.id
