"""Who may join a team, and who may lead it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from jiedui.needs.rules import TEAM_MOST
from jiedui.pairings.rules import SERVING, PairingRefusal, PairingState


def ask_fault(
    state: PairingState, helpers: AbstractSet[int], helper_id: int
) -> PairingRefusal | None:
    """Why one more helper may not be asked for; None when they may. `helpers`: who comes already
    or has been proposed."""
    if state is not PairingState.active:
        return PairingRefusal.wrong_state
    if helper_id in helpers:
        return PairingRefusal.in_the_team
    return PairingRefusal.team_full if len(helpers) >= TEAM_MOST else None


def lead_fault(state: PairingState, *, team: bool, lead: bool) -> PairingRefusal | None:
    """Why a helper may not lead from now on: there is no team, they do already, or they have not
    met the child or are on their way out."""
    if not team or state not in SERVING or state is PairingState.closing:
        return PairingRefusal.wrong_state
    return PairingRefusal.leads_already if lead else None
