"""A county's times begin and are set; a run clears what is due and leaves its receipt; letters
about a leak; where more places would help is asked and answered."""

from __future__ import annotations

from jiedui.oversight.actions.breaches import make_breach_letters
from jiedui.oversight.actions.running import (
    clear_account,
    clear_asked,
    clear_child,
    clear_helper,
    clear_rows,
    finish_run,
    keep_back,
    open_run,
)
from jiedui.oversight.actions.sites import answer_sites, ask_sites
from jiedui.oversight.actions.terms import begin, set_term

__all__ = [
    "answer_sites",
    "ask_sites",
    "begin",
    "clear_account",
    "clear_asked",
    "clear_child",
    "clear_helper",
    "clear_rows",
    "finish_run",
    "keep_back",
    "make_breach_letters",
    "open_run",
    "set_term",
]
