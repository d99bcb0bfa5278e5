"""Logs of the running of the house: events, classes and numbers, never a person's data."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def where(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its class and the lines it passed: messages may quote values."""
    if event.pop("exc_info", None):
        kind, _error, trace = sys.exc_info()
        if kind is not None:
            event["error"] = kind.__name__
            lines = traceback.extract_tb(trace)[-6:]
            event["at"] = [f"{line.name}:{line.lineno}" for line in lines]
    return event


def init() -> None:
    """One line an event, on standard error."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)  # its rows are unsealed
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            where,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
