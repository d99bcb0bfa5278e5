"""What the pages of a pairing's life have in common: loading, and whose name is shown how."""

from __future__ import annotations

from typing import Any

from jiedui.access.guard import actor
from jiedui.access.policy import Permission, may
from jiedui.children.models import Child
from jiedui.children.rules import shown_name
from jiedui.core.pages import in_full
from jiedui.letters.words import paste_text
from jiedui.pairings.actions.ending import resume_fault
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import approval, legacy, life, story, teams
from jiedui.pairings.rules import PairingState
from jiedui.pairings.views.blueprint import bp


def load(pairing_id: int) -> Pairing:
    """The pairing of a page."""
    return life.with_moves(pairing_id)


@bp.app_template_filter("child_name")
def child_name(child: Child) -> str:
    """A child's name as this reader may read it."""
    return shown_name(child.name, actor())


def about(pairing: Pairing) -> dict[str, Any]:
    """What every page of staff says of a pairing."""
    waits = pairing.state is PairingState.proposed
    old = pairing.state is PairingState.legacy
    return {
        "pairing": pairing,
        "need": pairing.need,
        "helper": pairing.helper,
        "deciders": approval.deciders(pairing) if waits else None,
        "fault": approval.fault(pairing, actor()) if waits else None,
        "gates": story.gates(pairing),
        "agreed": story.to_matching(pairing),
        "lacks": legacy.missing(pairing) if old else None,
        "lacks_until": legacy.due(pairing) if old else None,
        "steps": story.steps(pairing),
        "team": teams.team_of(pairing),
        "days_left": story.days_left(pairing.answer_by),
        "paste_text": paste_text(in_full("pairings.show", pairing_id=pairing.id)),
        "may_resume": may(actor(), Permission.pairing_end, pairing)
        and resume_fault(pairing, actor()) is None,
    }
