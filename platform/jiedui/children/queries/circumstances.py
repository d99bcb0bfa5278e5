"""The facts of a child as the rules ask for them, and what they say today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jiedui.children.models import Child, Guardian
from jiedui.children.rules import (
    Category,
    Circumstances,
    Finding,
    ParentFacts,
    Relation,
    findings,
    left_behind_national,
)


def circumstances(child: Child) -> Circumstances:
    """What is known of a child and its parents."""
    parents = {g.relation: g for g in reversed(child.household.guardians)}
    return Circumstances(
        birth_date=child.birth_date,
        rural=child.detail.rural,
        father=_facts(parents.get(Relation.father)),
        mother=_facts(parents.get(Relation.mother)),
        disability=child.detail.disability,
    )


def _facts(parent: Guardian | None) -> ParentFacts | None:
    if parent is None:
        return None
    return ParentFacts(
        away=parent.away,
        away_since=parent.away_since,
        beyond_county=parent.beyond_county,
        unable=parent.unable,
        unable_since=parent.unable_since,
    )


def explained(child: Child, today: date) -> tuple[Mapping[Category, Finding], Finding]:
    """Why a child is or is not in each category that follows from facts, and whether it counts as
    left behind nationally."""
    facts = circumstances(child)
    return findings(facts, today), left_behind_national(facts, today)
