"""A referral (转介) from a school or village to the county's counselling desk and on to a hospital:
each step is acknowledged (回执), and each has a clock."""

from __future__ import annotations

from enum import StrEnum

from jiedui.core.states import Transitions


class Level(StrEnum):
    """Whose hands a referral is in: school and village send to the county, the county passes on."""

    county = "county"
    hospital = "hospital"


class ReferralState(StrEnum):
    """Where a referral stands within a level."""

    sent = "sent"
    acknowledged = "acknowledged"
    accepted = "accepted"
    declined = "declined"
    seen = "seen"
    reported = "reported"
    closed = "closed"


S = ReferralState
REFERRAL_MOVES = Transitions(
    {
        S.sent: {S.acknowledged},
        S.acknowledged: {S.accepted, S.declined},
        S.accepted: {S.seen, S.declined},
        S.seen: {S.reported},
        S.reported: {S.closed},
        S.declined: {S.closed},
    }
)
# From where it is passed on: the county once somebody has looked at it; another hospital only
# where one has declined.
PASSABLE: dict[Level, frozenset[ReferralState]] = {
    Level.county: frozenset({S.acknowledged, S.accepted, S.seen, S.reported, S.declined}),
    Level.hospital: frozenset({S.declined}),
}


class Move(StrEnum):
    """What somebody does with a referral."""

    acknowledge = "acknowledge"
    accept = "accept"
    decline = "decline"
    see = "see"
    report = "report"
    close = "close"
    hand_on = "hand on"


LEADS_TO: dict[Move, ReferralState] = {
    Move.acknowledge: S.acknowledged,
    Move.accept: S.accepted,
    Move.decline: S.declined,
    Move.see: S.seen,
    Move.report: S.reported,
    Move.close: S.closed,
}
# What says nothing of the child can be put on record by the owning office too: that the paper has
# come, and what the hospital's slip ticks.
OFFICE_MAY: dict[Level, frozenset[Move]] = {
    Level.county: frozenset({Move.acknowledge}),
    Level.hospital: frozenset({Move.acknowledge, Move.accept, Move.see}),
}
NEEDS_WORDS = frozenset({Move.decline, Move.report})

# Working days within which the next step comes. Ours: the plans for pupils' mental health ask for
# an open way to hospitals (教体艺〔2023〕1号) and name no days; a county's pilot will say whether
# they fit.
WITHIN: dict[tuple[Level, ReferralState], int] = {
    (Level.county, S.sent): 1,
    (Level.county, S.acknowledged): 3,
    (Level.county, S.accepted): 5,
    (Level.county, S.seen): 20,
    (Level.county, S.reported): 10,
    (Level.county, S.declined): 5,
    (Level.hospital, S.sent): 5,
    (Level.hospital, S.acknowledged): 5,
    (Level.hospital, S.accepted): 10,
    (Level.hospital, S.seen): 20,
    (Level.hospital, S.reported): 10,
    (Level.hospital, S.declined): 3,
}
CRISIS_WITHIN = 0  # a referral in a crisis is acknowledged on the same day


class Source(StrEnum):
    """Who has sent a referral."""

    school = "school"
    village = "village"
    counsellor = "counsellor"
    screening = "screening"


class ReferralRefusal(StrEnum):
    """Why an act on a referral is refused."""

    referred_already = "referred already"
    consent_missing = "consent missing"
    file_closed = "file closed"
    not_now = "not now"
    not_yours = "not yours"
    words_missing = "words missing"
    hospital_missing = "hospital missing"
    unprintable = "unprintable"
    no_such_helper = "no such helper"
    no_counsellor = "no counsellor"
    named_already = "named already"
    unknown_pupil = "unknown pupil"
    several_pupils = "several pupils"


def moves_for(level: Level, state: ReferralState, *, counsellor: bool) -> list[Move]:
    """What can be done now, by a counsellor or by the owning office."""
    found = [move for move, new in LEADS_TO.items() if REFERRAL_MOVES.allows(state, new)]
    if state in PASSABLE[level]:
        found.append(Move.hand_on)
    return [move for move in found if counsellor or move in OFFICE_MAY[level]]


def days_within(level: Level, state: ReferralState, *, crisis: bool) -> int | None:
    """Working days until the next step; None when nothing follows."""
    if crisis and (level, state) == (Level.county, S.sent):
        return CRISIS_WITHIN
    return WITHIN.get((level, state))


def consent_fault(crisis: bool, consented: bool) -> ReferralRefusal | None:
    """A guardian has said yes (个人信息保护法 art. 31); a crisis does not wait for it
    (art. 13: to protect life and health)."""
    return None if crisis or consented else ReferralRefusal.consent_missing
