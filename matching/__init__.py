"""Who helps whom: the provably best plan of a round, explained. Pure: no portal, no names."""

from matching.assignment import Assignment, assign
from matching.barriers import BARRIERS, SAFETY
from matching.checker import check
from matching.greedy_round import greedy
from matching.policy import PARTS, Policy
from matching.problem import Problem
from matching.ranking import judge, rank_helpers, rank_needs
from matching.rounds import match
from matching.shapes import (
    CLASSES,
    FREQUENCIES,
    MODES,
    SLOTS,
    TRAVEL,
    Candidate,
    Helper,
    Need,
    Pair,
    Pairs,
    Plan,
    Prices,
    Unmet,
)

__all__ = [
    "BARRIERS",
    "CLASSES",
    "FREQUENCIES",
    "MODES",
    "PARTS",
    "SAFETY",
    "SLOTS",
    "TRAVEL",
    "Assignment",
    "Candidate",
    "Helper",
    "Need",
    "Pair",
    "Pairs",
    "Plan",
    "Policy",
    "Prices",
    "Problem",
    "Unmet",
    "assign",
    "check",
    "greedy",
    "judge",
    "match",
    "rank_helpers",
    "rank_needs",
]
