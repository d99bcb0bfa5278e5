"""Lists of helpers as pages show them: the office's list, whom we entered, who was ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jiedui.access import queries as access
from jiedui.access.rules import Actor
from jiedui.helpers.models import Helper, RecordCheckBatch
from jiedui.helpers.queries.checks import waiting_on_list
from jiedui.helpers.queries.people import entered_by, several, visible_to
from jiedui.helpers.queries.standing import (
    Standing,
    Wanted,
    fault_for,
    standings,
    waiting_by_gate,
)
from jiedui.helpers.rules import Gate, HelperRefusal, HelperState
from jiedui.partners import queries as partners
from jiedui.partners.models import Unit
from jiedui.regions import queries as regions
from jiedui.regions.models import Region


@dataclass(frozen=True)
class Row:
    """One helper on a list, with their standing."""

    helper: Helper
    standing: Standing


@dataclass(frozen=True)
class Page:
    """One page of a narrowed list; `waiting` counts over everybody in the region."""

    rows: list[Row]
    total: int
    number: int
    last: int
    first_shown: int
    waiting: Counter[Gate]


def page_of(actor: Actor, wanted: Wanted, number: int, size: int) -> Page:
    """A page of the helpers a coordinator sees. Standings are computed for all, so that the
    counts are true; only the people of this page are opened."""
    everybody = standings(visible_to(actor))
    narrowed = wanted.condition()
    here = everybody if narrowed is None else standings(visible_to(actor) & narrowed)
    taken = [one for one in here if wanted.takes(one)]
    last = max(-(-len(taken) // size), 1)
    number = min(number, last)
    shown = taken[(number - 1) * size : number * size]
    return Page(
        rows=_rows(shown),
        total=len(taken),
        number=number,
        last=last,
        first_shown=(number - 1) * size + 1,
        waiting=waiting_by_gate(everybody),
    )


def _rows(shown: Iterable[Standing]) -> list[Row]:
    known = {one.id: one for one in shown}
    return [Row(helper, known[helper.id]) for helper in several(known)]


def entered(actor: Actor) -> list[Row]:
    """Whom this person or their colleagues entered from signed forms."""
    return _rows(standings(entered_by(actor)))


def may_be_vetted(
    actor: Actor, ids: Iterable[int], gate: Gate
) -> tuple[list[Helper], list[tuple[Helper, HelperRefusal]]]:
    """Of those who were ticked: for whom this person may record something at a gate, and for whom
    not, with the reason. Who does not exist for this person is left out silently."""
    seen = {one.id for one in standings(visible_to(actor) & Helper.id.in_(list(ids) or [0]))}
    listed = waiting_on_list(seen) if gate is Gate.record_check else set()
    good, left_out = [], []
    for helper in several(seen):
        fault = fault_for(actor, helper)
        if helper.state is HelperState.withdrawn:
            fault = HelperRefusal.withdrawn
        if helper.id in listed:
            fault = HelperRefusal.check_sent_already
        if fault is None:
            good.append(helper)
        else:
            left_out.append((helper, fault))
    return good, left_out


def fault_on(actor: Actor, batch: RecordCheckBatch) -> HelperRefusal | None:
    """Why this person may not record the answer for a list."""
    faults = (fault_for(actor, member.helper) for member in batch.members)
    return next((fault for fault in faults if fault), None)


def names_around(helper: Helper) -> dict[int, str]:
    """Names of those who entered, vetted and saw papers."""
    ids = {helper.entered_by} | {f.seen_by for f in helper.facts}
    return access.names_of({i for i in ids | {c.seen_by for c in helper.credentials} if i})


def home_of(village_id: int, unit_id: int | None) -> tuple[Region, Unit | None]:
    """Village and unit of somebody who is about to register."""
    return regions.get(village_id), partners.get_unit(unit_id) if unit_id else None
