"""From a draft to proposals: every pair is judged again, then put before its owning office."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import claims, drafts, life
from jiedui.pairings.actions.rounds import held, move, note
from jiedui.pairings.candidates import judge
from jiedui.pairings.models import Pairing, Round, Suggestion
from jiedui.pairings.queries import rounds
from jiedui.pairings.rules import PairingRefusal
from jiedui.pairings.rules.rounds import (
    RoundKind,
    RoundRefusal,
    RoundState,
    SuggestionState,
    proposers,
)


@dataclass(frozen=True)
class LeftOut:
    """A pair that cannot be handed in now: what stands against it, or why it was refused."""

    suggestion_id: int
    barriers: tuple[str, ...] = ()
    refusal: PairingRefusal | None = None

    def stored(self) -> list[object]:
        """As it stands among the round's figures."""
        return [self.suggestion_id, list(self.barriers), self.refusal]


def checked(round_: Round, pairs: list[Suggestion]) -> dict[int, LeftOut]:
    """Which pairs of a draft a rule stops with the facts of this moment, by suggestion."""
    judged = judge(round_.county_id, [(one.need_id, one.helper_id) for one in pairs])
    found = {}
    for one in pairs:
        answer = judged.get((one.need_id, one.helper_id))
        if one.need.state is not NeedState.open:
            found[one.id] = LeftOut(one.id, refusal=PairingRefusal.need_not_open)
        elif answer is not None and answer.barriers:
            found[one.id] = LeftOut(one.id, barriers=answer.barriers)
    return found


def publish(round_id: int, *, by: By, version: int | None = None) -> Round:
    """Hand a draft in: each pair that still holds becomes a proposal of its owning office. Whoever
    made or changed a pair, or started the list by hand, is its proposer; handing in makes nobody
    one. Pairs that do not hold any more are left out and named. Refuses an older page, and a list
    of which nothing is left."""
    round_ = held(round_id)
    fresh(round_.version, version)
    if round_.state is not RoundState.draft:
        raise Refusal(RoundRefusal.round_not_draft)
    pairs = rounds.standing(round_)
    left_out = checked(round_, pairs)
    for one in pairs:
        if one.id not in left_out:
            refusal = _propose(round_, one, by=by)
            if refusal is not None:
                left_out[one.id] = LeftOut(one.id, refusal=refusal)
    if len(left_out) == len(pairs):
        raise Refusal(RoundRefusal.nothing_to_publish)
    move(round_, RoundState.published)
    round_.published_by, round_.published_at = by.account_id, clock.now()
    note(round_, left_out=[out.stored() for out in left_out.values()])
    claims.release(round_)
    audit.record(Act.round_published, round_, by=by, pairs=len(pairs) - len(left_out))
    return round_


def _propose(round_: Round, one: Suggestion, *, by: By) -> PairingRefusal | None:
    """Make a proposal of a pair; what life refuses (a place taken since) is no failure of all."""
    starter = round_.started_by if round_.kind is RoundKind.by_hand else None
    try:
        life.propose(
            one.need,
            one.helper,
            slot=one.slot,
            suggestion=one,
            score=one.score,
            km=one.km,
            minutes=one.minutes,
            proposers=proposers(one.made_by, one.changed_by, starter),
            by=by,
        )
    except Refusal as refusal:
        if not isinstance(refusal.code, PairingRefusal):
            raise
        return refusal.code
    one.state = SuggestionState.published
    return None


def nominate(need: Need, helper: Helper, *, by: By) -> Suggestion | Pairing:
    """A coordinator knows a pair: through the same gates it goes into the open draft that both
    stand in, or, where neither stands in one, straight before the owning office."""
    for_need, for_helper = _lists(need, helper)
    if for_need is not None or for_helper is not None:
        if for_need is None:
            raise Refusal(RoundRefusal.helper_in_other_list)
        return drafts.put_in(for_need.id, need, helper, by=by)
    if need.state is not NeedState.open:
        raise Refusal(RoundRefusal.no_such_need)
    found = drafts.passed(need, helper)
    pairing = life.propose(
        need,
        helper,
        slot=found.slot,
        score=found.score,
        km=found.km,
        minutes=found.minutes,
        proposers=proposers(by.account_id),
        by=by,
    )
    audit.record(Act.pair_nominated, pairing, by=by)
    return pairing


def _lists(need: Need, helper: Helper) -> tuple[Round | None, Round | None]:
    db.session.flush()
    return rounds.holder_of("need", need.id), rounds.holder_of("helper", helper.id)
