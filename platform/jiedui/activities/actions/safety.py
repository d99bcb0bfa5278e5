"""A school is inspected; a fault is put right by the school, looked at again by somebody else; what
is overdue is told; patrols, equipment and the county's list are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, select

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Office, Role
from jiedui.activities.models.safety import (
    SafetyFinding,
    SafetyGear,
    SafetyInspection,
    SafetyItemOff,
    SafetyMark,
    SafetyPatrol,
    SafetyPhoto,
    SafetyStep,
)
from jiedui.activities.queries import safety as queries
from jiedui.activities.rules.safety import (
    MOVES,
    PICTURES_MOST,
    FindingState,
    Gear,
    Item,
    Mark,
    PatrolSaid,
    Rung,
    SafetyRefusal,
    Seen,
    check_fault,
    due_on,
    inspection_fault,
    is_higher,
    rung_of,
)
from jiedui.core import audit, clock, db, outbox, scans
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.core.uploads import UploadFault, UploadKind, look
from jiedui.partners.models import Unit
from jiedui.regions.models import Region


def inspect(school: Unit, on: date, seen: Sequence[Seen], *, by: Actor) -> SafetyInspection:
    """Enter an inspection of a school; each fault becomes a finding with its last day. Refuses a
    day to come or long ago, one that looked at nothing, and a fault without words."""
    fault = inspection_fault(on, seen, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    one = SafetyInspection(
        county_id=school.county_id, unit=school, office=by.office, on_day=on,
        by_account=by.account_id, at=clock.now(),
    )  # fmt: skip
    one.marks = [SafetyMark(item=row.item, mark=row.mark) for row in seen]
    db.session.add(one)
    for row in seen:
        if row.mark is not Mark.fine:
            found = SafetyFinding(
                county_id=school.county_id, unit=school, inspection=one, item=row.item,
                mark=row.mark, words=row.words, due=due_on(row.mark, clock.today()),
            )  # fmt: skip
            db.session.add(found)
            db.session.flush()
            _step(found, FindingState.open, row.words, by)
    db.session.flush()
    audit.record(Act.safety_inspected, one, by=by, findings=len(one.findings))
    return one


def put_right(
    finding_id: int, words: str, on: date, *, by: Actor, version: int | None = None
) -> None:
    """The school says what it did and when. Refuses what is not open, a day to come or before the
    fault was found."""
    one = _locked(finding_id, version)
    if not MOVES.allows(one.state, FindingState.fixed):
        raise Refusal(SafetyRefusal.not_now)
    if on > clock.today():
        raise Refusal(SafetyRefusal.in_future, "on_day")
    if on < one.inspection.on_day:
        raise Refusal(SafetyRefusal.before_found, "on_day")
    one.fix, one.fixed_on, one.fixed_by = words, on, by.account_id
    _move(one, FindingState.fixed, words, by)


def look_again(
    finding_id: int, *, well: bool, words: str, by: Actor, version: int | None = None
) -> None:
    """Somebody else than who put it right looks again: it is well and closed, or it is not, and the
    time begins anew. Refuses whoever put it right, what waits for no look, a school where an office
    found the fault, and a no without words."""
    one = _locked(finding_id, version)
    fault = check_fault(
        one.state, fixer=one.fixed_by, checker=by.account_id, by_office=by.office is not None,
        an_offices=one.inspection.office is not None,
    )  # fmt: skip
    if fault is not None:
        raise Refusal(fault)
    if not well and not words:
        raise Refusal(SafetyRefusal.words_missing, "words")
    if well:
        one.checked_by, one.checked_at = by.account_id, clock.now()
    else:
        one.fix = one.fixed_on = one.fixed_by = None
        one.times_back, one.rung = one.times_back + 1, Rung.nobody
        one.due = due_on(one.mark, clock.today())
    _move(one, FindingState.closed if well else FindingState.open, words, by)


def picture(
    one: SafetyFinding, content: bytes, *, without_children: bool, by: Actor
) -> SafetyPhoto:
    """Keep a picture of what is put right, drawn anew without what a telephone writes beside it.
    Refuses one of which nobody says that no child is on it, what is no picture, and a fourth."""
    if not without_children:
        raise Refusal(SafetyRefusal.children_not_ruled_out, "without_children")
    if look(content) is UploadKind.pdf:
        raise Refusal(UploadFault.unknown_kind, "file")
    db.lock(SafetyFinding, one.id)
    if len(queries.photos_of(one.id)) >= PICTURES_MOST:
        raise Refusal(SafetyRefusal.pictures_enough, "file")
    belongs = {"county_id": one.county_id, "finding_id": one.id, "without_children": True}
    kept = scans.keep(SafetyPhoto, content, by=by, **belongs)
    db.session.flush()
    audit.record(Act.safety_pictured, one, by=by, picture=kept.id)
    return kept


def _locked(finding_id: int, version: int | None) -> SafetyFinding:
    fresh(queries.finding(finding_id).version, version)
    db.lock(SafetyFinding, finding_id)
    return queries.finding(finding_id)


def _move(one: SafetyFinding, state: FindingState, words: str, by: Actor) -> None:
    MOVES.require(one.state, state)
    old, one.state = one.state, state
    _step(one, state, words, by)
    db.session.flush()
    audit.record(Act.safety_moved, one, by=by, old=old.value, new=state.value)


def _step(one: SafetyFinding, state: FindingState, words: str, by: Actor) -> None:
    step = SafetyStep(
        county_id=one.county_id, finding_id=one.id, state=state, words=words, at=clock.now(),
        by_account=by.account_id,
    )  # fmt: skip
    db.session.add(step)


def tell_overdue(finding_id: int) -> int:
    """Tell whoever has to hear that a finding is overdue: the school, and three days later the
    education office; each once. Returns how many letters went."""
    one = db.lock(SafetyFinding, finding_id)
    if one is None:
        return 0
    rung = rung_of(one.state, one.due, clock.today())
    if not is_higher(rung, one.rung):
        return 0
    office = rung is Rung.office
    kind = LetterKind.safety_raised if office else LetterKind.safety_overdue
    heard = _education(one) if office else queries.workers(one.unit_id)
    for account in heard:
        about = (SafetyFinding.__tablename__, one.id)
        outbox.post(kind, to=account, county_id=one.county_id, about=about)
    one.rung = rung
    db.session.flush()
    audit.record(Act.safety_overdue, one, by=SYSTEM, rung=rung.value)
    return len(heard)


def _education(one: SafetyFinding) -> list[int]:
    found = access.holders(
        one.county_id, Role.coordinator, office=Office.education, region_path=one.scope_path
    )
    return list(dict.fromkeys(holding.account_id for holding in found))


def patrolled(school: Unit, said: PatrolSaid, *, by: Actor) -> SafetyPatrol:
    """Write a patrol into the school's log. Refuses one to come or of long ago."""
    now = clock.now()
    if said.at > now:
        raise Refusal(SafetyRefusal.in_future, "on_day")
    if said.at < now - queries.PATROLS_FOR:
        raise Refusal(SafetyRefusal.too_long_ago, "on_day")
    one = SafetyPatrol(
        county_id=school.county_id, unit_id=school.id, kind=said.kind, remark=said.remark,
        began_at=said.at, by_account=by.account_id,
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    audit.record(Act.safety_patrolled, one, by=by)
    return one


def set_gear(school: Unit, kind: Gear, quantity: int, until: date, *, by: Actor) -> SafetyGear:
    """Say how many of a kind a school has, and until when the last check holds."""
    db.lock(Unit, school.id)
    mine = SafetyGear.unit_id == school.id, SafetyGear.kind == kind
    one = db.session.scalar(select(SafetyGear).where(*mine))
    if one is None:
        one = SafetyGear(county_id=school.county_id, unit_id=school.id, kind=kind)
        db.session.add(one)
    one.quantity, one.checked_until = quantity, until
    one.set_by, one.set_at = by.account_id, clock.now()
    db.session.flush()
    audit.record(Act.safety_gear_set, one, by=by)
    return one


def set_items(county: Region, looked_at: Collection[Item], *, by: Actor) -> None:
    """Say what the county's inspections look at from now on. Refuses nothing at all."""
    if not looked_at:
        raise Refusal(SafetyRefusal.nothing_looked_at, "items")
    db.lock(Region, county.id)
    db.session.execute(delete(SafetyItemOff).where(SafetyItemOff.county_id == county.id))
    for item in Item:
        if item not in looked_at:
            db.session.add(SafetyItemOff(county_id=county.id, item=item))
    audit.record(Act.safety_items_set, county, by=by, off=len(Item) - len(set(looked_at)))
