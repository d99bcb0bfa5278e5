"""Somebody who knows every figure that is shown and every sum, and works out the rest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

Equation = tuple[Sequence[Hashable], Hashable]  # these parts make this sum


def ranges(
    shown: Mapping[Hashable, int | None], equations: Sequence[Equation], least: int
) -> dict[Hashable, tuple[float, float]]:
    """From where to where each figure that is not shown may lie: none is below `least`, and every
    equation holds."""
    unknown = [name for name, n in shown.items() if n is None]
    at = {name: n for n, name in enumerate(unknown)}
    matrix, right = np.zeros((len(equations), len(unknown))), np.zeros(len(equations))
    for row, (parts, whole) in enumerate(equations):
        for name, sign in [*((part, 1) for part in parts), (whole, -1)]:
            value = shown[name]
            if value is None:
                matrix[row, at[name]] += sign
            else:
                right[row] -= sign * value
    found: dict[Hashable, tuple[float, float]] = {}
    for name in unknown:
        cost = np.zeros(len(unknown))
        cost[at[name]] = 1
        known = {"A_eq": matrix, "b_eq": right, "bounds": (least, 10_000)}
        low, high = linprog(cost, **known), linprog(-cost, **known)
        assert [low.success, high.success] == [True, True], (shown, equations)
        found[name] = low.fun, -high.fun
    return found


def works_out(
    shown: Mapping[Hashable, int | None], equations: Sequence[Equation]
) -> list[Hashable]:
    """What is not shown and can be worked out all the same. Where anything is shown, nothing is
    told from few by its mark: what is withheld is then at least one."""
    least = (
        1 if any(n is not None for name, n in shown.items() if name not in sums(equations)) else 0
    )
    return [
        name
        for name, (low, high) in ranges(shown, equations, least).items()
        if high - low < 1 - 1e-6
    ]


def sums(equations: Sequence[Equation]) -> set[Hashable]:
    """The names that stand for a sum."""
    return {whole for _parts, whole in equations}
