"""Whoever gives offers by themselves: a unit by its contact, a person on the open page."""

from __future__ import annotations

from dataclasses import replace

from jiedui.access.rules import Actor
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.donations.actions.gifts import write_down
from jiedui.donations.models import Gift
from jiedui.donations.rules.books import GiftRefusal, GiftSaid


def offer_ours(said: GiftSaid, *, by: Actor) -> Gift:
    """The actor's unit offers something; who gives is never chosen. Refuses somebody without a
    unit, and what every offer is refused for."""
    if by.unit_id is None:
        raise Refusal(GiftRefusal.giver_missing)
    return write_down(replace(said, unit_id=by.unit_id, name="", phone=""), by.county_id, by=by)


def offer_mine(said: GiftSaid, county_id: int, *, by: By) -> Gift:
    """A person offers something, without an account too. An office rings back: nothing is promised.
    Refuses an offer without name and telephone, and what every offer is refused for."""
    return write_down(replace(said, unit_id=None), county_id, by=by)
