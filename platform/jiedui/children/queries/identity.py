"""Whom words about children could name."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.children.models import Child
from jiedui.core.identity import Family


def family_of(children: Iterable[Child]) -> Family:
    """The names of these children and of those they live with, where that is, their schools."""
    kids = list(children)
    homes = [child.household for child in kids]
    names = {kid.name for kid in kids} | {g.name for home in homes for g in home.guardians}
    schools = {kid.school.name for kid in kids if kid.school is not None}
    return Family(
        frozenset(names), frozenset(home.address for home in homes if home.address),
        frozenset(schools),
    )  # fmt: skip
