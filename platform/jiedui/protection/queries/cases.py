"""Cases: whose they are to see, which wait, and to whom a sealed one is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Role
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.protection import queries
from jiedui.protection.models import CaseLook, ProtectionCase, Report
from jiedui.protection.rules import ReportState
from jiedui.protection.rules.case import COUNTY_ONLY, Stage
from jiedui.protection.rules.clocks import Times, times_of
from jiedui.regions import queries as regions
from jiedui.regions.models import Region
from jiedui.regions.rules import Setting

OPEN_FOR = timedelta(hours=8)  # how long a broken seal stays broken for who broke it
OLD = 50


def times(county_id: int) -> Times:
    """A county's clocks."""
    return times_of(regions.setting(county_id, Setting.report_clocks))


def _whole() -> Select[Any]:
    return select(ProtectionCase).options(
        joinedload(ProtectionCase.report),
        joinedload(ProtectionCase.county),
        joinedload(ProtectionCase.region).joinedload(Region.parent),
        selectinload(ProtectionCase.steps),
    )


def get_for(case_id: int, actor: Actor) -> ProtectionCase:
    """A case this person may deal with; raise Missing for one on a report of their own or about
    themselves."""
    found = _whole().where(
        ProtectionCase.id == case_id, ProtectionCase.county_id == actor.county_id
    )
    one: ProtectionCase | None = db.session.scalar(found)
    if one is None or queries.own(one.report, actor):
        raise Missing
    return one


def of_report(report_id: int) -> ProtectionCase | None:
    """The case of a report, if one was opened."""
    one: ProtectionCase | None = db.session.scalar(
        _whole().where(ProtectionCase.report_id == report_id)
    )
    return one


def is_open_to(case: ProtectionCase, actor: Actor) -> bool:
    """Whether a case may be read without breaking a seal: it has none, it is in the reader's own
    hands, or the reader has broken it within the last hours."""
    if not case.sealed or case.taken_by == actor.account_id:
        return True
    mine = (
        CaseLook.case_id == case.id,
        CaseLook.account_id == actor.account_id,
        CaseLook.at > clock.now() - OPEN_FOR,
    )
    return db.session.scalar(select(CaseLook.id).where(*mine).limit(1)) is not None


def looks(case_id: int) -> Sequence[CaseLook]:
    """Who broke the seal, newest first."""
    found = select(CaseLook).where(CaseLook.case_id == case_id)
    return db.session.scalars(found.order_by(CaseLook.id.desc()).limit(OLD)).all()


def _seen_by(actor: Actor) -> Select[Any]:
    within = ProtectionCase.county_id.in_(regions.ids_within(actor.scope))
    return _whole().join(Report).where(within, queries.not_own(actor))


def running(actor: Actor) -> Sequence[ProtectionCase]:
    """Cases that are not closed, what is due first."""
    found = _seen_by(actor).where(ProtectionCase.stage != Stage.closed)
    return db.session.scalars(found.order_by(ProtectionCase.due_at, ProtectionCase.id)).all()


def to_second(actor: Actor) -> Sequence[Report]:
    """Reports that ended without a case and wait for a second person, oldest first."""
    waits = (
        Report.state == ReportState.handled,
        Report.seconded_at.is_(None),
        Report.handled_by.not_in(queries.persons(actor)),
        Report.id.not_in(select(ProtectionCase.report_id)),
        Report.county_id.in_(regions.ids_within(actor.scope)),
        queries.not_own(actor),
    )
    found = select(Report).where(*waits).options(joinedload(Report.county))
    return db.session.scalars(found.order_by(Report.handled_at)).all()


def supervisors_of(case: ProtectionCase) -> list[int]:
    """Accounts of the township in which the child lives, but for who reported and whom it is
    about."""
    if case.region is None:
        return []
    found = access.holders(case.county_id, Role.township_supervisor, region_path=case.region.path)
    return sorted({one.account_id for one in found} - queries.hidden_from(case.report))


def shared_with(actor: Actor) -> Sequence[ProtectionCase]:
    """Running cases with which the county asked the reader's township to help, newest first; never
    one about a worker of village or township, nor the reader's own."""
    mine = (
        ProtectionCase.township_told_at.is_not(None),
        ProtectionCase.stage != Stage.closed,
        ProtectionCase.suspect.not_in(COUNTY_ONLY),
        ProtectionCase.region_id.in_(regions.ids_within(actor.scope)),
        queries.not_own(actor),
    )
    found = _whole().join(Report).where(*mine)
    return db.session.scalars(found.order_by(ProtectionCase.id.desc())).all()
