"""What is done about a worry: it is kept, asked about, read, and it ends; and opinions."""

from __future__ import annotations

from jiedui.protection.actions.asking import look_for
from jiedui.protection.actions.handling import handle, name_helper, take_up
from jiedui.protection.actions.opinions import (
    answer_opinion,
    opinion_of,
    read_opinion,
    take_opinion,
)
from jiedui.protection.actions.receiving import (
    ASIDE,
    DOOR,
    PAUSE,
    Worry,
    pause_about,
    put_aside,
    receive,
    take_in,
)

__all__ = [
    "ASIDE",
    "DOOR",
    "PAUSE",
    "Worry",
    "handle",
    "look_for",
    "name_helper",
    "pause_about",
    "put_aside",
    "answer_opinion",
    "opinion_of",
    "read_opinion",
    "receive",
    "take_in",
    "take_opinion",
    "take_up",
]
