"""Compiled search for admissible pairs: every rule and every part of the score in one pass.

The rules are those of matching.barriers and the points those of matching.features, without
what depends on relations between single pairs; those pairs are looked at apart. One row of
whole numbers holds all facts of a need or a helper, so that a pair touches two rows only.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numba import njit

from matching.geometry import EARTH_RADIUS_M


class N(IntEnum):
    """Facts of a need, as columns of its row."""

    SLOTS = 0
    REQUIRED = 1
    HOLDS = 2
    LANGUAGES = 3
    SUBJECTS = 4
    MODE = 5
    IN_PERSON = 6
    GUARDED = 7  # the sex rule holds for this need
    WISHED_SEX = 8
    STAGE = 9
    CREDENTIAL = 10
    RISK_RED = 11
    TOWNSHIP = 12
    STARTS = 13
    ENDS = 14
    MIN_DAYS = 15
    FIXED = 16  # points that do not depend on the helper
    KIND = 17  # the bit's number
    OPEN = 18  # consent, and no child that has enough helpers


class H(IntEnum):
    """Facts of a helper, as columns of its row; its periods follow from PERIODS on, in pairs."""

    SLOTS = 0
    LANGUAGES = 1
    SUBJECTS = 2
    MODES = 3
    SEX = 4
    STAGES = 5
    CREDENTIALS = 6
    SOCIAL_WORKER = 7
    TOWNSHIP = 8
    MAX_METRES = 9
    FAR = 10  # metres from which the way gives no points
    INDEX = 11
    PERIODS = 12


class P(IntEnum):
    """Points and limits of the policy."""

    SKILL = 0
    TRAVEL = 1
    SLOT = 2
    LANGUAGE = 3
    SPARE_SLOTS = 4


# plain numbers: the compiler takes them for constants
(
    N_SLOTS, N_REQUIRED, N_HOLDS, N_LANGUAGES, N_SUBJECTS, N_MODE, N_IN_PERSON, N_GUARDED,
    N_WISHED_SEX, N_STAGE, N_CREDENTIAL, N_RISK_RED, N_TOWNSHIP, N_STARTS, N_ENDS, N_MIN_DAYS,
    N_FIXED, N_KIND, N_OPEN,
) = (int(fact) for fact in N)  # fmt: skip
(
    H_SLOTS, H_LANGUAGES, H_SUBJECTS, H_MODES, H_SEX, H_STAGES, H_CREDENTIALS, H_SOCIAL_WORKER,
    H_TOWNSHIP, H_MAX_METRES, H_FAR, H_INDEX, H_PERIODS,
) = (int(fact) for fact in H)  # fmt: skip
P_SKILL, P_TRAVEL, P_SLOT, P_LANGUAGE, P_SPARE_SLOTS = (int(fact) for fact in P)
UNKNOWN, TOO_FAR = -1, -2


@njit(cache=True)
def bits(mask):  # type: ignore[no-untyped-def]
    """How many bits of a mask below 2**62 are set."""
    mask = mask - ((mask >> 1) & 0x5555555555555555)
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    return (mask * 0x0101010101010101) >> 56


@njit(cache=True)
def _differ(asked, known):  # type: ignore[no-untyped-def]
    """Both are known and have nothing in common."""
    return asked != 0 and known != 0 and asked & known == 0


@njit(cache=True)
def plain_barrier(n, h):  # type: ignore[no-untyped-def]
    """The rules that compare bits and codes only; slots first, they stop most."""
    if n[N_REQUIRED] > 0 and n[N_SLOTS] & h[H_SLOTS] == 0:
        return True
    if _differ(n[N_LANGUAGES], h[H_LANGUAGES]) or _differ(n[N_SUBJECTS], h[H_SUBJECTS]):
        return True
    if _differ(n[N_MODE], h[H_MODES]) or _differ(n[N_STAGE], h[H_STAGES]):
        return True
    if n[N_GUARDED] and n[N_IN_PERSON] and (h[H_SEX] == 2 or h[H_SEX] == 0):
        return True
    if n[N_WISHED_SEX] and n[N_WISHED_SEX] != h[H_SEX]:
        return True
    if n[N_CREDENTIAL] and n[N_CREDENTIAL] & h[H_CREDENTIALS] == 0:
        return True
    return bool(n[N_RISK_RED] and not h[H_SOCIAL_WORKER])


@njit(cache=True)
def time_barrier(n, h):  # type: ignore[no-untyped-def]
    """Too few slots in common, no day in common, or too short a companionship."""
    if bits(n[N_SLOTS] & h[H_SLOTS]) < n[N_REQUIRED]:
        return True
    days = np.int64(-1)
    for k in range(H_PERIODS, len(h), 2):
        first, last = max(n[N_STARTS], h[k]), min(n[N_ENDS], h[k + 1])
        days = max(days, last - first + 1)
    return days <= 0 or days < n[N_MIN_DAYS]


@njit(cache=True)
def metres_to(a, b, max_metres):  # type: ignore[no-untyped-def]
    """As matching.geometry says; b carries a squared chord a little beyond max_metres."""
    dx, dy, dz = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    square = dx * dx + dy * dy + dz * dz
    if np.isnan(square):
        return np.int64(UNKNOWN)
    if square > b[3]:
        return np.int64(TOO_FAR)
    half = 0.5 * np.sqrt(square)
    if half < 0.05:
        square = half * half
        arc = half * (1.0 + square * (1 / 6 + square * (3 / 40 + square * (15 / 336))))
    else:
        arc = np.arcsin(min(half, 1.0))
    metres = np.int64(np.floor(2.0 * EARTH_RADIUS_M * arc + 0.5))
    return metres if metres <= max_metres else np.int64(TOO_FAR)


@njit(cache=True)
def points_of(n, h, metres, points):  # type: ignore[no-untyped-def]
    """The score of an admissible pair."""
    if n[N_SUBJECTS] == 0:
        score = points[P_SKILL]
    elif h[H_SUBJECTS] == 0:
        score = points[P_SKILL] // 2
    else:
        covered = bits(n[N_SUBJECTS] & h[H_SUBJECTS])
        score = points[P_SKILL] * covered // bits(n[N_SUBJECTS])
    if metres >= 0:
        score += points[P_TRAVEL] * max(h[H_FAR] - metres, 0) // h[H_FAR]
    elif n[N_TOWNSHIP] == h[H_TOWNSHIP] and n[N_TOWNSHIP] >= 0:
        score += points[P_TRAVEL] * 3 // 4
    else:
        score += points[P_TRAVEL] // 3
    common = bits(n[N_SLOTS] & h[H_SLOTS])
    if n[N_HOLDS]:
        wanted = n[N_REQUIRED] + points[P_SPARE_SLOTS]
        score += points[P_SLOT] * min(common, wanted) // max(wanted, 1)
    else:
        score += points[P_SLOT] if common else points[P_SLOT] // 2
    known = n[N_LANGUAGES] != 0 and h[H_LANGUAGES] != 0
    return score + (points[P_LANGUAGE] if known else points[P_LANGUAGE] // 2) + n[N_FIXED]


@njit(cache=True)
def _beyond(point, ball):  # type: ignore[no-untyped-def]
    """Whether a place is out of reach of everybody in a group: centre and reach of the group."""
    dx, dy, dz = point[0] - ball[0], point[1] - ball[1], point[2] - ball[2]
    return dx * dx + dy * dy + dz * dz > ball[3] * ball[3]


@njit(cache=True, nogil=True)
def list_pairs(  # type: ignore[no-untyped-def]
    needs, need_points, helpers, helper_points, points, kinds, groups, balls, quick, first, last,
    ends, helper, score, slots,
):  # fmt: skip
    """List the admissible pairs of the needs from `first` to `last`, need by need.

    `ends` says for each need where its pairs end; the search stops before a need whose pairs
    might not fit any more, and returns it. Helpers are listed by kind in groups of neighbours:
    `quick` has their row, slots and languages, `groups` their first and last.
    """
    count = 0
    for i in range(first, last):
        n = needs[i]
        low, high = kinds[n[N_KIND]], kinds[n[N_KIND] + 1]
        if high > low and count + groups[high - 1, 1] - groups[low, 0] > len(helper):
            return i
        in_person = n[N_IN_PERSON] and not np.isnan(need_points[i, 0])
        common = n[N_SLOTS] if n[N_REQUIRED] else -1
        languages = n[N_LANGUAGES] if n[N_LANGUAGES] else -1
        for group in range(low, high if n[N_OPEN] else low):
            if in_person and _beyond(need_points[i], balls[group]):
                continue
            for at in range(groups[group, 0], groups[group, 1]):
                if common & quick[1, at] == 0 or languages & quick[2, at] == 0:
                    continue
                j = quick[0, at]
                h = helpers[j]
                metres = np.int64(0)
                if n[N_IN_PERSON]:
                    metres = metres_to(need_points[i], helper_points[j], h[H_MAX_METRES])
                if metres == TOO_FAR or plain_barrier(n, h) or time_barrier(n, h):
                    continue
                helper[count] = h[H_INDEX]
                score[count] = points_of(n, h, metres, points)
                if len(slots):
                    slots[count] = n[N_SLOTS] & h[H_SLOTS] if n[N_HOLDS] else 0
                count += 1
        ends[i - first] = count
    return last


@njit(cache=True, nogil=True)
def in_order(ends, helper, score, slots):  # type: ignore[no-untyped-def]
    """The pairs of a block with each need's helpers in order: needs, helpers, scores, slots."""
    out = np.empty((4, len(helper)), dtype=np.int64)
    first = 0
    for i in range(len(ends)):
        keys = np.empty(ends[i] - first, dtype=np.int64)
        for e in range(first, ends[i]):
            keys[e - first] = np.int64(helper[e]) << 32 | e
        keys.sort()
        for k in range(len(keys)):
            e = keys[k] & 0xFFFFFFFF
            out[0, first + k], out[1, first + k] = i, helper[e]
            out[2, first + k], out[3, first + k] = score[e], slots[e]
        first = ends[i]
    return out
