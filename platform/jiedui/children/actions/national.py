"""Rows of the national system's sheet change files; what it is known to hold is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jiedui.children.actions.details import DetailSaid, change_detail
from jiedui.children.actions.ledger import ChildChange, change_child
from jiedui.children.actions.opening import OF_HOME
from jiedui.children.actions.registering import GuardianSaid, add_guardian, change_guardian
from jiedui.children.exchange import Facts, GrownUp, seats
from jiedui.children.models import Child, NationalCopy
from jiedui.core import clock, db
from jiedui.core.actors import By
from jiedui.regions import queries as regions

Cells = Mapping[str, str]


def bring_up_to_date(
    child: Child, facts: Facts, village_id: int | None, changed: Sequence[str], *, by: By
) -> None:
    """Change a file to what a row says: only the fields that the row has changed."""
    said = ChildChange(
        name=facts.name,
        birth_date=facts.birth_date,
        sex=facts.sex,
        village=regions.get(village_id) if village_id else child.village,
        school_stage=facts.school_stage if {"school", "year"} & set(changed)
        else child.school_stage,
        boarding=facts.boarding if "boarding" in changed else child.boarding,
        risk=child.risk,
        categories=facts.categories if "categories" in changed else child.said_categories,
        id_number=facts.id_number,
    )  # fmt: skip
    change_child(child, said, by=by)
    own = {
        name: facts.detail[name]
        if name in changed
        else getattr(child.household if name in OF_HOME else child.detail, name)
        for name in facts.detail
    }
    change_detail(child, DetailSaid(**own), by=by)
    slots = {name.partition(".")[0] for name in changed if "." in name}
    if slots:
        _change_people(child, facts.people, slots, by)


def _change_people(child: Child, people: Sequence[GrownUp], slots: set[str], by: By) -> None:
    there = seats(child, {f"{slot}.name": one.name for one in people for slot in one.slots})
    for one in people:
        if not slots & set(one.slots):
            continue
        known = next((there[slot] for slot in one.slots if slot in there), None)
        if known is None:
            add_guardian(child.household, _said(one), by=by)
        else:
            decides = known.is_guardian or one.is_guardian
            said = replace(_said(one), unable_since=known.unable_since, is_guardian=decides)
            change_guardian(known, said, by=by)


def _said(one: GrownUp) -> GuardianSaid:
    return GuardianSaid(**{name: value for name, value in vars(one).items() if name != "slots"})


def keep_copies(
    rows: Sequence[tuple[int, str, Cells, Cells]], known: Mapping[int, NationalCopy], county_id: int
) -> None:
    """Keep what the national system holds of children: id, digest, cells, cells in first words."""
    now, fresh = clock.now(), list[dict[str, Any]]()
    for child_id, digest, cells, line in rows:
        one = known.get(child_id)
        if one is None:
            fresh.append(
                {
                    "child_id": child_id,
                    "county_id": county_id,
                    "digest": digest,
                    "cells": dict(cells),
                    "line": dict(line),
                    "at": now,
                }
            )
        else:
            one.digest, one.cells, one.line, one.at = digest, dict(cells), dict(line), now
    db.insert(NationalCopy, fresh)
