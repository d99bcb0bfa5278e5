"""What is done with needs: raised at a visit or later, changed, confirmed, met, closed."""

from __future__ import annotations

from jiedui.needs.actions.bringing import bring_need
from jiedui.needs.actions.following import (
    mark_met,
    on_answer,
    on_child_closed,
    on_withdrawn,
    reopen,
)
from jiedui.needs.actions.joining import on_files_joined, on_files_parted
from jiedui.needs.actions.raising import (
    NewNeed,
    change_need,
    close_need,
    confirm_urgency,
    join_need,
    raise_need,
)
from jiedui.needs.actions.teams import fewer, place_for
from jiedui.needs.actions.visiting import Visit, keep_visit

__all__ = [
    "NewNeed",
    "Visit",
    "bring_need",
    "change_need",
    "close_need",
    "confirm_urgency",
    "fewer",
    "join_need",
    "keep_visit",
    "mark_met",
    "on_answer",
    "on_child_closed",
    "on_files_joined",
    "on_files_parted",
    "on_withdrawn",
    "place_for",
    "raise_need",
    "reopen",
]
