"""What guardians ask is taken and answered; a file's identity is cleared in every room."""

from __future__ import annotations

from jiedui.files.actions.beyond import (
    AccessAsked,
    ask_access,
    end_access,
    on_child_closed,
    on_files_joined,
    open_access,
    refuse_access,
)
from jiedui.files.actions.clearing import clear_file
from jiedui.files.actions.requests import (
    Answered,
    RequestSaid,
    answer_request,
    due,
    take_request,
)

__all__ = [
    "AccessAsked",
    "Answered",
    "RequestSaid",
    "answer_request",
    "ask_access",
    "clear_file",
    "due",
    "end_access",
    "on_child_closed",
    "on_files_joined",
    "open_access",
    "refuse_access",
    "take_request",
]
