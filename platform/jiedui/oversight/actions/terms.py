"""A county's times begin to hold, and are set."""

from __future__ import annotations

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.oversight.models import RetentionTerm
from jiedui.oversight.queries import terms
from jiedui.oversight.rules import NOTICE, TERMS, term_fault
from jiedui.regions.models import Region


def begin(county: Region, *, by: By) -> int:
    """Let the times hold that a county has not set, from the day after a month in which what is
    due is only shown. What holds already stays. Returns how many are new."""
    db.lock(Region, county.id)
    known = terms(county.id)
    new = [data for data, term in TERMS.items() if not term.fixed and data not in known]
    for data in new:
        one = RetentionTerm(
            county_id=county.id,
            data=data,
            amount=TERMS[data].amount,
            clears_from=clock.today() + NOTICE,
            set_at=clock.now(),
            set_by=by.account_id,
        )
        db.session.add(one)
    if new:
        audit.record(Act.retention_begun, county, by=by, classes=len(new))
    return len(new)


def set_term(one: RetentionTerm, amount: int, *, by: By, version: int | None = None) -> None:
    """Set how long a class is kept, in its own unit. A month passes before anything is cleared by
    it, so that a wrong figure is seen first. Refuses what is fixed, shorter than the law's floor or
    longer than a purpose can need, and an older page."""
    db.lock(RetentionTerm, one.id)
    fresh(one.version, version)
    fault = term_fault(one.data, amount)
    if fault is not None:
        term = TERMS[one.data]
        raise Refusal(fault, "amount", floor=term.floor, most=term.most)
    if amount == one.amount:
        return
    one.amount, one.clears_from = amount, clock.today() + NOTICE
    one.set_at, one.set_by = clock.now(), by.account_id
    said = {"data": one.data.value, "amount": amount, "from": one.clears_from}
    audit.record(Act.retention_term_set, one, by=by, **said)
