"""Who helps whom: the provably best plan of a round, explained. Pure: no portal, no names."""

from matching.assignment import Assignment, assign
from matching.barriers import BARRIERS, SAFETY
from matching.checker import check
from matching.diagnosis import STEPS, Change, smallest_change
from matching.features import FEATURES, pair_features
from matching.greedy_round import greedy
from matching.learning import LEAST as LEAST_OUTCOMES
from matching.learning import LEAST_OF_EACH, Learned, learn
from matching.missing import Missing, missing_data
from matching.policy import PARTS, Policy
from matching.problem import Problem
from matching.ranking import judge, rank_helpers, rank_needs
from matching.recruitment import Recruit, recruitment_plan
from matching.rounds import match
from matching.scrubbing import scrubbed
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
    Split,
    Unmet,
)
from matching.ways import Sharing, Ways, sharing_groups, ways_now, ways_of
from matching.whatif import WhatIf

__all__ = [
    "BARRIERS",
    "CLASSES",
    "FEATURES",
    "FREQUENCIES",
    "LEAST_OF_EACH",
    "LEAST_OUTCOMES",
    "MODES",
    "PARTS",
    "SAFETY",
    "SLOTS",
    "STEPS",
    "TRAVEL",
    "Assignment",
    "Candidate",
    "Change",
    "Helper",
    "Learned",
    "Missing",
    "Need",
    "Pair",
    "Pairs",
    "Plan",
    "Policy",
    "Prices",
    "Problem",
    "Recruit",
    "Sharing",
    "Split",
    "Unmet",
    "Ways",
    "WhatIf",
    "assign",
    "check",
    "greedy",
    "judge",
    "learn",
    "match",
    "missing_data",
    "pair_features",
    "rank_helpers",
    "rank_needs",
    "recruitment_plan",
    "scrubbed",
    "sharing_groups",
    "smallest_change",
    "ways_now",
    "ways_of",
]
