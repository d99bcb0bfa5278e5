"""Issuing a record of service, and revoking one."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import date
from typing import Any

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.models import Certificate
from jiedui.hours.rules import Book, Evidence, HoursRefusal, number_from, title_for
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


def issue_certificate(helper: Helper, starts: date, ends: date, *, by: By) -> Certificate:
    """Issue a record of the voluntary service between two days (both count), with the exact sums
    of this moment. Refuses a period without service, or one that runs backwards."""
    if by.account_id is None:
        raise ValueError("a record is issued by somebody")
    if ends < starts:
        raise Refusal(HoursRefusal.period_backwards, "ends")
    db.lock(Helper, helper.id)  # no session is logged or corrected between sum and record
    sums = _sums(helper.id, starts, min(ends, clock.today()))
    recording = bool(helper.unit and helper.unit.recording)
    certificate = Certificate(
        county_id=helper.county_id,
        helper_id=helper.id,
        number=number_from(secrets.token_bytes(10)),
        title=title_for(recording),
        issuer=helper.unit.name if helper.unit and recording else _portal(helper.county_id),
        starts=starts,
        ends=min(ends, clock.today()),
        sums=sums,
        issued_at=clock.now(),
        issued_by=by.account_id,
    )
    db.session.add(certificate)
    audit.record(Act.certificate_issued, certificate, by=by)
    return certificate


def _sums(helper_id: int, starts: date, ends: date) -> dict[str, Any]:
    """Minutes by evidence, each in its own column; hours of lists in theirs."""
    book = queries.sums(helper_id, starts, ends)[Book.voluntary]
    sessions = sum(tally.sessions for tally in book.values())
    if not sessions:
        raise Refusal(HoursRefusal.nothing_to_certify, "starts")
    return {
        **{evidence.value: book[evidence].minutes for evidence in Evidence},
        "imported": queries.imported_minutes(helper_id, starts, ends),
        "sessions": sessions,
        "lines": [asdict(line) for line in queries.lines(helper_id, starts, ends)],
    }


def _portal(county_id: int) -> str:
    """Who stands behind a record of the platform: its own name, else the county's."""
    named = str(regions.setting(county_id, Setting.portal_name))
    return named or regions.get(county_id).name


def revoke_certificate(certificate: Certificate, *, by: By, version: int | None = None) -> None:
    """Revoke an issued record: whoever checks its number is told so. Refuses a revoked one."""
    fresh(certificate.version, version)
    if certificate.revoked_at is not None:
        raise Refusal(HoursRefusal.settled_already)
    certificate.revoked_at = clock.now()
    audit.record(Act.certificate_revoked, certificate, by=by)
