"""An agreement is drafted from the record, changed, printed, and put on file when it is signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiedui.care import queries
from jiedui.care.actions.guardianship import follow
from jiedui.care.models import EntrustedChild, Entrustment, EntrustmentMove
from jiedui.care.rules.entrustment import (
    OPEN,
    PAPER_MOVES,
    Aspect,
    CarerFacts,
    Exclusion,
    LeaveReason,
    PaperRefusal,
    PaperState,
    Signing,
    carer_fault,
    signing_fault,
    term_fault,
)
from jiedui.care.rules.guardianship import PARENTS, Ground, GuardState, MoveSaid
from jiedui.children.models import Child, Guardian, Household
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.rules import HelpKind


@dataclass(frozen=True)
class DraftSaid:
    """What an agreement says before it is signed; what is not known is None or empty and stays
    blank on the paper. `monthly_fen` is what the parents send each month, in fen; `services` are
    the kinds of help to which the carer may say yes for them."""

    child_ids: tuple[int, ...]
    principal_id: int
    carer_id: int
    reason: LeaveReason = LeaveReason.work_away
    second_id: int | None = None
    starts: date | None = None
    ends: date | None = None
    monthly_fen: int | None = None
    emergency_name: str = ""
    emergency_phone: str = ""
    services: frozenset[HelpKind] = frozenset()


PLAIN = ("principal_id", "second_id", "carer_id", "reason", "starts", "ends", "monthly_fen")
SEALED = ("emergency_name", "emergency_phone")


def draft(home: Household, said: DraftSaid, *, by: By) -> Entrustment:
    """Make an agreement from the record, with blanks for what is not known. Refuses somebody who
    is not of this house, a carer who cannot be one, and days in the wrong order. An older one for
    these children that nobody has signed is replaced."""
    db.lock(Household, home.id)
    children = _checked(home, said)
    for one in queries.standing(home.id, *OPEN):
        if {c.child_id for c in one.of} & set(said.child_ids):
            move(one, PaperState.replaced, by=by)
    made = Entrustment(
        county_id=home.county_id,
        household=home,
        state=PaperState.drafted,
        made_at=clock.now(),
        made_by=by.account_id,
        signers=[],
    )
    _write(made, said)
    made.of = [EntrustedChild(child=child, living=False) for child in children]
    db.session.add(made)
    db.session.flush()
    _keep_move(made, None, by)
    audit.record(Act.entrustment_drafted, made, by=by)
    return made


def _checked(home: Household, said: DraftSaid) -> list[Child]:
    chosen = [child for child in home.children if child.id in said.child_ids]
    if not chosen:
        raise Refusal(PaperRefusal.no_child, "children")
    if any(child.state is not ChildState.open for child in chosen):
        raise Refusal(PaperRefusal.file_closed, "children")
    grown_ups = {one.id: one for one in home.guardians}
    for field, number in (("principal", said.principal_id), ("second", said.second_id)):
        one = grown_ups.get(number or 0)
        if number is not None and (one is None or not one.is_guardian):
            raise Refusal(PaperRefusal.not_of_house, field)
    if said.second_id == said.principal_id:
        raise Refusal(PaperRefusal.not_of_house, "second")
    if said.carer_id in (said.principal_id, said.second_id):
        raise Refusal(PaperRefusal.carer_is_principal, "carer")
    _check_carer(grown_ups.get(said.carer_id))
    if said.starts is not None and said.ends is not None:
        _refuse(term_fault(said.starts, said.ends))
    return chosen


def _check_carer(carer: Guardian | None) -> None:
    if carer is None:
        raise Refusal(PaperRefusal.not_of_house, "carer")
    facts = CarerFacts(carer.relation in PARENTS, carer.away, carer.unable, carer.birth_date)
    fault = carer_fault(facts, clock.today())
    if fault is not None:
        raise Refusal(fault, "carer")


def _refuse(fault: tuple[PaperRefusal, str] | None) -> None:
    if fault is not None:
        raise Refusal(*fault)


def _write(one: Entrustment, said: DraftSaid) -> list[str]:
    wanted: dict[str, Any] = {name: getattr(said, name) for name in PLAIN}
    wanted |= {name: getattr(said, name) or None for name in SEALED}
    wanted["services"] = sorted(kind.value for kind in said.services)
    changed = [name for name, value in wanted.items() if getattr(one, name) != value]
    for name in changed:
        setattr(one, name, wanted[name])
    return changed


def change(one: Entrustment, said: DraftSaid, *, by: By, version: int | None = None) -> None:
    """Change what an agreement says while nobody has signed it; one that was printed must be
    printed again. Refuses an older page, and as draft does."""
    _locked(one, version)
    if one.state not in OPEN:
        raise Refusal(PaperRefusal.not_now)
    children = _checked(one.household, said)
    changed = _write(one, said)
    wanted = {child.id for child in children}
    if {kept.child_id for kept in one.of} != wanted:
        changed.append("children")
        db.session.flush()
        for gone in [kept for kept in one.of if kept.child_id not in wanted]:
            one.of.remove(gone)
            db.session.delete(gone)
        known = {kept.child_id for kept in one.of}
        one.of += [EntrustedChild(child=c, living=False) for c in children if c.id not in known]
    if not changed:
        return
    audit.record(Act.entrustment_changed, one, by=by, fields=changed)
    if one.state is PaperState.printed:
        move(one, PaperState.drafted, by=by)


def _locked(one: Entrustment, version: int | None) -> None:
    db.lock(Entrustment, one.id)
    fresh(one.version, version)


def move(one: Entrustment, new: PaperState, *, by: By) -> None:
    """Bring an agreement into a state that may follow, and keep how."""
    old = one.state
    PAPER_MOVES.require(old, new)
    one.state = new
    if new is not PaperState.signed:
        for kept in one.of:
            kept.living = False
    db.session.flush()
    _keep_move(one, old, by)
    audit.record(Act.entrustment_moved, one, by=by, old=old, new=new)


def _keep_move(one: Entrustment, old: PaperState | None, by: By) -> None:
    moved = EntrustmentMove(
        entrustment_id=one.id, old=old, new=one.state, at=clock.now(), by_account=by.account_id
    )
    db.session.add(moved)


def mark_printed(agreements: Iterable[Entrustment], *, by: By) -> int:
    """These agreements go to the printer; those that were printed before are only printed again.
    Returns how many went for the first time."""
    first = [one for one in agreements if one.state is PaperState.drafted]
    for one in first:
        move(one, PaperState.printed, by=by)
    return len(first)


def sign(one: Entrustment, said: Signing, *, by: By, version: int | None = None) -> None:
    """Put a signed paper on file: from its first day the children are entrusted to the carer, and
    older agreements for them are replaced. Refuses an older page; a paper without the carer's four
    declarations, or of somebody the law excludes; one without signatures, without anybody who
    holds it, with days in the wrong order; and a child whose guardianship is not the parents' to
    give (未保法 22)."""
    _locked(one, version)
    if one.state not in OPEN:
        raise Refusal(PaperRefusal.not_now)
    today = clock.today()
    _check_carer(one.carer)
    children = [kept.child for kept in one.of]
    _refuse(signing_fault(said, [child.id for child in children], today))
    _write_signed(one, said)
    _give_way(one, by)
    for kept in one.of:
        kept.living, kept.heard = True, said.heard[kept.child_id]
    move(one, PaperState.signed, by=by)
    _entrust(children, min(said.starts, today), by)


def _write_signed(one: Entrustment, said: Signing) -> None:
    one.signed_on, one.starts, one.ends = said.signed_on, said.starts, said.ends
    one.signers = sorted(signer.value for signer in said.signers)
    one.holder, one.witness = said.holder, said.witness or None
    for exclusion in Exclusion:
        setattr(one, f"declared_{exclusion.name}", said.declared[exclusion])
    for aspect in Aspect:
        setattr(one, f"fit_{aspect.name}", said.fit[aspect])


def _give_way(one: Entrustment, by: By) -> None:
    """Older agreements make room: wholly when no child of theirs is left, else for these only."""
    mine = {kept.child_id for kept in one.of}
    for older in queries.standing(one.household_id, PaperState.signed):
        if all(kept.child_id in mine for kept in older.of if kept.living):
            move(older, PaperState.replaced, by=by)
            continue
        for kept in older.of:
            kept.living = kept.living and kept.child_id not in mine
        db.session.flush()


def _entrust(children: Sequence[Child], on: date, by: By) -> None:
    for child in children:
        now = queries.guardianship_of(child.id)
        day = max(on, now.since) if now else on
        follow(child, MoveSaid(GuardState.entrusted, Ground.agreement, day), by=by)
