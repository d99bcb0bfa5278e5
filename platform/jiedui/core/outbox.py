"""Letters: what somebody should hear of, written in the transaction of the act.

A letter holds no identity: only its kind and the id of what it is about. Its words are made when
it is read, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from jiedui.core import clock, db


class LetterKind(StrEnum):
    """Every kind of letter."""

    helper_cleared = "helper cleared"
    helper_gate_bad = "helper gate bad"
    proposal_waiting = "proposal waiting"
    pairing_approved = "pairing approved"
    pairing_rejected = "pairing rejected"
    helper_accepted = "helper accepted"
    helper_declined = "helper declined"
    pairing_ready = "pairing ready"
    pairing_released = "pairing released"
    pairing_paused = "pairing paused"
    pairing_resumed = "pairing resumed"
    pairing_closing = "pairing closing"
    pairing_closed = "pairing closed"
    team_changed = "team changed"
    report_unread = "report unread"
    clock_ran_out = "clock ran out"
    case_shared = "case shared"
    report_answered = "report answered"
    session_verified = "session verified"
    session_disputed = "session disputed"
    round_ready = "round ready"
    round_failed = "round failed"
    report_waiting = "report waiting"
    work_handed_over = "work handed over"
    codes_few = "codes few"
    card_waiting = "card waiting"
    card_unanswered = "card unanswered"
    meeting_missing = "meeting missing"
    checks_waiting = "checks waiting"
    pairing_silent = "pairing silent"
    closing_proposed = "closing proposed"
    family_stopped = "family stopped"
    agreement_waiting = "agreement waiting"
    agreement_signed = "agreement signed"
    session_moved = "session moved"
    session_cancelled = "session cancelled"
    substitute_asked = "substitute asked"
    substitute_found = "substitute found"
    substitute_declined = "substitute declined"
    substitute_ended = "substitute ended"
    referral_waiting = "referral waiting"
    referral_moved = "referral moved"
    referral_overdue = "referral overdue"
    wishes_waiting = "wishes waiting"
    gift_sent = "gift sent"
    gift_delivered = "gift delivered"
    gift_second = "gift second"
    claims_let_go = "claims let go"
    season_open = "season open"
    season_left_out = "season left out"
    season_settled = "season settled"
    class_short = "class short"
    group_asked = "group asked"
    group_answered = "group answered"
    meeting_off = "meeting off"
    course_off = "course off"
    seat_moved_up = "seat moved up"
    event_looked = "event looked"
    event_asked = "event asked"
    event_answered = "event answered"
    safety_overdue = "safety overdue"
    safety_raised = "safety raised"
    address_asked = "address asked"
    number_tried = "number tried"


# What waits for no morning and for no digest: a child may be in danger, or somebody sits before the
# page that asks for the code.
URGENT = frozenset(
    {
        LetterKind.report_waiting,
        LetterKind.report_unread,
        LetterKind.clock_ran_out,
        LetterKind.address_asked,
    }
)
Listener = Callable[["Letter"], None]
_listeners: list[Listener] = []


class Letter(db.Base):
    """One letter to one account."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_to_account_id_read_at", "to_account_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    to_account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[LetterKind] = mapped_column(db.choice(LetterKind))
    about_kind: Mapped[str] = mapped_column(String(60))
    about_id: Mapped[int]
    posted_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    @property
    def account_id(self) -> int:
        """A letter is its reader's own."""
        return self.to_account_id


def post(kind: LetterKind, *, to: int | None, county_id: int, about: tuple[str, int]) -> None:
    """Leave a letter for an account; nobody to write to is no error (many have no account)."""
    if to is None:
        return
    letter = Letter(
        county_id=county_id,
        to_account_id=to,
        kind=kind,
        about_kind=about[0],
        about_id=about[1],
        posted_at=clock.now(),
    )
    db.session.add(letter)
    for listener in _listeners:
        listener(letter)


def posted_since(kind: LetterKind, to: int, since: datetime) -> bool:
    """Whether somebody was written a letter of this kind after an instant."""
    mine = Letter.to_account_id == to, Letter.kind == kind, Letter.posted_at > since
    return db.session.scalar(select(Letter.id).where(*mine).limit(1)) is not None


def listen(*listeners: Listener) -> None:
    """Who hears of every letter, in its transaction. No happening: nothing is told on from here,
    however deep in the consequences of an act a letter is posted."""
    _listeners[:] = listeners


def pass_on(old: int, new: int, kinds: Collection[LetterKind]) -> None:
    """Give somebody's unread letters of these kinds to whoever takes over their work."""
    theirs = update(Letter).where(
        Letter.to_account_id == old, Letter.read_at.is_(None), Letter.kind.in_(kinds)
    )
    db.session.execute(theirs.values(to_account_id=new))
