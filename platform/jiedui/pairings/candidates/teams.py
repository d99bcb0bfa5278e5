"""Who could join a team: nothing stands against them; the best first."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.pairings.candidates.judging import Judged, judge
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import teams
from jiedui.pairings.rules.reasons import Barrier

SHOWN = 8
# A team is one of the helpers a child may know: whether there may be more is asked in proposing.
OF_TEAM = frozenset({Barrier.child_has_enough_helpers.value})


@dataclass(frozen=True)
class Possible:
    """A helper who could join, and what the engine says of the pair."""

    helper: Helper
    judged: Judged


def possible(pairing: Pairing) -> list[Possible]:
    """The best who could join the team of a pairing, eight at most."""
    people = {one.id: one for one in teams.who_could(pairing)}
    found = judge(pairing.county_id, [(pairing.need_id, number) for number in people])
    good = [one for one in found.values() if not against(one)]
    good.sort(key=lambda one: (-one.score, one.helper_id))
    return [Possible(people[one.helper_id], one) for one in good[:SHOWN]]


def passing(need: Need, helper: Helper) -> Judged:
    """What the engine says of one pair now."""
    return judge(need.county_id, [(need.id, helper.id)])[need.id, helper.id]


def against(one: Judged) -> list[str]:
    """What stands against somebody joining."""
    return [code for code in one.barriers if code not in OF_TEAM]
