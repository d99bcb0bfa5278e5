"""The kind of sheet that this room takes in."""

from __future__ import annotations

from jiedui.hours.actions.sheets import HoursBefore
from jiedui.intake.exchange import register

register(HoursBefore())
