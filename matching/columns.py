"""Rows as columns: one array per fact, sets as bit masks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.geometry import unit_vectors
from matching.shapes import CLASSES, MODES, SLOTS, TRAVEL, Helper, Need

FAR_PAST, FAR_FUTURE = date.min.toordinal(), date.max.toordinal()
SEX = {None: 0, "f": 1, "m": 2}


@dataclass(frozen=True, slots=True)
class NeedColumns:
    """One array per fact, one entry per need, in the order of the ids."""

    id: np.ndarray
    kind: np.ndarray  # bit
    companionship: np.ndarray
    subjects: np.ndarray  # bits
    stage: np.ndarray  # bit or 0
    mode: np.ndarray  # bit
    point: np.ndarray  # (n, 3)
    township: np.ndarray
    slots: np.ndarray  # bits
    required: np.ndarray  # common slots that are needed; 0 asks for none
    holds: np.ndarray  # whether a weekly slot of the helper is held
    demand: np.ndarray
    languages: np.ndarray
    girl: np.ndarray
    wished_sex: np.ndarray
    credential: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    rank: np.ndarray  # 0 red, 1 yellow, 2 normal
    risk_red: np.ndarray
    waiting: np.ndarray
    siblings: np.ndarray  # children beyond the first
    consent: np.ndarray
    helpers_now: np.ndarray
    child: np.ndarray  # index of the only child, -1 for a household's shared need


@dataclass(frozen=True, slots=True)
class HelperColumns:
    """One array per fact, one entry per helper, in the order of the ids."""

    id: np.ndarray
    offers: np.ndarray
    subjects: np.ndarray
    stages: np.ndarray
    credentials: np.ndarray
    cleared: np.ndarray
    modes: np.ndarray
    point: np.ndarray
    township: np.ndarray
    max_metres: np.ndarray  # -1: the county's default
    travel: np.ndarray
    slots: np.ndarray  # free: declared and not held by a living pairing
    languages: np.ndarray
    room: np.ndarray
    sex: np.ndarray
    social_worker: np.ndarray
    period_starts: np.ndarray  # (m, periods)
    period_ends: np.ndarray
    period_known: np.ndarray


class Codes:
    """Gives every code of a kind its bit, in sorted order."""

    def __init__(self, needs: Sequence[Need], helpers: Sequence[Helper]) -> None:
        self.kind = _bits("kind", [{n.kind} for n in needs], [h.offers for h in helpers])
        self.subject = _bits("subject", [n.subjects for n in needs], [h.subjects for h in helpers])
        self.stage = _bits("stage", [_one(n.stage) for n in needs], [h.stages for h in helpers])
        self.language = _bits(
            "language", [n.languages for n in needs], [h.languages for h in helpers]
        )
        self.credential = _bits(
            "credential", [_one(n.credential) for n in needs], [h.credentials for h in helpers]
        )
        townships = {need.township_id for need in needs} | {h.township_id for h in helpers}
        known = sorted(code for code in townships if code is not None)
        self.township = {code: at for at, code in enumerate(known)}

    def know_need(self, need: Need) -> bool:
        """Whether every code of a need has its bit."""
        return (
            need.kind in self.kind
            and self._here(need.township_id)
            and self.subject.keys() >= need.subjects
            and self.stage.keys() >= _one(need.stage)
            and self.language.keys() >= need.languages
            and self.credential.keys() >= _one(need.credential)
        )

    def know_helper(self, helper: Helper) -> bool:
        """Whether every code of a helper has its bit."""
        return (
            self._here(helper.township_id)
            and self.kind.keys() >= helper.offers
            and self.subject.keys() >= helper.subjects
            and self.stage.keys() >= helper.stages
            and self.language.keys() >= helper.languages
            and self.credential.keys() >= helper.credentials
        )

    def _here(self, township_id: int | None) -> bool:
        return township_id is None or township_id in self.township


def _one(code: str | None) -> frozenset[str]:
    return frozenset() if code is None else frozenset({code})


def _bits(what: str, *columns: Sequence[Iterable[str]]) -> dict[str, int]:
    codes = sorted({code for column in columns for cell in column for code in cell})
    if len(codes) > 62:
        raise ValueError(f"{what}: more than 62 different codes")
    return {code: 1 << at for at, code in enumerate(codes)}


def _mask(bits: dict[str, int], codes: Iterable[str]) -> int:
    return sum(bits[code] for code in set(codes))


def slot_mask(slots: Iterable[int]) -> int:
    """Weekly slots as bits."""
    return sum(1 << slot for slot in set(slots))


def slots_of(mask: int) -> tuple[int, ...]:
    """The weekly slots of a mask, in order."""
    return tuple(slot for slot in range(SLOTS) if mask >> slot & 1)


def _required_slots(need: Need) -> int:
    if need.mode == "phone":
        return 0
    if need.frequency == "monthly":
        return 1 if need.slots else 0
    return max(1, need.times_per_week) if need.frequency == "n_per_week" else 1


def _points(rows: Sequence[Need] | Sequence[Helper]) -> np.ndarray:
    nan = float("nan")
    lat = np.array([nan if row.lat is None else row.lat for row in rows], dtype=np.float64)
    lon = np.array([nan if row.lon is None else row.lon for row in rows], dtype=np.float64)
    return unit_vectors(lat, lon)


def _ints(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)


def _flags(values: Iterable[bool]) -> np.ndarray:
    return np.array(list(values), dtype=np.bool_)


def need_columns(
    rows: Sequence[Need], codes: Codes, child_at: dict[int, int], today: date | None
) -> NeedColumns:
    floor = today.toordinal() if today else FAR_PAST
    return NeedColumns(
        id=_ints(n.id for n in rows),
        kind=_ints(codes.kind[n.kind] for n in rows),
        companionship=_flags(n.kind == "companionship" for n in rows),
        subjects=_ints(_mask(codes.subject, n.subjects) for n in rows),
        stage=_ints(codes.stage[n.stage] if n.stage else 0 for n in rows),
        mode=_ints(1 << MODES.index(n.mode) for n in rows),
        point=_points(rows),
        township=_ints(codes.township.get(n.township_id, -1) for n in rows),  # type: ignore[arg-type]
        slots=_ints(slot_mask(n.slots) for n in rows),
        required=_ints(_required_slots(n) for n in rows),
        holds=_flags(n.mode != "phone" and n.frequency != "monthly" for n in rows),
        demand=_ints(n.demand for n in rows),
        languages=_ints(_mask(codes.language, n.languages) for n in rows),
        girl=_flags("f" in n.child_sex for n in rows),
        wished_sex=_ints(SEX[n.wished_sex] for n in rows),
        credential=_ints(_mask(codes.credential, _one(n.credential)) for n in rows),
        starts=_ints(max(floor, n.starts.toordinal() if n.starts else floor) for n in rows),
        ends=_ints(n.ends.toordinal() if n.ends else FAR_FUTURE for n in rows),
        rank=_ints(CLASSES.index(n.urgency) for n in rows),
        risk_red=_flags(n.risk_red for n in rows),
        waiting=_ints(max(0, n.waiting_days) for n in rows),
        siblings=_ints(max(0, len(n.child_ids) - 1) for n in rows),
        consent=_flags(n.consent for n in rows),
        helpers_now=_ints(
            len(set(n.living_helpers)) if n.helpers_now is None else n.helpers_now for n in rows
        ),
        child=_ints(child_at[n.child_ids[0]] if len(n.child_ids) == 1 else -1 for n in rows),
    )


def helper_columns(rows: Sequence[Helper], codes: Codes) -> HelperColumns:
    width = max((len(h.periods) for h in rows), default=1) or 1
    starts = np.full((len(rows), width), FAR_FUTURE, dtype=np.int64)
    ends = np.full((len(rows), width), FAR_PAST, dtype=np.int64)
    for at, row in enumerate(rows):
        for column, (start, end) in enumerate(row.periods):
            starts[at, column] = start.toordinal()
            ends[at, column] = end.toordinal() if end else FAR_FUTURE
        if not row.periods:  # not known: a missing datum, not a refusal
            starts[at, 0], ends[at, 0] = FAR_PAST, FAR_FUTURE
    return HelperColumns(
        id=_ints(h.id for h in rows),
        offers=_ints(_mask(codes.kind, h.offers) for h in rows),
        subjects=_ints(_mask(codes.subject, h.subjects) for h in rows),
        stages=_ints(_mask(codes.stage, h.stages) for h in rows),
        credentials=_ints(_mask(codes.credential, h.credentials) for h in rows),
        cleared=_flags(h.cleared for h in rows),
        modes=_ints(sum(1 << MODES.index(mode) for mode in h.modes) for h in rows),
        point=_points(rows),
        township=_ints(codes.township.get(h.township_id, -1) for h in rows),  # type: ignore[arg-type]
        max_metres=_ints(-1 if h.max_km is None else round(h.max_km * 1000) for h in rows),
        travel=_ints(TRAVEL.index(h.travel) for h in rows),
        slots=_ints(slot_mask(h.slots) & ~slot_mask(h.busy_slots) for h in rows),
        languages=_ints(_mask(codes.language, h.languages) for h in rows),
        room=_ints(max(0, h.capacity - h.living) for h in rows),
        sex=_ints(SEX.get(h.sex, 3) for h in rows),
        social_worker=_flags(h.kind == "social_worker" for h in rows),
        period_starts=starts,
        period_ends=ends,
        period_known=_flags(bool(h.periods) for h in rows),
    )
