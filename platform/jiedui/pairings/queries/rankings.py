"""Finding answers to one person's question, and what a helper has marked."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.core.jobs import JobState
from jiedui.pairings.models import Ranking, Willing


def get(ranking_id: int) -> Ranking:
    """The question with this id and its answer; raise Missing."""
    one = db.session.get(Ranking, ranking_id)
    if one is None:
        raise Missing
    return one


def of_today(*, need_id: int | None = None, helper_id: int | None = None) -> Ranking | None:
    """The latest question of today about a need or a helper; an answer is valid for the day."""
    about = Ranking.need_id == need_id if need_id else Ranking.helper_id == helper_id
    found = select(Ranking).where(about, Ranking.asked_at >= clock.at(clock.today()))
    found = found.options(joinedload(Ranking.job)).order_by(Ranking.id.desc())
    return db.session.scalars(found).first()


def runs(ranking: Ranking | None) -> bool:
    """Whether an answer is being worked out."""
    if ranking is None or ranking.answer is not None or ranking.job is None:
        return False
    return ranking.job.state in (JobState.queued, JobState.running)


def marked_by(helper_id: int) -> list[Willing]:
    """The cards that a helper has marked, oldest first."""
    found = select(Willing).where(Willing.helper_id == helper_id).order_by(Willing.at)
    return list(db.session.scalars(found))


def marks_on(need_id: int) -> int:
    """How many helpers have marked a need."""
    found = select(func.count()).select_from(Willing).where(Willing.need_id == need_id)
    return db.session.scalar(found) or 0
