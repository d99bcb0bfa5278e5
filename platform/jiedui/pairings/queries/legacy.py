"""Pairs from before: what each lacks, until when, and how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.core import clock
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import GateState
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, life
from jiedui.pairings.rules import legacy as rules
from jiedui.pairings.rules.decisions import Yeses
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
    return _missing(standing, answers.said(pairing))


def _missing(standing: helpers.Standing, said: Yeses) -> list[LegacyGate]:
    gates = {gate: standing.gates.get(gate, GateState.missing) for gate in standing.needed}
    return rules.missing(gates, guardian=said.guardian, child=said.child)


def due(pairing: Pairing) -> date:
    """Until when the pair's papers are to be there."""
    return rules.due(clock.local(pairing.proposed_at).date(), pairing.id)


def gaps(actor: Actor) -> list[Gap]:
    """The pairs from before in somebody's reach, the next deadline first; in as many queries for a
    hundred pairs as for one."""
    pairs = life.from_before(actor)
    people = {p.helper_id for p in pairs}
    standing = {s.id: s for s in helpers.standings(Helper.id.in_(people))} if people else {}
    said = answers.said_of(pairs)
    rows = [Gap(p, _missing(standing[p.helper_id], said[p.id]), due(p)) for p in pairs]
    return sorted(rows, key=lambda gap: (gap.due, gap.pairing.id))
