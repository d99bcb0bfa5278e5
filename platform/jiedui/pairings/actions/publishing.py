"""From a draft to proposals: every pair is judged again, then put before its owning office."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.core import audit, clock, db, jobs
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import claims, drafts, life
from jiedui.pairings.actions.rounds import held, move, note, stuck
from jiedui.pairings.candidates import judge
from jiedui.pairings.models import Pairing, Round, Suggestion
from jiedui.pairings.queries import rounds
from jiedui.pairings.rules import PairingRefusal
from jiedui.pairings.rules.decisions import Fit
from jiedui.pairings.rules.rounds import (
    RoundKind,
    RoundRefusal,
    RoundState,
    SuggestionState,
    proposers,
)

JOB = "round.publish"
AT_ONCE = 25  # pairs in one write, so that it holds others up for less than a second


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
    """Hand a draft in here and now: for scripts; a page lets a worker do it (`hand_in`). See
    `hand_in_some` for what becomes of its pairs."""
    round_ = _begin(round_id, version, by)
    while hand_in_some(round_id, by=by):
        pass
    return round_


def hand_in(round_id: int, *, by: By, version: int | None = None) -> Round:
    """Let a worker hand a draft in. Refuses an older page, and a list of which nothing holds."""
    round_ = _begin(round_id, version, by)
    person = {"account_id": by.account_id, "acting_for": by.acting_for}
    round_.job = jobs.ask(JOB, by=by, county_id=round_.county_id, round_id=round_id, **person)
    return round_


def _begin(round_id: int, version: int | None, by: By) -> Round:
    round_ = held(round_id)
    fresh(round_.version, version)
    if round_.state is not RoundState.draft and not stuck_half_way(round_):
        raise Refusal(RoundRefusal.round_not_draft)
    pairs = rounds.standing(round_)
    if len(checked(round_, pairs)) == len(pairs):
        raise Refusal(RoundRefusal.nothing_to_publish)
    if round_.state is RoundState.draft:
        move(round_, RoundState.publishing)
    note(round_, left_out=[])
    round_.published_by = by.account_id
    return round_


def stuck_half_way(round_: Round) -> bool:
    """Whether the worker has given up while handing in: the rest can be handed in again."""
    return round_.state is RoundState.publishing and stuck(round_)


def hand_in_some(round_id: int, *, by: By) -> bool:
    """Hand in the next few pairs; True while more are to come. Each pair is judged again, and
    becomes a proposal of its owning office if it still holds. Whoever made or changed a pair, or
    started the list by hand, is its proposer; handing in makes nobody one. Pairs that do not hold
    any more are left out and named. Does nothing to a list that has been handed in already."""
    round_ = held(round_id)
    if round_.state is not RoundState.publishing:
        return False
    left_out = list((round_.figures or {}).get("left_out", []))
    known = {row[0] for row in left_out}
    rest = [one for one in rounds.standing(round_) if one.id not in known]
    some = rest[:AT_ONCE]
    out = checked(round_, some)
    for one in some:
        refusal = None if one.id in out else _propose(round_, one, by=by)
        if refusal is not None:
            out[one.id] = LeftOut(one.id, refusal=refusal)
    note(round_, left_out=left_out + [one.stored() for one in out.values()])
    if len(rest) > len(some):
        return True
    _finish(round_, by)
    return False


def _finish(round_: Round, by: By) -> None:
    """All pairs have been seen: the list is handed in, or, where none held, a draft again."""
    db.session.flush()  # counted as they are now
    number = rounds.counts(round_)[SuggestionState.published]
    if not number:
        move(round_, RoundState.draft)
        return
    move(round_, RoundState.published)
    round_.published_at = clock.now()
    claims.release(round_)
    audit.record(Act.round_published, round_, by=by, pairs=number)


def _propose(round_: Round, one: Suggestion, *, by: By) -> PairingRefusal | None:
    """Make a proposal of a pair; what life refuses (a place taken since) is no failure of all."""
    starter = round_.started_by if round_.kind is RoundKind.by_hand else None
    try:
        life.propose(
            one.need,
            one.helper,
            slot=one.slot,
            suggestion=one,
            fit=Fit(one.score, one.km, one.minutes, one.reasons.get("shares")),
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
        fit=Fit(found.score, found.km, found.minutes, found.reasons["shares"]),
        proposers=proposers(by.account_id),
        by=by,
    )
    audit.record(Act.pair_nominated, pairing, by=by)
    return pairing


def _lists(need: Need, helper: Helper) -> tuple[Round | None, Round | None]:
    db.session.flush()
    return rounds.holder_of("need", need.id), rounds.holder_of("helper", helper.id)
