"""Finding versions of learned weights."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.pairings.models import ScoringVersion
from jiedui.pairings.rules.scoring import ScoringState


def get(scoring_id: int) -> ScoringVersion:
    """The version with this id; raise Missing."""
    found = select(ScoringVersion).where(ScoringVersion.id == scoring_id)
    one = db.session.scalar(found.options(joinedload(ScoringVersion.region)))
    if one is None:
        raise Missing
    return one


def active(county_id: int) -> ScoringVersion | None:
    """The version that counts in a county; None where its own weights do."""
    found: ScoringVersion | None = db.session.scalar(_in_state(county_id, ScoringState.active))
    return found


def at_work(county_id: int) -> ScoringVersion | None:
    """The version that is being learned."""
    rows = _in_state(county_id, ScoringState.learning).limit(1)
    found: ScoringVersion | None = db.session.scalar(rows)
    return found


def _in_state(county_id: int, state: ScoringState) -> Any:
    return select(ScoringVersion).where(
        ScoringVersion.county_id == county_id, ScoringVersion.state == state
    )


def versions(county_id: int, limit: int = 20) -> list[ScoringVersion]:
    """The latest versions of a county, newest first."""
    rows = select(ScoringVersion).where(ScoringVersion.county_id == county_id)
    rows = rows.order_by(ScoringVersion.number.desc()).limit(limit)
    return list(db.session.scalars(rows.options(joinedload(ScoringVersion.job))))


def latest_number(county_id: int) -> int:
    """The number of the newest version; 0 where there is none."""
    rows = select(func.max(ScoringVersion.number)).where(ScoringVersion.county_id == county_id)
    return db.session.scalar(rows) or 0
