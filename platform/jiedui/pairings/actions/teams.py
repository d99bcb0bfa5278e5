"""A team: several helpers come to the same children. Each is a pairing of their own: vetted,
approved, agreed to by guardian and child, with its own grants, hours and end."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, db
from jiedui.core.acts import Act
from jiedui.core.errors import Missing, Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers.models import Helper
from jiedui.needs import actions as needs
from jiedui.pairings.actions import life, moves
from jiedui.pairings.candidates.judging import Judged
from jiedui.pairings.candidates.teams import against, passing
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import approval, rounds, teams
from jiedui.pairings.queries import life as find
from jiedui.pairings.rules import PairingRefusal
from jiedui.pairings.rules.decisions import Fit
from jiedui.pairings.rules.rounds import RoundRefusal, proposers
from jiedui.pairings.rules.teams import ask_fault, lead_fault


def ask(pairing_id: int, helper: Helper, *, by: Actor, version: int | None = None) -> Pairing:
    """Put one more helper before the office, for the children of a pairing that goes on, which
    leads where nobody does. From here it is a proposal like any other: somebody else approves,
    then helper, guardian and child are asked. Refuses a pairing that is not under way, a full
    team, who is in it, who stands in an open list, and whom a rule stops."""
    db.session.flush()
    if db.lock(Helper, helper.id) is None:
        raise Missing
    pairing = moves.locked(pairing_id)
    fresh(pairing.version, version)
    _may_be_asked(pairing, helper)
    found = _passed(pairing, helper)
    known = find.living_of_need(pairing.need_id)
    needs.place_for(pairing.need, len(known) + 1, by=by)
    if teams.leader(pairing.need_id) is None:
        pairing.lead = True
    added = life.propose(
        pairing.need,
        helper,
        slot=found.slot,
        fit=Fit(found.score, found.km, found.minutes, found.reasons["shares"]),
        proposers=proposers(by.account_id, by.acting_for),
        by=by,
    )
    audit.record(Act.team_asked, added, by=by, lead=pairing.id)
    return added


def _may_be_asked(pairing: Pairing, helper: Helper) -> None:
    known = {one.helper_id for one in find.living_of_need(pairing.need_id)}
    fault = ask_fault(pairing.state, known, helper.id)
    if fault is None and not approval.agreed_to_matching(pairing.need):
        fault = PairingRefusal.consent_missing
    if fault is not None:
        raise Refusal(fault, "helper")
    if rounds.holder_of("helper", helper.id) is not None:
        raise Refusal(RoundRefusal.helper_in_other_list, "helper")


def _passed(pairing: Pairing, helper: Helper) -> Judged:
    """The pair as the engine judges it now; refuses it with what stands against it."""
    found = passing(pairing.need, helper)
    barriers = against(found)
    if barriers:
        raise Refusal(PairingRefusal.barrier, "helper", barriers=barriers)
    return found


def hand_over(pairing_id: int, *, by: Actor, version: int | None = None) -> Pairing:
    """From now on this helper leads the team; all who know the child hear. Refuses whoever leads
    already, and who has not met the child or is on the way out."""
    pairing = moves.locked(pairing_id)
    fresh(pairing.version, version)
    fault = lead_fault(pairing.state, team=pairing.need.team, lead=pairing.lead)
    if fault is not None:
        raise Refusal(fault)
    before = teams.leader(pairing.need_id)
    if before is not None:
        before.lead = False
        db.session.flush()  # at most one leads at any moment
    pairing.lead = True
    audit.record(Act.team_led, pairing, by=by, before=before.id if before else 0)
    moves.tell_helper(pairing, LetterKind.team_changed)
    moves.tell_team(pairing)
    return pairing
