"""A row of a list of pairs: which child, which person, since when, what, in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiedui.children.queries.ledger import id_index as child_index
from jiedui.core.resident_id import ResidentId
from jiedui.helpers import queries as helpers
from jiedui.helpers.exchange import Named
from jiedui.helpers.rules import HelpKind
from jiedui.intake.exchange import Today, Value, Values, Villages, load, read_cells
from jiedui.intake.rules import IntakeFault, Problem
from jiedui.pairings.rules.legacy import PairFault, PairForm

BEFORE = load(Path(__file__).resolve().parents[1] / "data" / "before.toml")


@dataclass(frozen=True)
class PairRow:
    """What a row says, and what is wrong with it."""

    child_name: str
    child_index: str | None
    birth: date | None
    village_id: int | None
    helper: Named
    since: date | None
    kind: HelpKind
    form: PairForm | None
    problems: tuple[Problem, ...]


def read_pair(cells: Mapping[str, str], today: Today, villages: Villages) -> PairRow:
    """Read every cell of a row."""
    values, problems = read_cells(cells, BEFORE, today)
    child, helper = _number(values.get("child_id")), _number(values.get("helper_id"))
    village = _village(values, villages, problems)
    birth, since = values.get("child_birth"), values.get("since")
    if child and birth not in (None, child.birth_date):
        problems.append(Problem("child_birth", IntakeFault.birth_differs))
    faulty = {one.field for one in problems}
    unclear = child is None and (birth is None or village is None)
    if unclear and not faulty & {"child_id", "child_birth", "village"}:
        problems.append(Problem("child_id", PairFault.child_unclear))
    phone, kind, form = values.get("helper_phone"), values.get("kind"), values.get("form")
    number = helpers.id_index(helper.number) if helper else None
    return PairRow(
        child_name=str(values.get("child_name") or ""),
        child_index=child_index(child.number) if child else None,
        birth=birth if isinstance(birth, date) else None,
        village_id=village,
        helper=Named(str(values.get("helper_name") or ""), number, str(phone) if phone else None),
        since=since if isinstance(since, date) else None,
        kind=HelpKind(str(kind)) if kind else HelpKind.companionship,
        form=PairForm(str(form)) if form else None,
        problems=tuple(problems),
    )


def _number(value: Value) -> ResidentId | None:
    return value if isinstance(value, ResidentId) else None


def _village(values: Values, villages: Villages, problems: list[Problem]) -> int | None:
    name = values.get("village")
    if not isinstance(name, str):
        return None
    found = villages.find(str(values.get("township") or ""), name)
    if isinstance(found, IntakeFault):
        problems.append(Problem("village", found))
        return None
    return found.id
