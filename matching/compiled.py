"""The way to the loops that numba compiles where it is installed; numpy does the same, slower."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)
_missing = importlib.util.find_spec("numba") is None
_told = False


def available() -> bool:
    """Whether compiled loops may be used: numba is there, and MATCHING_COMPILED is not 0."""
    return not _missing and os.environ.get("MATCHING_COMPILED") != "0"


def compiled(module: str, function: str) -> Callable[..., Any] | None:
    """One compiled loop, or None; its module is loaded when first needed, as numba is slow."""
    global _told
    if not available():
        return None
    if not _told:
        log.info("loading the compiled loops; the first time on a machine takes some seconds")
        _told = True
    loop: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return loop
