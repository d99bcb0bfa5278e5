"""The hard rules: each stops a pair outright and has a code that the portal puts into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from matching.columns import SEX
from matching.pairwise import Pairwise
from matching.relations import BLOCKED, KNOWN, RELATED

Rule = Callable[[Pairwise], np.ndarray]


def _sex_rule(pairs: Pairwise) -> np.ndarray:
    """A girl, in person: only a woman, or a team that has one (neither "m" nor unknown)."""
    lone_man = (pairs.h("sex") == SEX["m"]) | (pairs.h("sex") == SEX[None])
    return np.bool_(pairs.policy.sex_rule) & pairs.n("girl") & pairs.in_person & lone_man


def _wished_sex(pairs: Pairwise) -> np.ndarray:
    return (pairs.n("wished_sex") != 0) & (pairs.n("wished_sex") != pairs.h("sex"))


def _subject(pairs: Pairwise) -> np.ndarray:
    asked, known = pairs.n("subjects"), pairs.h("subjects")
    return (asked != 0) & (known != 0) & (asked & known == 0)


def _stage(pairs: Pairwise) -> np.ndarray:
    asked, known = pairs.n("stage"), pairs.h("stages")
    return (asked != 0) & (known != 0) & (asked & known == 0)


def _language(pairs: Pairwise) -> np.ndarray:
    spoken, known = pairs.n("languages"), pairs.h("languages")
    return (spoken != 0) & (known != 0) & (spoken & known == 0)


def _mode(pairs: Pairwise) -> np.ndarray:
    return (pairs.h("modes") != 0) & (pairs.n("mode") & pairs.h("modes") == 0)


def _credential(pairs: Pairwise) -> np.ndarray:
    return (pairs.n("credential") != 0) & (pairs.n("credential") & pairs.h("credentials") == 0)


def _too_short(pairs: Pairwise) -> np.ndarray:
    short = pairs.days_in_sight < pairs.policy.min_companionship_days
    return pairs.n("companionship") & (pairs.days_in_sight > 0) & short


def _too_few_slots(pairs: Pairwise) -> np.ndarray:
    return (pairs.common_count > 0) & (pairs.common_count < pairs.n("required"))


def _child_has_enough(pairs: Pairwise) -> np.ndarray:
    full = pairs.n("helpers_now") >= pairs.policy.max_helpers_per_child
    return full & (pairs.flags & KNOWN == 0)


RULES: Mapping[str, Rule] = {
    "consent": lambda pairs: ~pairs.n("consent"),
    "clearance": lambda pairs: ~pairs.h("cleared"),
    "blocked": lambda pairs: pairs.flags & BLOCKED != 0,
    "related": lambda pairs: pairs.flags & RELATED != 0,
    "risk_red": lambda pairs: pairs.n("risk_red") & ~pairs.h("social_worker"),
    "sex_rule": _sex_rule,
    "wished_sex": _wished_sex,
    "kind": lambda pairs: pairs.n("kind") & pairs.h("offers") == 0,
    "mode": _mode,
    "credential": _credential,
    "subject": _subject,
    "stage": _stage,
    "language": _language,
    "distance": lambda pairs: pairs.metres > pairs.max_metres,
    "dates": lambda pairs: pairs.days_in_sight <= 0,
    "too_short": _too_short,
    "no_common_slot": lambda pairs: (pairs.n("required") > 0) & (pairs.common_count == 0),
    "too_few_slots": _too_few_slots,
    "capacity": lambda pairs: pairs.h("room") <= 0,
    "child_has_enough_helpers": _child_has_enough,
}
BARRIERS = tuple(RULES)
SAFETY = frozenset({"consent", "clearance", "credential", "blocked", "related"})  # never offered


def barriers_of(pairs: Pairwise) -> np.ndarray:
    """A bit for each barrier, in the order of BARRIERS; 0 means that the pair is possible."""
    found = np.zeros(len(pairs), dtype=np.int64)
    for bit, rule in enumerate(RULES.values()):
        found |= rule(pairs).astype(np.int64) << bit
    return found


def barrier_codes(mask: int) -> tuple[str, ...]:
    """The codes of a mask."""
    return tuple(code for bit, code in enumerate(BARRIERS) if mask >> bit & 1)
