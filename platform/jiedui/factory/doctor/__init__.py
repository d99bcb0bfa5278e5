"""Whether an installation is well: one line for each thing that is known to go wrong, and what
to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from jiedui.core import crypto
from jiedui.factory.doctor.finding import Finding
from jiedui.factory.doctor.machine import clock, disk, https, keys
from jiedui.factory.doctor.portal import backups, database, put_aside, worker
from jiedui.settings import Settings

__all__ = ["CHECKS", "Finding", "examine"]
Check = Callable[[Settings], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (keys, https, database, clock, worker, put_aside, disk, backups)


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; what cannot even be looked at is not well."""
    return [finding for check in CHECKS for finding in _safely(check, settings)]


def _safely(check: Check, settings: Settings) -> list[Finding]:
    name = check.__name__
    try:
        return list(check(settings))
    except (OSError, SQLAlchemyError, crypto.BadKeys) as error:
        return [Finding(name, False, f"cannot be looked at ({type(error).__name__})", CANNOT)]


CANNOT = "put right what stands above first"
