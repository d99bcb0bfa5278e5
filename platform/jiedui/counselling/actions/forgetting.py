"""What counselling knows of a child goes with the child's identity."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from jiedui.core import db
from jiedui.counselling.models import Referral, ReferralStep, ScreeningResult


def forget_child(child_id: int) -> None:
    """Why a child was referred and what was said goes, and what screenings found; steps and days
    stay. A step of clearing a file, which is on record."""
    mine = select(Referral.id).where(Referral.child_id == child_id)
    steps = update(ReferralStep).where(ReferralStep.referral_id.in_(mine))
    db.session.execute(steps.values(words=None))
    db.session.execute(update(Referral).where(Referral.child_id == child_id).values(words=""))
    db.session.execute(delete(ScreeningResult).where(ScreeningResult.child_id == child_id))
