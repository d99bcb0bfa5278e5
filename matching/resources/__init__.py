"""Goods and earmarked money for recorded wishes: a transport problem, solved and proven. Pure."""

from matching.resources.checker import check_resources
from matching.resources.reasons import CHANGES, Change, WhyUnmet, why_unmet
from matching.resources.rounds import ResourcePlan, Resources, allocate
from matching.resources.rules import ResourcePolicy, judge
from matching.resources.shapes import (
    BARRIERS,
    PARTS,
    STAGES,
    UNMET,
    Allocation,
    Fund,
    Goods,
    Judgement,
    Prices,
    Split,
    StagePlan,
    Unmet,
    Wish,
)

__all__ = [
    "BARRIERS",
    "CHANGES",
    "PARTS",
    "STAGES",
    "UNMET",
    "Allocation",
    "Change",
    "Fund",
    "Goods",
    "Judgement",
    "Prices",
    "ResourcePlan",
    "ResourcePolicy",
    "Resources",
    "Split",
    "StagePlan",
    "Unmet",
    "WhyUnmet",
    "Wish",
    "allocate",
    "check_resources",
    "judge",
    "why_unmet",
]
