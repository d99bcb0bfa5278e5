"""What goes back to the national system, and what leaves the portal as an identified file: states,
who may approve, how long a file may be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jiedui.access.rules import Actor, Office, Role
from jiedui.core.states import Transitions

FETCH_WITHIN = timedelta(hours=24)


class Bureau(StrEnum):
    """Other bureaus whose lists are compared with the ledger."""

    allowance = "allowance"
    disability = "disability"
    school = "school"
    insurance = "insurance"


class ReturnState(StrEnum):
    """What has become of a change that was given to the national system."""

    sent = "sent"
    accepted = "accepted"
    refused = "refused"


class ExportState(StrEnum):
    """Where a file of identified data stands. `ready` can be fetched once, within a day."""

    asked = "asked"
    making = "making"
    ready = "ready"
    fetched = "fetched"
    rejected = "rejected"
    expired = "expired"


EXPORT_MOVES = Transitions(
    {
        ExportState.asked: {ExportState.making, ExportState.rejected, ExportState.expired},
        ExportState.making: {ExportState.ready, ExportState.expired},
        ExportState.ready: {ExportState.fetched, ExportState.expired},
    }
)


class ExportRefusal(StrEnum):
    """Why a file of identified data is not made, approved or given out."""

    own_request = "own request"
    lower_office = "lower office"
    nothing_there = "nothing there"
    gone = "gone"
    not_yours = "not yours"
    nothing_to_send = "nothing to send"
    not_agreed = "not agreed"


@dataclass(frozen=True)
class Asker:
    """Who asked for a file: account, the one acted for, office, region."""

    account_id: int
    acts_as: int
    office: Office | None
    path: str


def is_own(account_id: int | None, acts_as: int | None, reader: Actor) -> bool:
    """Whether somebody, or whom they stand in for, began this: then it is for another to agree."""
    return bool({account_id, acts_as} & {reader.account_id, reader.acts_as})


def approval_fault(asker: Asker, approver: Actor) -> ExportRefusal | None:
    """Whether somebody may approve a file: another person than who asked (and not who stands in for
    them), of the same office or a higher one."""
    if is_own(asker.account_id, asker.acts_as, approver):
        return ExportRefusal.own_request
    if not asker.path.startswith(approver.scope):
        return ExportRefusal.lower_office
    if asker.office is not None and approver.office is not asker.office:
        return ExportRefusal.lower_office
    same = approver.role is Role.township_supervisor or approver.office is Office.civil_affairs
    return None if same else ExportRefusal.lower_office


def fetch_fault(
    state: ExportState, asked_by: int, reader: int, until: datetime | None, now: datetime
) -> ExportRefusal | None:
    """Whether a file may be fetched: once, by who asked, within a day of the approval."""
    if reader != asked_by:
        return ExportRefusal.not_yours
    if state is not ExportState.ready or until is None or now >= until:
        return ExportRefusal.gone
    return None
