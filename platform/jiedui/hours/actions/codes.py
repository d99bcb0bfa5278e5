"""The carer's strip of codes: printing one, and knowing a session by a code."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, crypto, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.hours.actions.said import Known, NewSession
from jiedui.hours.models import CodeStrip, CodeTry, ServiceSession, SessionCode
from jiedui.hours.rules import HeldFor, HoursRefusal, is_own
from jiedui.hours.rules.codes import (
    STRIP,
    WRONG_A_DAY,
    code_from,
    evidence_by_code,
    tidy_code,
)
from jiedui.pairings.models import Pairing

PURPOSE = "session_code.code"


def print_strip(pairing: Pairing, *, by: Actor) -> list[str]:
    """Fresh codes for the carer of a pairing, each good for one session; an older strip is void
    from now on. They are returned this once and kept as keyed fingerprints only. Refuses the
    helper's own hand: who could read the strip could check themselves in."""
    if is_own(frozenset({by.account_id, by.acts_as}), pairing.account_id, 0):
        raise Refusal(HoursRefusal.own_session)
    db.lock(Pairing, pairing.id)
    old = update(CodeStrip).where(CodeStrip.pairing_id == pairing.id, CodeStrip.ended_at.is_(None))
    db.session.execute(old.values(ended_at=clock.now()))
    strip = CodeStrip(
        county_id=pairing.county_id,
        pairing_id=pairing.id,
        printed_by=by.account_id,
        printed_at=clock.now(),
    )
    db.session.add(strip)
    db.session.flush()
    codes: list[str] = []
    while len(codes) < STRIP:
        code = code_from(secrets.token_bytes(4))
        if code not in codes and _row(pairing.id, code) is None:
            codes.append(code)
    for n, code in enumerate(codes, 1):
        row = SessionCode(strip_id=strip.id, position=n, mark=_index(pairing.id, code))
        db.session.add(row)
    audit.record(Act.strip_printed, strip, by=by)
    return codes


def _index(pairing_id: int, code: str) -> str:
    """A code is bound to its pairing: the same signs of another strip are another code."""
    return crypto.blind_index(PURPOSE, f"{pairing_id}:{code}")


def _row(pairing_id: int, code: str) -> SessionCode | None:
    found = select(SessionCode).where(SessionCode.mark == _index(pairing_id, code))
    return db.session.scalar(found)


def known_by(pairing: Pairing, said: NewSession) -> Known:
    """How we know of a session: checked in by a right code that is typed within 48 hours of its
    end, declared with the code noted when it comes later, declared without a code. After too many
    wrong ones of a day no code is compared and the entry is held. Refuses a wrong, used or void
    code."""
    held = held_by_guesses(pairing.id)
    if held or not said.code.strip():
        return Known(held_for=held)
    code = tidy_code(said.code)
    row = _row(pairing.id, code) if code else None
    if row is None or row.strip.ended_at is not None or _used(row):
        raise Refusal(HoursRefusal.code_wrong, "code")
    evidence = evidence_by_code(said.span.end, clock.now())
    return Known(evidence, code_id=row.id)


def _used(row: SessionCode) -> bool:
    found = select(ServiceSession.id).where(ServiceSession.code_id == row.id)
    return db.session.scalar(found) is not None


def held_by_guesses(pairing_id: int) -> HeldFor | None:
    """Whether entries of a pairing are held today, for wrong codes."""
    found = select(func.count()).where(
        CodeTry.pairing_id == pairing_id, CodeTry.at >= clock.at(clock.today())
    )
    return HeldFor.code_guesses if (db.session.scalar(found) or 0) >= WRONG_A_DAY else None


def note_wrong_code(pairing: Pairing, *, by: Actor) -> None:
    """A wrong code was typed: counted after the refused form was undone. Those of past days go."""
    past = clock.at(clock.today()) - timedelta(days=1)
    old = delete(CodeTry).where(CodeTry.pairing_id == pairing.id, CodeTry.at < past)
    db.session.execute(old)
    db.session.add(CodeTry(pairing_id=pairing.id, at=clock.now()))
    audit.record(Act.session_code_wrong, pairing, by=by)
