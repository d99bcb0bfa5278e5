"""Who did it: the least that an action and the record need to know of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class By(Protocol):
    """Anybody an act can be laid to. `account_id` is None for the system and for people
    without an account; `acting_for` is the account a deputy stands in for; `via` says by which
    door the act came."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def acting_for(self) -> int | None: ...
    @property
    def via(self) -> str: ...


@dataclass(frozen=True)
class Someone:
    """An actor without an account."""

    via: str
    account_id: int | None = None
    acting_for: int | None = None


SYSTEM = Someone("system")
ANYBODY = Someone("open door")
GUARDIAN_BY_LINK = Someone("guardian's link")
CARER_BY_CODE = Someone("carer's code")
FAMILY_BY_KEY = Someone("family's key")
