"""Counties as people live, drawn from a seed: for benchmarks and for trying things out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.columns import FAR_FUTURE, FAR_PAST, SEX, HelperColumns, NeedColumns
from matching.geometry import unit_vectors
from matching.problem import Problem
from matching.relations import Relations
from matching.shapes import MODES, SLOTS, TRAVEL, Pairs

COUNTY_KM = 60.0
TOWNSHIPS, VILLAGES, SUBJECTS, LANGUAGES = 12, 120, 12, 5
_DEGREE_KM = 111.2
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Land:
    """Town, townships and villages of one county, in kilometres from its corner."""

    town: np.ndarray
    townships: np.ndarray
    villages: np.ndarray
    village_share: np.ndarray


def county(needs: int, helpers: int, seed: int = 1, at: tuple[int, int] = (0, 0)) -> Problem:
    """One county of so many needs and helpers; `at` is its place in a province of counties.

    >>> problem = county(50, 20)
    >>> len(problem.needs.id), len(problem.helpers.id)
    (50, 20)
    """
    chance = np.random.default_rng([seed, *at])
    land = _land(chance)
    need_columns = _needs(chance, land, needs, at)
    helper_columns = _helpers(chance, land, helpers, at)
    relations = Relations(helpers, _NONE, _NONE)
    return Problem((), (), Pairs(), None, need_columns, helper_columns, relations, ())


def _land(chance: np.random.Generator) -> _Land:
    town = np.full(2, COUNTY_KM / 2)
    townships = chance.uniform(4, COUNTY_KM - 4, size=(TOWNSHIPS, 2))
    home = chance.integers(0, TOWNSHIPS, VILLAGES)
    villages = np.clip(townships[home] + chance.normal(0, 4, (VILLAGES, 2)), 0, COUNTY_KM)
    share = 1 / np.arange(1, VILLAGES + 1)
    return _Land(town, townships, villages, share / share.sum())


def _points(km: np.ndarray, at: tuple[int, int]) -> np.ndarray:
    lat = 25.0 + (km[:, 1] + at[1] * COUNTY_KM) / _DEGREE_KM
    lon = 110.0 + (km[:, 0] + at[0] * COUNTY_KM) / (_DEGREE_KM * np.cos(np.radians(25.5)))
    return unit_vectors(lat, lon)


def _some_bits(
    chance: np.random.Generator, rows: int, bits: int, least: int, most: int
) -> np.ndarray:
    """A mask for each row with between `least` and `most` of so many bits."""
    order = np.argsort(chance.random((rows, bits)), axis=1)
    wanted = chance.integers(least, most + 1, rows)
    kept = np.where(np.arange(bits) < wanted[:, None], np.int64(1) << order, 0)
    return np.asarray(kept.sum(axis=1, dtype=np.int64))


def _needs(chance: np.random.Generator, land: _Land, rows: int, at: tuple[int, int]) -> NeedColumns:
    village = chance.choice(VILLAGES, rows, p=land.village_share)
    km = land.villages[village] + chance.normal(0, 0.5, (rows, 2))
    kind = chance.integers(0, 3, rows)
    online = chance.random(rows) < 0.15
    zero, no = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=bool)
    subject = np.int64(1) << chance.integers(0, SUBJECTS, rows)
    rank = chance.choice(3, rows, p=[0.03, 0.12, 0.85])
    return NeedColumns(
        id=np.arange(rows, dtype=np.int64),
        kind=np.int64(1) << kind,
        companionship=kind == 0,
        subjects=np.where(kind == 2, subject, 0),
        stage=zero,
        mode=np.where(online, 1 << MODES.index("online"), 1 << MODES.index("in_person")),
        point=_points(km, at),
        township=zero - 1,
        slots=_some_bits(chance, rows, SLOTS, 2, 5),
        required=zero + 1,
        holds=~no,
        demand=zero + 1,
        languages=np.int64(1) << chance.integers(0, LANGUAGES, rows),
        girl=chance.random(rows) < 0.28,
        wished_sex=zero,
        credential=zero,
        starts=zero + 739_860,
        ends=zero + FAR_FUTURE,
        rank=rank.astype(np.int64),
        risk_red=no,
        waiting=chance.integers(0, 120, rows),
        siblings=zero,
        consent=~no,
        helpers_now=zero,
        child=zero - 1,
    )


def _helpers(
    chance: np.random.Generator, land: _Land, rows: int, at: tuple[int, int]
) -> HelperColumns:
    where = chance.choice(3, rows, p=[0.4, 0.4, 0.2])
    township = land.townships[chance.integers(0, TOWNSHIPS, rows)]
    village = land.villages[chance.choice(VILLAGES, rows, p=land.village_share)]
    centre = np.where(where[:, None] == 0, land.town, township)
    km = np.where(where[:, None] == 2, village, centre) + chance.normal(0, 1, (rows, 2))
    no = np.zeros(rows, dtype=bool)
    zero = np.zeros(rows, dtype=np.int64)
    both = 1 << MODES.index("online") | 1 << MODES.index("in_person")
    return HelperColumns(
        id=np.arange(rows, dtype=np.int64),
        offers=_some_bits(chance, rows, 3, 1, 2),
        subjects=_some_bits(chance, rows, SUBJECTS, 1, 4),
        stages=zero,
        credentials=zero,
        cleared=~no,
        modes=np.where(chance.random(rows) < 0.5, both, 1 << MODES.index("in_person")),
        point=_points(km, at),
        township=zero - 1,
        max_metres=np.rint(1000 * np.clip(chance.gamma(3, 3.3, rows), 3, 25)).astype(np.int64),
        travel=chance.integers(0, len(TRAVEL), rows),
        slots=_some_bits(chance, rows, SLOTS, 2, 6),
        languages=_some_bits(chance, rows, LANGUAGES, 1, 3),
        room=chance.choice(np.array([1, 2, 3]), rows, p=[0.5, 0.33, 0.17]),
        sex=np.where(chance.random(rows) < 0.6, SEX["f"], SEX["m"]),
        social_worker=no,
        period_starts=np.full((rows, 1), FAR_PAST, dtype=np.int64),
        period_ends=np.full((rows, 1), FAR_FUTURE, dtype=np.int64),
        period_known=~no,
    )
