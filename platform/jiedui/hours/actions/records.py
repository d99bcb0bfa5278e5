"""Issuing a record of service, and revoking one."""

from __future__ import annotations

import base64
import secrets
from dataclasses import asdict
from datetime import date
from typing import Any

from jiedui.core import audit, clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.hours import queries
from jiedui.hours.models import Certificate, SigningKey
from jiedui.hours.rules import (
    Book,
    Evidence,
    HoursRefusal,
    RecordState,
    number_from,
    title_for,
)
from jiedui.hours.rules.document import canonical, key_name
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting


def issue_certificate(helper: Helper, starts: date, ends: date, *, by: By) -> Certificate:
    """Issue a record of the voluntary service between two days (both count), with the exact sums
    of this moment, and sign it. Refuses a period without service, or one that runs backwards."""
    return _issue(helper, starts, ends, by=by)


def reissue_certificate(old: Certificate, *, by: By, version: int | None = None) -> Certificate:
    """Issue a record of the same period anew, with the sums of this moment: whoever checks the old
    number is told of the new one. Refuses one that is revoked or replaced."""
    fresh(old.version, version)
    db.lock(Helper, old.helper_id)
    if old.stands is not RecordState.valid:
        raise Refusal(HoursRefusal.replaced_already)
    new = _issue(old.helper, old.starts, old.ends, by=by, old=old)
    audit.record(Act.certificate_replaced, old, by=by)
    return new


def _issue(
    helper: Helper, starts: date, ends: date, *, by: By, old: Certificate | None = None
) -> Certificate:
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
        replaces=old.id if old else None,
    )
    _sign(certificate, helper)
    db.session.add(certificate)
    audit.record(Act.certificate_issued, certificate, by=by)
    return certificate


def _sign(certificate: Certificate, helper: Helper) -> None:
    """Every fact of the paper in one canonical text, signed by the portal's present key."""
    facts = {
        "number": certificate.number,
        "title": certificate.title.value,
        "issuer": certificate.issuer,
        "county": regions.get(certificate.county_id).name,
        "name": helper.name,
        "identity_number": helper.masked_id,
        "volunteer_number": helper.code,
        "starts": certificate.starts.isoformat(),
        "ends": certificate.ends.isoformat(),
        "minutes": certificate.sums,
        "issued_at": clock.local(certificate.issued_at).isoformat(timespec="seconds"),
    }
    certificate.document = canonical(facts)
    public, signature = crypto.sign(certificate.document.encode())
    certificate.signature = base64.b64encode(signature).decode()
    certificate.key_id = _key(public).id


def _key(public: bytes) -> SigningKey:
    """The published row of a key; the first signature makes it."""
    name = key_name(public)
    known = queries.signing_key(name)
    if known is None:
        known = SigningKey(name=name, public=base64.b64encode(public).decode(), since=clock.now())
        db.session.add(known)
        db.session.flush()
    return known


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
