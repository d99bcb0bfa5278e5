"""What was there before the portal, in the demo county: caring mothers, their pairs and their hours
of earlier years, brought in from lists; some gates made good since, most of them still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from jiedui.access.rules import Office, Role
from jiedui.children import queries as children
from jiedui.children.queries import Aspect
from jiedui.core import clock, jobs, sheets
from jiedui.core.resident_id import Sex
from jiedui.demo.acts import Stage
from jiedui.demo.invented import Someone
from jiedui.helpers import actions as helpers
from jiedui.helpers import queries as known
from jiedui.helpers.exchange import LIST
from jiedui.helpers.rules import Finding, Gate, HelpKind, Outcome
from jiedui.hours.exchange import PAST
from jiedui.intake import actions, queries
from jiedui.intake.exchange import Layout
from jiedui.pairings.exchange import BEFORE
from jiedui.regions import queries as regions

MOTHERS, WITH_TWO, FORM = 10, 2, {1: "一对一", 2: "一对多"}
BROUGHT, VETTED = timedelta(days=38), timedelta(days=9)
SINCE, UNTIL = timedelta(days=600), timedelta(days=340)
Said = Mapping[str, str]


def bring_lists(stage: Stage, today: date) -> None:
    """The Women's Federation began with its lists some weeks ago."""
    with stage.on(today - BROUGHT, 10):
        mothers = [_mother(stage) for _ in range(MOTHERS)]
        with stage.read():
            kids = _unpaired(stage, MOTHERS + WITH_TWO)
            enlisted = [_enlisted(*one) for one in zip(mothers, kids, strict=False)]
            theirs = [(mothers[n % MOTHERS], kid) for n, kid in enumerate(kids)]
            pairs = [_pair(*one, theirs) for one in theirs]
        _take(stage, "helpers", LIST, enlisted)
        _take(stage, "pairs-before", BEFORE, pairs)
        _take(stage, "hours-before", PAST, [_past(m, n) for n, m in enumerate(mothers)])
    with stage.on(today - VETTED, 15), stage.write():
        by = stage.official(Role.coordinator, Office.womens_federation.value, 1)
        there = known.by_indexes(
            stage.county_id, {known.id_index(m.id_number) for m in mothers[:6]}
        )
        for number, helper in enumerate(known.several(h.id for h in there.values())):
            for gate in (Gate.identity, Gate.conduct, Gate.training)[: 1 + number % 3]:
                helpers.record_finding(helper, Finding(gate, Outcome.good, clock.today()), by=by)


def _unpaired(stage: Stage, count: int) -> Sequence[Any]:
    """Children of every township who wish for help with school, and have had company already."""
    by = stage.official(Role.coordinator, Office.womens_federation.value)
    towns = regions.townships(regions.get(stage.county_id).path)
    found: list[Any] = []
    for town in towns:
        wanted = children.Filter(region_id=town.id, known={Aspect.need: HelpKind.tutoring.value})
        own = (c for c in children.page(by, wanted)[0] if c.id_number)
        found += islice(own, -(-count // len(towns)))
    return found[:count]


def _mother(stage: Stage) -> Someone:
    return stage.inventor.person(stage.inventor.born(clock.today(), 30, 58), Sex.female)


def _enlisted(mother: Someone, child: Any) -> Said:
    town = child.village.parent
    return {
        "name": mother.name, "sex": "女", "id_number": mother.id_number, "phone": mother.phone,
        "consent": "是", "kind": "爱心妈妈", "township": town.name if town else "",
        "village": child.village.name, "offers": "陪伴、阅读", "slots": "周末",
        "languages": "普通话、客家话", "max_km": "10公里", "capacity": "2",
    }  # fmt: skip


def _pair(mother: Someone, child: Any, all_: Sequence[tuple[Someone, Any]]) -> Said:
    form = FORM[sum(mother is one for one, _child in all_)]
    return {
        "child_name": child.name, "child_id": child.id_number or "",
        "helper_name": mother.name, "helper_id": mother.id_number,
        "since": f"{clock.today() - SINCE:%Y年%m月}", "kind": "陪伴", "form": form,
    }  # fmt: skip


def _past(mother: Someone, number: int) -> Said:
    return {
        "helper_name": mother.name, "helper_id": mother.id_number,
        "starts": f"{clock.today() - SINCE}", "ends": f"{clock.today() - UNTIL}",
        "hours": str(12 + 3 * number), "what": "陪伴", "unit": "县妇联（示范）",
    }  # fmt: skip


def _take(stage: Stage, kind: str, layout: Layout, rows: Sequence[Said]) -> None:
    heads = [column.head for column in layout.columns]
    table = [[row.get(column.field, "") for column in layout.columns] for row in rows]
    data, said = sheets.write(kind, heads, table), {"invented": True}
    with stage.write():
        by = stage.official(Role.coordinator, Office.womens_federation.value)
        sheet = actions.upload(kind, data, by=by, options=said).id
    jobs.work_off()
    with stage.write():
        actions.take_over(queries.get(sheet), without_faulty=True, by=by)
    jobs.work_off()
