"""A letter is posted, carried, tried again; somebody chooses how it reaches them."""

from __future__ import annotations

from jiedui.letters.actions.carrying import claim, free_cut_off, settle, try_again
from jiedui.letters.actions.choosing import (
    ask_address,
    choose,
    confirm_address,
    forget_address,
    forget_choice,
)
from jiedui.letters.actions.posting import CARRY, on_posted

__all__ = [
    "CARRY",
    "ask_address",
    "choose",
    "claim",
    "confirm_address",
    "forget_address",
    "forget_choice",
    "free_cut_off",
    "on_posted",
    "settle",
    "try_again",
]
