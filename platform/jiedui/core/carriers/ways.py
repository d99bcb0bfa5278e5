"""The ways by which a letter may leave the house, and how one fails."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Way(StrEnum):
    """Where somebody reads their letters; in the portal they always stand as well."""

    portal = "portal"
    email = "email"
    sms = "sms"
    wecom = "wecom"


OUTWARD = (Way.email, Way.sms, Way.wecom)


class Why(StrEnum):
    """Why a letter was not carried: never what a server said, which may name somebody."""

    unreachable = "unreachable"
    busy = "busy"
    sign_in = "sign-in"
    refused = "refused"
    redirected = "redirected"
    answer = "answer"
    no_address = "no address"
    not_configured = "not configured"
    cut_off = "cut off"


@dataclass(frozen=True)
class Posted:
    """One message. `to` is a mail address or a mobile number; `reference` is the same at every
    try, so that whoever receives it twice can see that it is one."""

    to: str
    subject: str
    text: str
    reference: str


class NotCarried(Exception):
    """It did not go out. `again`: another try later may do better."""

    def __init__(self, why: Why, *, again: bool) -> None:
        super().__init__(why.value)
        self.why, self.again = why, again


class Carrier(Protocol):
    """One way out."""

    def carry(self, posted: Posted) -> None:
        """Hand a message over, once; raise NotCarried when that failed."""
