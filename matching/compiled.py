"""The loops that numba compiles where it is installed; without it numpy does the same, slower."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

log = logging.getLogger(__name__)
_loaded: dict[str, ModuleType | None] = {}


def loops() -> ModuleType | None:
    """The compiled loops, or None; loaded when first needed, as numba is slow to import."""
    if os.environ.get("MATCHING_COMPILED") == "0":
        return None
    if "loops" not in _loaded:
        try:
            log.info("loading the compiled loops; the first time on a machine takes some seconds")
            _loaded["loops"] = importlib.import_module("matching.loops")
        except ImportError:
            _loaded["loops"] = None
    return _loaded["loops"]


def compiled(function: str) -> Callable[..., Any] | None:
    """One compiled loop by name, or None."""
    module = loops()
    return getattr(module, function) if module else None
