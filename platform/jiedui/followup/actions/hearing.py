"""What child, carer and helper say of a pairing is kept, each apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.care.rules.visits import Helped
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.followup.models import Said
from jiedui.followup.rules import Face, FollowRefusal, Through, Voice
from jiedui.pairings.actions.ending import is_helper
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import PairingState


@dataclass(frozen=True)
class Word:
    """One of the three, and what was said: a face of a child, asked alone or not; of the others how
    it goes."""

    voice: Voice
    face: Face | None = None
    alone: bool = False
    going: Helped | None = None
    words: str | None = None


def hear(
    pairing: Pairing,
    said: Sequence[Word],
    on_day: date,
    through: Through,
    *,
    by: Actor,
) -> list[Said]:
    """Keep what was said of a pairing on a day; when it ends or has ended, as a last word on it.

    Refuses when nothing was said, on a day to come or before the two met, and a helper who would
    speak for others."""
    if not said:
        raise Refusal(FollowRefusal.nothing_said)
    if is_helper(by) and any(word.voice is not Voice.helper for word in said):
        raise Refusal(FollowRefusal.own_voice_only)
    if on_day > clock.today():
        raise Refusal(FollowRefusal.in_future, "on_day")
    if pairing.first_meeting_on is None or on_day < pairing.first_meeting_on:
        raise Refusal(FollowRefusal.before_it_began, "on_day")
    kept = [
        _row(pairing, word, on_day, Through.own_page if is_helper(by) else through, by)
        for word in said
    ]
    db.session.add_all(kept)
    db.session.flush()
    for one in kept:
        audit.record(Act.follow_up_recorded, one, by=by, voice=one.voice.value)
    return kept


def _row(pairing: Pairing, word: Word, on_day: date, through: Through, by: Actor) -> Said:
    child = word.voice is Voice.child
    return Said(
        county_id=pairing.county_id,
        pairing=pairing,
        voice=word.voice,
        on_day=on_day,
        through=through,
        face=word.face if child else None,
        alone=word.alone if child else None,
        going=None if child else word.going,
        ending=pairing.state in (PairingState.closing, PairingState.closed),
        words=word.words or None,
        by_account=by.account_id,
        kept_at=clock.now(),
    )
