"""What is done with uploaded sheets: taken in, mended, decided, taken over, given up, forgotten."""

from __future__ import annotations

from jiedui.intake.actions.rows import decide, mend
from jiedui.intake.actions.sheets import (
    back_to_checked,
    check_again,
    checked,
    drop,
    empty,
    finish,
    go_on,
    refuse,
    take_over,
    upload,
)
from jiedui.intake.actions.staging import keep_verdicts, stage, take_part, unstage

__all__ = [
    "back_to_checked",
    "check_again",
    "checked",
    "decide",
    "drop",
    "empty",
    "finish",
    "go_on",
    "keep_verdicts",
    "mend",
    "refuse",
    "stage",
    "take_over",
    "take_part",
    "unstage",
    "upload",
]
