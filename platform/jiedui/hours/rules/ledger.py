"""How we know of a session, whether it counts, and what may become of it.

The ledger is one of sums: what was counted is never changed. A correction and a taking back write a
reversing entry with the minutes below nothing, under the same evidence, and every sum is the plain
sum of what stands there."""

from __future__ import annotations

from enum import StrEnum

from jiedui.core.states import Transitions


class Evidence(StrEnum):
    """How we know of a session: checked in at a place or by a carer's code (nobody's word is
    needed); listed, verified by a person in the weekly list; declared, by nobody yet."""

    checked_in = "checked_in"
    listed = "listed"
    declared = "declared"


class EntryState(StrEnum):
    """Whether an entry counts: held for a look, in dispute, reversed by another entry, or the
    reversing entry itself."""

    counted = "counted"
    held = "held"
    disputed = "disputed"
    reversed = "reversed"
    reversal = "reversal"


S = EntryState
ENTRY_MOVES = Transitions(
    {
        S.counted: {S.held, S.disputed, S.reversed},
        S.held: {S.counted, S.disputed, S.reversed},
        S.disputed: {S.counted, S.reversed},
    }
)
# These hold their time: nothing may overlap them. One in question holds it until it is settled.
HOLDING = (S.counted, S.held, S.disputed)
# These add up: a reversed entry and its reversal are nothing together.
SUMMED = (S.counted, S.reversed, S.reversal)
IN_QUESTION = (S.held, S.disputed)


class HeldFor(StrEnum):
    """Why an entry is held for a person's look. It says nothing of anybody's honesty."""

    code_guesses = "code_guesses"
    long_day = "long_day"
    night = "night"
    far_apart = "far_apart"
    burst = "burst"
    round_times = "round_times"
    same_device = "same_device"


class DisputeReason(StrEnum):
    """Why a director does not verify a session."""

    not_held = "not_held"
    times_differ = "times_differ"
    other_pairing = "other_pairing"
    cannot_tell = "cannot_tell"


class Progress(StrEnum):
    """How tutoring goes, as the tutor sees it."""

    better = "better"
    same = "same"
    harder = "harder"


class Mood(StrEnum):
    """How the child was, as whoever was with it saw it."""

    bright = "bright"
    as_always = "as always"
    low = "low"


class Answered(StrEnum):
    """What becomes of a session whose helper objected: it counts, or the dispute stands."""

    counts = "counts"
    stands = "stands"


def may_withdraw(evidence: Evidence, state: EntryState) -> bool:
    """Whether whoever logged an entry may take it back: not what somebody or something other than
    their word stands for; that is for correcting. One in question may always go."""
    return state in IN_QUESTION or (state is S.counted and evidence is Evidence.declared)


ANSWER_WITHIN = 10  # working days for an answer to an objection
RECORD_WITHIN = 10  # working days to put a session on record (民政部令第67号 art. 12)
