"""Pairs from before: what each lacks, until when, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import GateState
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers
from jiedui.pairings.queries.life import visible_to
from jiedui.pairings.rules import PairingState
from jiedui.pairings.rules import legacy as rules
from jiedui.pairings.rules.legacy import LegacyGate


@dataclass(frozen=True)
class Gap:
    """A pair from before with what it lacks and until when; `bad`: a finding speaks against it."""

    pairing: Pairing
    missing: list[LegacyGate]
    due: date


def missing(pairing: Pairing) -> list[LegacyGate]:
    """What one pair still lacks."""
    standing = helpers.standings(Helper.id == pairing.helper_id)[0]
    return _missing(pairing, standing)


def _missing(pairing: Pairing, standing: helpers.Standing) -> list[LegacyGate]:
    said = answers.said(pairing)
    gates = {gate: standing.gates.get(gate, GateState.missing) for gate in standing.needed}
    return rules.missing(gates, guardian=said.guardian, child=said.child)


def due(pairing: Pairing) -> date:
    """Until when the pair's papers are to be there."""
    return rules.due(clock.local(pairing.proposed_at).date(), pairing.id)


def gaps(actor: Actor) -> list[Gap]:
    """The pairs from before in somebody's reach, the next deadline first."""
    found = select(Pairing).where(visible_to(actor), Pairing.state == PairingState.legacy)
    pairs = list(db.session.scalars(found).unique())
    people = {p.helper_id for p in pairs}
    standing = {s.id: s for s in helpers.standings(Helper.id.in_(people))} if people else {}
    rows = [Gap(p, _missing(p, standing[p.helper_id]), due(p)) for p in pairs]
    return sorted(rows, key=lambda gap: (gap.due, gap.pairing.id))
