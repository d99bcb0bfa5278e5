"""What stands for one need in the last list: what is in the way, and what can be done now."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from jiedui.core import db
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import Round, Suggestion, Unmet
from jiedui.pairings.rules.rounds import SOLVED, SuggestionState

SOMEBODY = frozenset({SuggestionState.kept, SuggestionState.pinned, SuggestionState.published})


def of_need(need: Need) -> Unmet | None:
    """What the newest list found for an open need that it left; None where there is no such list,
    or a newer one has somebody."""
    if need.state is not NeedState.open:
        return None
    rows = select(Unmet).join(Round, Round.id == Unmet.round_id)
    rows = rows.where(Unmet.need_id == need.id, Round.state.in_(SOLVED))
    rows = rows.options(contains_eager(Unmet.round).joinedload(Round.region))
    last = db.session.scalar(rows.order_by(Unmet.round_id.desc()).limit(1))
    return None if last is None or _found_since(need, last.round_id) else last


def _found_since(need: Need, round_id: int) -> bool:
    later = exists(Suggestion.id).where(
        Suggestion.need_id == need.id,
        Suggestion.round_id == Round.id,
        Round.id > round_id,
        Round.state.in_(SOLVED),
        Suggestion.state.in_(SOMEBODY),
    )
    return bool(db.session.scalar(select(later)))
