"""Invented care agreements: drafted from the record, printed, signed by a father and a
grandmother."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from jiedui.care import queries
from jiedui.care.actions import entrustment as actions
from jiedui.care.actions.entrustment import DraftSaid
from jiedui.care.models import Entrustment
from jiedui.care.rules.entrustment import (
    Aspect,
    Declared,
    Exclusion,
    Fit,
    Heard,
    Signer,
    Signing,
)
from jiedui.children import queries as ledger
from jiedui.core import clock, db
from tests.people import Person


def said(child_id: int, **over: Any) -> DraftSaid:
    """What the record suggests for a child's agreement (inside a transaction)."""
    home = ledger.get(child_id).household
    grown_ups = {g.relation.value: g.id for g in home.guardians}
    plain = DraftSaid((child_id,), grown_ups["father"], grown_ups["grandmother"])
    return replace(plain, **over)


def drafted(child_id: int, by: Person, **over: Any) -> int:
    """An agreement nobody has signed (opens its own write)."""
    with db.write():
        home = ledger.get(child_id).household
        return actions.draft(home, said(child_id, **over), by=by.actor()).id


def signing(one: Entrustment, **over: Any) -> Signing:
    """A paper with all that it needs, in force from today for a year."""
    today = clock.today()
    plain = Signing(
        signed_on=today,
        starts=today,
        ends=today + timedelta(days=364),
        signers=frozenset({Signer.father, Signer.carer, Signer.witness}),
        holder="石例女",
        declared=dict.fromkeys(Exclusion, Declared.free),
        fit=dict.fromkeys(Aspect, Fit.good),
        heard={child.id: Heard.agrees for child in one.children},
    )
    return replace(plain, **over)


def signed(child_id: int, by: Person, *, draft: dict[str, Any] | None = None, **over: Any) -> int:
    """An agreement in force (opens its own writes)."""
    number = drafted(child_id, by, **(draft or {}))
    with db.write():
        one = queries.get_entrustment(number)
        actions.mark_printed([one], by=by.actor())
        actions.sign(one, signing(one, **over), by=by.actor())
    return number
