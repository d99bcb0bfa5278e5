"""What is done with sessions (sessions), in the weekly list (weekly), and to certify (records)."""

from __future__ import annotations

from jiedui.hours.actions.records import issue_certificate, revoke_certificate
from jiedui.hours.actions.sessions import NewSession, correct, log_session, withdraw
from jiedui.hours.actions.weekly import dispute, verify

__all__ = [
    "NewSession",
    "correct",
    "dispute",
    "issue_certificate",
    "log_session",
    "revoke_certificate",
    "verify",
    "withdraw",
]
