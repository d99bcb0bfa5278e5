"""What guardians ask is taken and answered; a file's identity is cleared in every room."""

from __future__ import annotations

from jiedui.files.actions.clearing import clear_file
from jiedui.files.actions.requests import (
    Answered,
    RequestSaid,
    answer_request,
    due,
    take_request,
)

__all__ = [
    "Answered",
    "RequestSaid",
    "answer_request",
    "clear_file",
    "due",
    "take_request",
]
