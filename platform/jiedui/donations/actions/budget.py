"""Lines of the plan's budget: opened, granted money, used for their purpose, sent back; a mistake
is reversed."""

from __future__ import annotations

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.donations.models import BudgetEntry, BudgetLine
from jiedui.donations.rules.budget import (
    BudgetAccount,
    BudgetRefusal,
    LineSaid,
    UseSaid,
    use_fault,
)
from jiedui.regions.models import Region


def open_line(county: Region, said: LineSaid, amount: int, *, by: Actor) -> BudgetLine:
    """Open a line with what is granted to it. Refuses a second one by the same paper, and one
    without an amount."""
    db.lock(Region, county.id)
    if amount < 1:
        raise Refusal(BudgetRefusal.no_amount, "amount")
    same = select(BudgetLine.id).where(
        BudgetLine.county_id == county.id, BudgetLine.year == said.year,
        BudgetLine.purpose == said.purpose, BudgetLine.source == said.source,
        BudgetLine.document == said.document,
    )  # fmt: skip
    if db.session.scalar(same) is not None:
        raise Refusal(BudgetRefusal.line_there, "document")
    line = BudgetLine(
        county=county, year=said.year, purpose=said.purpose, source=said.source, title=said.title,
        document=said.document, until=said.until, granted=0, spent=0, returned=0,
        opened_by=by.account_id, opened_at=clock.now(),
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()
    audit.record(Act.budget_opened, line, by=by)
    grant(line, amount, said.document, by=by)
    return line


def grant(line: BudgetLine, amount: int, evidence: str, *, by: Actor) -> BudgetEntry:
    """More is granted to a line. Refuses nothing, and what no paper shows."""
    if amount < 1:
        raise Refusal(BudgetRefusal.no_amount, "amount")
    way = BudgetAccount.treasury, BudgetAccount.line
    return _post(_locked(line), way, amount, evidence, by=by)


def use(line: BudgetLine, said: UseSaid, *, by: Actor) -> BudgetEntry:
    """Money of a line is used. Refuses another purpose, more than is left, a day past its term or
    to come, a use that names nobody or that nothing shows."""
    held = _locked(line)
    fault = use_fault(said, held.purpose, held.until, held.left, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    way = BudgetAccount.line, BudgetAccount.spent
    return _post(held, way, said.amount, said.evidence, by=by, said=said)


def send_back(line: BudgetLine, amount: int, evidence: str, *, by: Actor) -> BudgetEntry:
    """What is left over goes back to where it came from. Refuses more than is left."""
    held = _locked(line)
    if not 1 <= amount <= held.left:
        raise Refusal(BudgetRefusal.not_enough, "amount")
    return _post(held, (BudgetAccount.line, BudgetAccount.returned), amount, evidence, by=by)


def reverse(entry: BudgetEntry, evidence: str, *, by: Actor) -> BudgetEntry:
    """A mistake: the mirror of an entry, on the day it is noticed. Refuses one that is reversed or
    is itself a reversal, and a grant of which some is spent."""
    held = _locked(entry.line)
    known = select(BudgetEntry.id).where(BudgetEntry.reverses == entry.id)
    if entry.reverses is not None or db.session.scalar(known) is not None:
        raise Refusal(BudgetRefusal.reversed_already)
    if entry.target is BudgetAccount.line and entry.amount > held.left:
        raise Refusal(BudgetRefusal.spent_already)
    return _post(held, (entry.target, entry.source), entry.amount, evidence, by=by, reverses=entry)


def _locked(line: BudgetLine) -> BudgetLine:
    return db.lock(BudgetLine, line.id) or line


def _post(
    line: BudgetLine, way: tuple[BudgetAccount, BudgetAccount], amount: int, evidence: str,
    *, by: Actor, said: UseSaid | None = None, reverses: BudgetEntry | None = None,
) -> BudgetEntry:  # fmt: skip
    if not evidence.strip():
        raise Refusal(BudgetRefusal.evidence_missing, "evidence")
    like = reverses or said
    entry = BudgetEntry(
        county_id=line.county_id, line=line, source=way[0], target=way[1], amount=amount,
        on=said.on if said else clock.today(), purpose=like.purpose if like else None,
        payee=like.payee if like else "", evidence=evidence.strip(),
        reverses=reverses.id if reverses else None, posted_by=by.account_id,
        posted_at=clock.now(),
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    db.session.refresh(line)
    audit.record(Act.budget_posted, line, by=by, target=way[1], amount=amount)
    return entry
