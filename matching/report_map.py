"""The map of a report: dots only, as a county's outline would need a reviewed map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import cos, radians
from typing import Any

from matching.problem import Problem
from matching.shapes import Helper, Need, Plan

_WIDTH, _HEIGHT, _EDGE = 720, 480, 12


def drawn(problem: Problem, plan: Plan, words: Mapping[str, Any]) -> str:
    """Needs, helpers and proposed pairs as SVG; nothing where no place is known."""
    spots = _Spots([*problem.need_rows, *problem.helper_rows])
    marks = "".join([*_lines(problem, plan, spots), *_helpers(problem, spots)])
    marks += "".join(_needs(problem, plan, spots))
    if not marks:
        return ""
    return (
        f"<h2>{escape(words['map'])}</h2>"
        f'<svg viewBox="0 0 {spots.width} {_HEIGHT}" role="img" '
        f'aria-label="{escape(words["map"])}">{marks}</svg>'
        f"<p>{escape(words['map_key'])}</p>"
    )


class _Spots:
    """Where rows lie on the picture."""

    def __init__(self, rows: Sequence[Need | Helper]) -> None:
        lats = [row.lat for row in rows if row.lat is not None]
        lons = [row.lon for row in rows if row.lon is not None]
        self._top, self._left = max(lats, default=0.0), min(lons, default=0.0)
        tall = max(self._top - min(lats, default=0.0), 1e-6)
        self._narrowing = cos(radians(self._top))  # a degree of longitude is shorter
        wide = max((max(lons, default=0.0) - self._left) * self._narrowing, 1e-6)
        self._scale = min((_HEIGHT - 2 * _EDGE) / tall, (_WIDTH - 2 * _EDGE) / wide)
        self.width = round(wide * self._scale + 2 * _EDGE)

    def of(self, row: Need | Helper) -> tuple[float, float] | None:
        """Pixels from the left and from the top, None without a place."""
        if row.lat is None or row.lon is None:
            return None
        across = _EDGE + (row.lon - self._left) * self._narrowing * self._scale
        down = _EDGE + (self._top - row.lat) * self._scale
        return round(across, 1), round(down, 1)


def _lines(problem: Problem, plan: Plan, spots: _Spots) -> Iterator[str]:
    for pair in plan.pairs:
        start = spots.of(problem.need_rows[problem.need_index(pair.need_id)])
        end = spots.of(problem.helper_rows[problem.helper_index(pair.helper_id)])
        if start and end:
            yield (
                f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" '
                'stroke="#9db4bf" stroke-width="1"/>'
            )


def _helpers(problem: Problem, spots: _Spots) -> Iterator[str]:
    for at in map(spots.of, problem.helper_rows):
        if at:
            corner = f'x="{at[0] - 3:.1f}" y="{at[1] - 3:.1f}"'
            yield f'<rect {corner} width="6" height="6" fill="#35607a"/>'


def _needs(problem: Problem, plan: Plan, spots: _Spots) -> Iterator[str]:
    waiting = {unmet.need_id for unmet in plan.unmet}
    for need in problem.need_rows:
        at = spots.of(need)
        if at:
            look = 'fill="#fff" stroke="#d9722e"' if need.id in waiting else 'fill="#d9722e"'
            yield f'<circle cx="{at[0]}" cy="{at[1]}" r="3.5" stroke-width="2" {look}/>'
