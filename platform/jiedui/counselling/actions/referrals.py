"""A child is referred to the counselling desk, and the referral goes its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.children.rules import ChildState, Means
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.counselling.models import Referral, ReferralStep, ScreeningResult
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.rules.referrals import (
    LEADS_TO,
    NEEDS_WORDS,
    Level,
    Move,
    ReferralRefusal,
    ReferralState,
    Source,
    consent_fault,
    days_within,
    moves_for,
)
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind


@dataclass(frozen=True)
class ReferralSaid:
    """Why a child is referred, whether it is a crisis, and how the guardian said yes on which
    day."""

    words: str
    crisis: bool = False
    consent: Means | None = None
    consented_on: date | None = None


@dataclass(frozen=True)
class MoveSaid:
    """A step of a referral: what, words for counsellors, and the hospital when it is passed on."""

    what: Move
    words: str = ""
    hospital_id: int | None = None


def refer(
    child: Child,
    said: ReferralSaid,
    source: Source,
    *,
    by: Actor,
    result: ScreeningResult | None = None,
) -> Referral:
    """Send a child to the county's counselling desk. Refuses a closed file, a second referral
    beside an open one, and one without a guardian's yes that is no crisis."""
    db.lock(Child, child.id)
    if child.state is not ChildState.open:
        raise Refusal(ReferralRefusal.file_closed)
    if queries.open_of(child.id) is not None:
        raise Refusal(ReferralRefusal.referred_already)
    fault = consent_fault(said.crisis, said.consent is not None)
    if fault is not None:
        raise Refusal(fault, "consent")
    one = _sent(child, said, source, by)
    db.session.add(one)
    db.session.flush()
    _step(one, by.account_id, None)
    audit.record(Act.referral_sent, one, by=by, source=source.value)
    if result is not None and result.answered_at is None:
        result.referral_id, result.answered_at = one.id, one.sent_at
    _tell_desk(one, but=by.account_id)
    return one


def _sent(child: Child, said: ReferralSaid, source: Source, by: Actor) -> Referral:
    level, state = Level.county, ReferralState.sent
    return Referral(
        county_id=child.county_id,
        child=child,
        source=source,
        unit_id=by.unit_id if source is Source.school else None,
        words=said.words,
        crisis=said.crisis,
        consent=said.consent,
        consented_on=(said.consented_on or clock.today()) if said.consent else None,
        level=level,
        state=state,
        due=_due(level, state, crisis=said.crisis),
        sent_by=by.account_id,
        sent_at=clock.now(),
    )


def _due(level: Level, state: ReferralState, *, crisis: bool) -> date | None:
    days = days_within(level, state, crisis=crisis)
    return None if days is None else clock.working_days_after(clock.today(), days)


def move(one: Referral, said: MoveSaid, *, by: Actor, version: int | None = None) -> None:
    """Take a referral a step further, or on to a hospital. Refuses an older page, a step that
    cannot come now or is a counsellor's alone, a no or a report without words, and passing on
    without a hospital of the county."""
    db.lock(Referral, one.id)
    fresh(one.version, version)
    _may_come(one, said, by)
    old = one.state
    if said.what is Move.hand_on:
        one.hospital_id = _hospital(said.hospital_id, one.county_id)
        one.level, one.state = Level.hospital, ReferralState.sent
    else:
        one.state = LEADS_TO[said.what]
    if said.what is Move.accept and one.level is Level.county:
        one.taken_by = by.account_id
    one.due = _due(one.level, one.state, crisis=one.crisis)
    one.overdue_told_at = None
    _step(one, by.account_id, said.words or None)
    facts = {"level": one.level.value, "old": old.value, "new": one.state.value}
    audit.record(Act.referral_moved, one, by=by, **facts)
    _tell_sender(one, by)


def _may_come(one: Referral, said: MoveSaid, by: Actor) -> None:
    if said.what not in moves_for(one.level, one.state, counsellor=queries.counsels(by)):
        every = moves_for(one.level, one.state, counsellor=True)
        code = ReferralRefusal.not_yours if said.what in every else ReferralRefusal.not_now
        raise Refusal(code, "move")
    if said.what in NEEDS_WORDS and not said.words:
        raise Refusal(ReferralRefusal.words_missing, "words")


def _hospital(unit_id: int | None, county_id: int) -> int:
    known = {unit.id for unit in partners.units(county_id, UnitKind.hospital)}
    if unit_id not in known or unit_id is None:
        raise Refusal(ReferralRefusal.hospital_missing, "hospital")
    return unit_id


def _step(one: Referral, by_account: int | None, words: str | None) -> None:
    one.steps.append(
        ReferralStep(
            level=one.level,
            state=one.state,
            hospital_id=one.hospital_id,
            words=words,
            by_account=by_account,
            at=clock.now(),
        )
    )


def _tell_desk(one: Referral, *, but: int | None) -> None:
    accounts = {*queries.at_desk(one.county_id), *queries.owning(one.county_id, one.scope_path)}
    _post(LetterKind.referral_waiting, sorted(accounts - {but}), one)


def _tell_sender(one: Referral, by: Actor) -> None:
    if one.sent_by is not None and one.sent_by != by.account_id:
        # Whoever sent it does not read it: the letter leads to their own list.
        about = ("sent_referral", one.id)
        outbox.post(LetterKind.referral_moved, to=one.sent_by, county_id=one.county_id, about=about)


def _post(kind: LetterKind, accounts: list[int], one: Referral) -> None:
    for account_id in accounts:
        outbox.post(kind, to=account_id, county_id=one.county_id, about=("referral", one.id))


def tell_overdue(referral_id: int) -> bool:
    """Tell the owning office's head that the next step has not come; once for each step. May run
    twice."""
    db.lock(Referral, referral_id)
    one = queries.get(referral_id)
    if one.due is None or one.due >= clock.today() or one.overdue_told_at is not None:
        return False
    one.overdue_told_at = clock.now()
    audit.record(Act.referral_overdue, one, by=SYSTEM)
    heads = queries.owning(one.county_id, one.scope_path, heads=True)
    _post(LetterKind.referral_overdue, heads, one)
    return True
