"""What a person does to the pairs of a draft: take out, put back, settle first, put in, replace."""

from __future__ import annotations

from sqlalchemy import delete

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers.models import Helper
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.actions import claims
from jiedui.pairings.actions.rounds import held, note
from jiedui.pairings.candidates import Judged, judge
from jiedui.pairings.models import Round, Suggestion, Unmet, Verdict
from jiedui.pairings.queries import rounds
from jiedui.pairings.rules.reasons import Standing, in_the_way, not_again_until
from jiedui.pairings.rules.rounds import RemoveReason, RoundRefusal, RoundState, SuggestionState


def _draft(round_id: int) -> Round:
    round_ = held(round_id)
    if round_.state is not RoundState.draft:
        raise Refusal(RoundRefusal.round_not_draft)
    return round_


def _changed(round_: Round, one: Suggestion | None, *, by: By, change: str) -> None:
    note(round_, changes=(round_.figures or {}).get("changes", 0) + 1)
    audit.record(
        Act.suggestion_changed,
        round_,
        by=by,
        change=change,
        need=one.need_id if one else None,
        helper=one.helper_id if one else None,
    )


def remove(one: Suggestion, reason: RemoveReason, *, by: By) -> None:
    """Take a pair out, for a coded reason: the next list knows it too."""
    round_ = _draft(one.round_id)
    if one.state not in rounds.STANDING:
        raise Refusal(RoundRefusal.not_in_draft)
    one.state, one.remove_reason, one.changed_by = SuggestionState.removed, reason, by.account_id
    known = db.session.query(Verdict).filter_by(need_id=one.need_id, helper_id=one.helper_id)
    verdict = known.one_or_none()
    if verdict is None:
        verdict = Verdict(county_id=round_.county_id, need_id=one.need_id, helper_id=one.helper_id)
        db.session.add(verdict)
    verdict.reason, verdict.by_account, verdict.at = reason.value, by.account_id, clock.now()
    verdict.until = not_again_until(reason, clock.today())
    _free(round_, one.need_id)
    _changed(round_, one, by=by, change="removed")


def put_back(one: Suggestion, *, by: By) -> None:
    """Take a removal back: the pair stands again, as settled by this person."""
    _draft(one.round_id)
    if one.state is not SuggestionState.removed:
        raise Refusal(RoundRefusal.not_in_draft)
    pair = {"need_id": one.need_id, "helper_id": one.helper_id}
    db.session.execute(delete(Verdict).filter_by(**pair))
    put_in(one.round_id, one.need, one.helper, by=by)


def pin(one: Suggestion, *, by: By) -> None:
    """Settle a pair first: it stays when the list is made again. Whoever settles it has had a
    hand in it, and does not approve it."""
    round_ = _draft(one.round_id)
    if one.state is not SuggestionState.kept:
        raise Refusal(RoundRefusal.not_in_draft)
    one.state, one.changed_by = SuggestionState.pinned, by.account_id
    _changed(round_, one, by=by, change="pinned")


def unpin(one: Suggestion, *, by: By) -> None:
    """Let a settled pair be decided anew when the list is made again."""
    round_ = _draft(one.round_id)
    if one.state is not SuggestionState.pinned:
        raise Refusal(RoundRefusal.not_in_draft)
    one.state = SuggestionState.kept
    _changed(round_, one, by=by, change="unpinned")


def replace(one: Suggestion, helper: Helper, reason: RemoveReason, *, by: By) -> Suggestion:
    """Take a pair out for a reason and give its need another helper in the same act."""
    need = one.need
    remove(one, reason, by=by)
    return put_in(one.round_id, need, helper, by=by)


def put_in(round_id: int, need: Need, helper: Helper, *, by: By) -> Suggestion:
    """Put a pair that a person knows into a draft, through the same gates as any other. It is
    settled; what it pushes out is left for the next run. Refuses whom a rule stops."""
    round_ = _draft(round_id)
    if need.state is not NeedState.open:
        raise Refusal(RoundRefusal.no_such_need, "need")
    claims.add(round_, "need", need.id, RoundRefusal.need_in_other_list)
    claims.add(round_, "helper", helper.id, RoundRefusal.helper_in_other_list)
    found = passed(need, helper)
    slot = _free_slot(round_, found)
    _give_way(round_, found, slot)
    one = _row(round_, need, helper)
    one.slot, one.score, one.km, one.minutes = slot, found.score, found.km, found.minutes
    one.reasons = found.reasons_at(slot)
    one.state, one.remove_reason = SuggestionState.pinned, None
    one.made_by = by.account_id
    db.session.flush()  # the record names it by its id
    audit.record(Act.pair_nominated, round_, by=by, need=need.id, helper=helper.id)
    _changed(round_, one, by=by, change="put in")
    return one


def passed(need: Need, helper: Helper) -> Judged:
    """The pair as the engine judges it now; refuses it with what stands against it."""
    db.session.flush()  # judged by the facts as they are in this act
    found = judge(need.county_id, [(need.id, helper.id)])[need.id, helper.id]
    if not found.possible:
        raise Refusal(RoundRefusal.barrier, "helper", barriers=list(found.barriers))
    return found


def _row(round_: Round, need: Need, helper: Helper) -> Suggestion:
    """The pair's row in this draft: a removed one is used again."""
    known = db.session.query(Suggestion).filter_by(
        round_id=round_.id, need_id=need.id, helper_id=helper.id
    )
    one = known.first()
    if one is None:
        one = Suggestion(round_id=round_.id, need=need, helper=helper, score=0, reasons={})
        one.state = SuggestionState.pinned
        db.session.add(one)
    return one


def _free_slot(round_: Round, found: Judged) -> int | None:
    """A common weekly time that nothing else of the draft holds, else the first common one."""
    if found.slot is None:
        return None
    busy = {s.slot for s in rounds.standing(round_) if s.helper_id == found.helper_id}
    return next((slot for slot in found.common_slots if slot not in busy), found.slot)


def _give_way(round_: Round, found: Judged, slot: int | None) -> None:
    """Take out what cannot stand beside the new pair: its needs are free for the next run."""
    rows = {one.id: one for one in rounds.standing(round_)}
    standing = [Standing(one.id, one.need_id, one.helper_id, one.slot) for one in rows.values()]
    new = Standing(0, found.need_id, found.helper_id, slot)
    for out in in_the_way(standing, new, found.left, found.room):
        if out.need_id != found.need_id:
            _free(round_, out.need_id)
        db.session.delete(rows[out.id])
    mine = (Unmet.round_id == round_.id, Unmet.need_id == found.need_id)
    db.session.execute(delete(Unmet).where(*mine))
    db.session.flush()


def _free(round_: Round, need_id: int) -> None:
    """A need that a person's change has left without anybody: shown until the next run."""
    known = db.session.query(Unmet).filter_by(round_id=round_.id, need_id=need_id)
    if known.first() is None:
        freed = {"stopped": {}, "alone": {}, "possible": 0, "places": 1, "freed": True}
        db.session.add(Unmet(round_id=round_.id, need_id=need_id, barriers=freed))
