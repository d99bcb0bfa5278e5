"""How long each step takes, and what stands at it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from jiedui.core import clock
from jiedui.hours import queries as hours
from jiedui.needs.rules import NeedState
from jiedui.oversight.rules.pilot import WINDOW, Leg
from jiedui.pairings.rules import LIVING, PairingState

P = PairingState


def _days(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds() / 86_400


def took(needs: Sequence[Any], pairs: Sequence[Any], today: date) -> dict[Leg, list[float]]:
    """The days of every step that was finished within the window."""
    since = clock.at(today - WINDOW)
    firsts = hours.first_days([p.id for p in pairs])
    spans: list[tuple[Leg, datetime | None, datetime | None]] = []
    for need in needs:
        spans.append((Leg.consent, need.raised_at, need.open_since))
    for pair in pairs:
        met = clock.at(pair.first_meeting_on) if pair.first_meeting_on else None
        ready = clock.at(clock.local(pair.ready_at).date()) if pair.ready_at else None
        first = firsts.get(pair.id)
        spans += [
            (Leg.proposal, pair.open_since, pair.proposed_at),
            (Leg.approval, pair.proposed_at, pair.approved_at),
            (Leg.acceptance, pair.approved_at, pair.accepted_at),
            (Leg.answers, pair.approved_at, pair.ready_at),
            (Leg.meeting, ready, met),
            (Leg.session, met, clock.at(first) if first else None),
        ]
    found: dict[Leg, list[float]] = {leg: [] for leg in Leg}
    for leg, start, end in spans:
        days = _days(start, end)
        if days is not None and end is not None and end >= since:
            found[leg].append(days)
    return found


def waiting(needs: Sequence[Any], pairs: Sequence[Any]) -> dict[Leg, list[float]]:
    """How long what stands at each step has stood there."""
    now, found = clock.now(), {leg: list[float]() for leg in Leg}
    taken = {p.need_id for p in pairs if p.state in LIVING}
    for need in needs:
        if need.state is NeedState.waiting:
            found[Leg.consent].append(_days(need.raised_at, now) or 0)
        elif need.state is NeedState.open and need.id not in taken:
            found[Leg.proposal].append(_days(need.open_since, now) or 0)
    for pair in pairs:
        if pair.state is P.proposed:
            found[Leg.approval].append(_days(pair.proposed_at, now) or 0)
        elif pair.state is P.approved:
            leg = Leg.acceptance if pair.accepted_at is None else Leg.answers
            found[leg].append(_days(pair.approved_at, now) or 0)
        elif pair.state is P.ready:
            found[Leg.meeting].append(_days(pair.ready_at, now) or 0)
    return found
