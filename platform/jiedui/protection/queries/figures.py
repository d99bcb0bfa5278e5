"""Reports and cases of a year as they are counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from jiedui.access.models import RoleHolding
from jiedui.access.rules import Role
from jiedui.core import clock, db
from jiedui.protection.models import CaseStep, ProtectionCase, Report
from jiedui.protection.queries.cases import times
from jiedui.protection.rules import ReportState
from jiedui.protection.rules.case import COUNTY_ONLY, Stage
from jiedui.protection.rules.counted import Fate, Moved, Told, came_from
from jiedui.protection.rules.figures import YearOf, year_of
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Level

PLAIN = (
    Report.received_at, Report.reporter_account_id, Report.state, Report.read_at, Report.region_id,
)  # fmt: skip


def of_year(county: Region, year: int) -> YearOf:
    """The figures of a county's calendar year, by the day on which a report came in."""
    towns = [one.name for one in regions.townships(county.path)]
    return year_of(_told(county, year), towns, times(county.id), clock.now())


def years(county_id: int) -> list[int]:
    """The years of which there is a report, newest first; the present one is always there."""
    first = db.session.scalar(
        select(func.min(Report.received_at)).where(Report.county_id == county_id)
    )
    now = clock.today().year
    return list(range(now, min(clock.local(first).year if first else now, now) - 1, -1))


def _told(county: Region, year: int) -> list[Told]:
    """Every report of the year but trials of the way."""
    since, until = clock.at(date(year, 1, 1)), clock.at(date(year + 1, 1, 1))
    mine = (
        Report.county_id == county.id,
        Report.drill.is_(False),
        Report.received_at >= since,
        Report.received_at < until,
    )
    # What lies sealed is left where it is: it is counted, not read.
    report, case = ProtectionCase.report, ProtectionCase
    village = joinedload(Report.region).joinedload(Region.parent)
    plain = load_only(*PLAIN)
    reports = db.session.scalars(select(Report).where(*mine).options(village, plain)).all()
    found = select(case).join(report).where(*mine)
    found = found.options(
        load_only(case.report_id, case.stage, case.situation, case.suspect, case.sealed,
                  case.outcome, case.region_id),
        joinedload(case.region).joinedload(Region.parent),
        selectinload(case.steps).load_only(
            CaseStep.stage, CaseStep.at, CaseStep.entered_at, CaseStep.skipped
        ),
    )  # fmt: skip
    cases = {one.report_id: one for one in db.session.scalars(found)}
    roles = _roles({one.reporter_account_id for one in reports} - {None})
    return [_one(report, cases.get(report.id), roles) for report in reports]


def _roles(accounts: set[int | None]) -> dict[int | None, set[Role]]:
    """The roles that accounts hold or held: of who has left, it still counts what they were."""
    held: dict[int | None, set[Role]] = defaultdict(set)
    mine = select(RoleHolding.account_id, RoleHolding.role)
    for account, role in db.session.execute(mine.where(RoleHolding.account_id.in_(accounts))):
        held[account].add(role)
    return held


def _one(report: Report, case: ProtectionCase | None, roles: dict[int | None, set[Role]]) -> Told:
    by = report.reporter_account_id
    source = came_from(None if by is None else roles.get(by, set()))
    on = clock.local(report.received_at).date()
    if case is None:
        handled = report.state is ReportState.handled
        fate = Fate.ended if handled else Fate.waiting
        return Told(on, report.received_at, source, fate)
    return Told(
        on,
        report.received_at,
        source,
        Fate.case,
        read=report.read_at,
        town=_town(case.region or report.region),
        situation=case.situation,
        outcome=case.outcome if case.stage is Stage.closed else None,
        steps=tuple(
            Moved(one.stage, one.at, one.entered_at, one.skipped is not None) for one in case.steps
        ),
        apart=case.sealed or case.suspect in COUNTY_ONLY,
    )


def _town(region: Region | None) -> str:
    """The township a place lies in; of a county alone it is not known."""
    if region is None or region.parent is None:
        return ""
    return region.name if region.level is Level.township else region.parent.name
