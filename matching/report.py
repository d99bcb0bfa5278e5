"""One page a coordinator can read: figures, a map, who is still waiting, whom to look for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from matching.diagnosis import Change
from matching.problem import Problem
from matching.recruitment import Recruit
from matching.report_map import drawn
from matching.shapes import Plan
from matching.tables import slot_name

_WORDS = json.loads(Path(__file__).with_name("report_words.json").read_text("utf-8"))
_STYLE = """
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;
margin:0 auto;padding:1rem;color:#1c2b33;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d8e0e4;vertical-align:top}
svg{display:block;max-width:100%;height:auto;max-height:40rem;margin:auto;
border:1px solid #d8e0e4;border-radius:.5rem}
.wide{overflow-x:auto}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """All that one county's page shows."""

    name: str
    problem: Problem
    plan: Plan
    greedy_met: int
    changes: Mapping[int, Change | None]
    recruits: Sequence[Recruit]


def page(counties: Sequence[Found], language: str = "zh") -> str:
    """The whole page; no script, nothing loaded from elsewhere."""
    words = _WORDS[language]
    parts = [_county(found, words) for found in counties]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words['title'])}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(words['title'])}</h1>{''.join(parts)}</body></html>\n"
    )


def _county(found: Found, words: Mapping[str, Any]) -> str:
    heading = f"<h2>{escape(found.name)}</h2>" if found.name else ""
    return (
        heading
        + _figures(found, words)
        + drawn(found.problem, found.plan, words)
        + _unmet(found, words)
        + _recruits(found, words)
        + _pairs(found, words)
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _figures(found: Found, words: Mapping[str, Any]) -> str:
    plan = found.plan
    proof = words["proven"] if plan.gap == 0 else f"{words['not_proven']} {plan.gap:.4%}"
    rows = [
        (words["needs"], len(found.problem.need_rows)),
        (words["helpers"], len(found.problem.helper_rows)),
        (words["possible"], int(plan.figures.get("candidates", 0))),
        (words["met"], " / ".join(str(met) for met in plan.tuple_[:3])),
        (words["score"], plan.tuple_[3]),
        (words["proof"], proof),
        (words["greedy"], found.greedy_met),
    ]
    return f"<h2>{escape(words['figures'])}</h2>" + _table((), rows)


def _unmet(found: Found, words: Mapping[str, Any]) -> str:
    kinds = {need.id: need.kind for need in found.problem.need_rows}
    rows = []
    for unmet in found.plan.unmet:
        change = found.changes.get(unmet.need_id)
        barriers = ", ".join(f"{words['barriers'][code]} {n}" for code, n in unmet.barriers.items())
        why = f"{words[unmet.reason]} ({barriers})" if barriers else words[unmet.reason]
        shown = _change(change, words) if change else words["none"]
        kind = words["kinds"].get(kinds[unmet.need_id], kinds[unmet.need_id])
        rows.append((unmet.need_id, kind, why, shown))
    head = (words["need"], words["kind"], words["why"], words["change"])
    return f"<h2>{escape(words['unmet'])} ({len(rows)})</h2>" + _table(head, rows)


def _change(change: Change, words: Mapping[str, Any]) -> str:
    name = words["slot_change" if change.code == "slot" else change.code]
    facts = [
        change.what,
        None if change.slot is None else slot_name(change.slot),
        None if change.km is None else f"{change.km:g} {words['km']}",
        None if change.helper_id is None else f"{words['helper']} {change.helper_id}",
    ]
    shown = ", ".join(fact for fact in facts if fact)
    return f"{name}: {shown}" if shown else name


def _recruits(found: Found, words: Mapping[str, Any]) -> str:
    rows = []
    for recruit in found.recruits:
        helper = recruit.helper
        offers = [words["kinds"].get(kind, kind) for kind in sorted(helper.offers)]
        skills = [*offers, *sorted(helper.subjects), *sorted(helper.credentials)]
        slots = ", ".join(slot_name(slot) for slot in sorted(helper.slots))
        more = sum(recruit.met_after) - sum(recruit.met_before)
        where = "" if helper.township_id is None else helper.township_id
        line = f"{words['recruit_line']} {more} {words['more_met']}"
        rows.append((" + ".join(skills), where, slots, line))
    return f"<h2>{escape(words['recruit'])}</h2>" + _table((), rows)


def _pairs(found: Found, words: Mapping[str, Any]) -> str:
    rows = [
        (
            pair.need_id,
            pair.helper_id,
            "" if pair.slot is None else slot_name(pair.slot),
            "" if pair.candidate.km is None else f"{pair.candidate.km:.1f}",
            "" if pair.candidate.minutes is None else pair.candidate.minutes,
            pair.score,
        )
        for pair in found.plan.pairs
    ]
    head = tuple(words[key] for key in ("need", "helper", "slot", "km", "minutes", "score"))
    return f"<h2>{escape(words['pairs'])} ({len(rows)})</h2>" + _table(head, rows)
