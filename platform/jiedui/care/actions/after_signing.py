"""After an agreement was signed: school and village are told, a scan is kept, it ends or runs
out; and many are prepared at once for the Spring Festival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jiedui.care import queries
from jiedui.care.actions.entrustment import DraftSaid, draft, mark_printed, move
from jiedui.care.actions.guardianship import follow
from jiedui.care.models import Entrustment, EntrustmentScan
from jiedui.care.queries import Home
from jiedui.care.rules.entrustment import (
    LEAVES_NOBODY,
    PAPER_MOVES,
    EndReason,
    PaperRefusal,
    PaperState,
    ToldWhom,
    over,
)
from jiedui.care.rules.guardianship import GUARD_MOVES, Ground, GuardState, MoveSaid
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db, scans
from jiedui.core.actors import SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import ChildClosed

# What the guardianship of the children becomes when an agreement ends.
AFTER = {
    EndReason.parents_back: (GuardState.parents, Ground.parents_back),
    EndReason.joined_parents: (GuardState.parents, Ground.parents_care),
    EndReason.other_guardian: (GuardState.other_guardian, Ground.in_order),
    EndReason.of_age: (GuardState.ended, Ground.of_age),
    **dict.fromkeys(LEAVES_NOBODY, (GuardState.nobody, Ground.carer_gone)),
}


def tell(
    one: Entrustment, whom: ToldWhom, on: date, name: str, *, by: By, version: int | None = None
) -> None:
    """School or village was told in writing (未保法 23): on which day, and who took the paper.
    Refuses an older page, and a day that has not come."""
    db.lock(Entrustment, one.id)
    fresh(one.version, version)
    if on > clock.today():
        raise Refusal(PaperRefusal.in_future, "on")
    if one.state is not PaperState.signed:
        raise Refusal(PaperRefusal.not_now)
    if whom is ToldWhom.school:
        one.told_school_on, one.told_school = on, name or None
    else:
        one.told_village_on, one.told_village = on, name or None
    audit.record(Act.entrustment_told, one, by=by, whom=whom)


def end(
    one: Entrustment, reason: EndReason, on: date, *, by: By, version: int | None = None
) -> None:
    """An agreement ends before its last day, or a draft is given up. Whose carer has gone has
    nobody until somebody has done something. Refuses an older page, a day before the first or to
    come, and one that is over."""
    db.lock(Entrustment, one.id)
    fresh(one.version, version)
    if not PAPER_MOVES.allows(one.state, PaperState.ended):
        raise Refusal(PaperRefusal.not_now)
    if on > clock.today():
        raise Refusal(PaperRefusal.in_future, "on")
    if one.signed_on is not None and on < one.signed_on:
        raise Refusal(PaperRefusal.before_start, "on")
    living = [kept.child for kept in one.of if kept.living]
    one.end_reason, one.ended_on = reason, on
    move(one, PaperState.ended, by=by)
    if reason not in AFTER:
        return
    state, ground = AFTER[reason]
    for child in living:
        now = queries.guardianship_of(child.id)
        if now is None or GUARD_MOVES.allows(now.state, state):
            follow(child, MoveSaid(state, ground, max(on, now.since) if now else on), by=by)


def expire(agreements: Sequence[Entrustment], *, by: By) -> int:
    """The last day of these agreements is past; returns how many ran out. The children stay
    entrusted in fact: a new paper is asked for."""
    today = clock.today()
    past = [one for one in agreements if over(one.state, one.ends, today)]
    for one in past:
        move(one, PaperState.expired, by=by)
    return len(past)


def keep_scan(one: Entrustment, content: bytes, *, by: By) -> EntrustmentScan:
    """Keep a photo or scan of the signed paper, sealed. Refuses what is no photo or PDF, what is
    too large, and a paper that nobody has signed."""
    if one.signed_on is None:
        raise Refusal(PaperRefusal.not_now)
    scan = scans.keep(EntrustmentScan, content, by=by, county_id=one.county_id, entrustment=one)
    audit.record(Act.upload_kept, scan, by=by)
    return scan


def prepare(homes: Sequence[Home], *, by: By) -> list[Entrustment]:
    """Agreements for houses whose parents come home: drafted from the record where there is none
    yet, and off to the printer. Leaves out who has nobody at home who could be the carer."""
    made = []
    for home in homes:
        one = home.open or _drafted(home, by)
        if one is not None:
            made.append(one)
    mark_printed(made, by=by)
    return made


def _drafted(home: Home, by: By) -> Entrustment | None:
    if home.carer is None or home.principal is None:
        return None
    said = DraftSaid(
        child_ids=tuple(child.id for child in home.children),
        principal_id=home.principal.id,
        second_id=home.second.id if home.second else None,
        carer_id=home.carer.id,
    )
    return draft(home.household, said, by=by)


def on_child_closed(happening: ChildClosed) -> None:
    """A file left the ledger: its child is on no agreement any more; one for nobody ends."""
    for one in queries.of_child(happening.child_id):
        if not PAPER_MOVES.allows(one.state, PaperState.ended):
            continue
        rest = [kept for kept in one.of if kept.child_id != happening.child_id]
        if any(kept.child.state is ChildState.open for kept in rest):
            for kept in one.of:
                kept.living = kept.living and kept.child_id != happening.child_id
            db.session.flush()
        else:
            end(one, EndReason.files_closed, clock.today(), by=SYSTEM)
