"""The kind of sheet that this room takes in."""

from __future__ import annotations

from jiedui.intake.exchange import register
from jiedui.pairings.actions.sheets import PairsBefore

register(PairsBefore())
