"""Rows of protection whose time begins when their report was dealt with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from jiedui.protection.models import CaseLook, CaseStep, ProtectionCase, Report, ReportFile


def cases(county_id: int) -> Select[Any, Any]:
    """Cases, from the moment at which their report was dealt with; steps and looks go with them."""
    found = select(ProtectionCase.id.label("id"), Report.handled_at.label("at"))
    return found.join(Report, Report.id == ProtectionCase.report_id).where(
        ProtectionCase.county_id == county_id, Report.handled_at.is_not(None)
    )


def of_reports(county_id: int) -> Select[Any, Any]:
    """Files of reports, from the moment at which these were dealt with."""
    found = select(ReportFile.id.label("id"), Report.handled_at.label("at"))
    return found.join(Report, Report.id == ReportFile.report_id).where(
        ReportFile.county_id == county_id, Report.handled_at.is_not(None)
    )


def of_cases(table: type[CaseStep] | type[CaseLook]) -> Callable[[int], Select[Any, Any]]:
    """What belongs to cases, likewise."""

    def rows(county_id: int) -> Select[Any, Any]:
        mine = cases(county_id).subquery()
        found = select(table.id.label("id"), mine.c.at)
        return found.join(mine, mine.c.id == table.case_id)

    return rows
