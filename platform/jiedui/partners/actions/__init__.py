"""Units and places are registered and changed (units); what is told of a place (places)."""

from __future__ import annotations

from jiedui.partners.actions.places import describe, keep_photo, take_photo_away
from jiedui.partners.actions.units import (
    accept,
    apply,
    change_place,
    change_unit,
    end_membership,
    invite_member,
    register_place,
    register_unit,
    turn_down,
)

__all__ = [
    "accept",
    "apply",
    "change_place",
    "change_unit",
    "describe",
    "end_membership",
    "invite_member",
    "keep_photo",
    "register_place",
    "register_unit",
    "take_photo_away",
    "turn_down",
]
