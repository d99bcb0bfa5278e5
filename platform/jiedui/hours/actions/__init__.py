"""What is done with sessions (sessions), by a carer's codes (codes), at places (places) and
at events (meetings), in the weekly list (weekly), and to certify (records)."""

from __future__ import annotations

from jiedui.hours.actions.codes import note_wrong_code, print_strip
from jiedui.hours.actions.journal import confide, worry
from jiedui.hours.actions.meetings import arrive_at_meeting, leave_meeting
from jiedui.hours.actions.places import arrive, drop_stay, leave
from jiedui.hours.actions.records import (
    issue_certificate,
    reissue_certificate,
    revoke_certificate,
)
from jiedui.hours.actions.review import answer, hold, object_to_dispute, release
from jiedui.hours.actions.said import NewSession
from jiedui.hours.actions.sessions import correct, log_session, withdraw
from jiedui.hours.actions.standing_in import log_visit
from jiedui.hours.actions.stars import apply_for_star, grant_star, publish_star, refuse_star
from jiedui.hours.actions.weekly import dispute, verify

__all__ = [
    "NewSession",
    "answer",
    "apply_for_star",
    "arrive",
    "arrive_at_meeting",
    "confide",
    "correct",
    "dispute",
    "drop_stay",
    "grant_star",
    "hold",
    "issue_certificate",
    "leave",
    "leave_meeting",
    "log_session",
    "log_visit",
    "note_wrong_code",
    "object_to_dispute",
    "print_strip",
    "publish_star",
    "refuse_star",
    "reissue_certificate",
    "release",
    "revoke_certificate",
    "verify",
    "withdraw",
    "worry",
]
