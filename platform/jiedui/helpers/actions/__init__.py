"""What is done with helpers: registering and changing, vetting, lists for the police."""

from __future__ import annotations

from jiedui.helpers.actions.checks import (
    CHECKS_WAIT,
    reply_record_checks,
    send_record_checks,
)
from jiedui.helpers.actions.details import add_paper, change_phone, update
from jiedui.helpers.actions.leaving import deidentify
from jiedui.helpers.actions.reading import may_read, pass_reading
from jiedui.helpers.actions.registering import join, register, register_with_account
from jiedui.helpers.actions.vetting import (
    record_finding,
    record_findings,
    restore,
    run_out,
    see_credential,
    sign_conduct,
    suspend,
    withdraw,
)
from jiedui.helpers.rules import Finding, Offer, Paper, Period, Registration

__all__ = [
    "CHECKS_WAIT",
    "Finding",
    "Offer",
    "Paper",
    "Period",
    "Registration",
    "add_paper",
    "change_phone",
    "deidentify",
    "join",
    "may_read",
    "pass_reading",
    "record_finding",
    "record_findings",
    "register",
    "register_with_account",
    "reply_record_checks",
    "restore",
    "run_out",
    "see_credential",
    "send_record_checks",
    "sign_conduct",
    "suspend",
    "update",
    "withdraw",
]
