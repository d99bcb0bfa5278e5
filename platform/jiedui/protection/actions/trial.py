"""A trial report goes the way that a real one goes, to see that it reaches a person."""

from __future__ import annotations

from jiedui.protection.actions.receiving import Worry, put_aside

ADDRESS = "trial"


def begin_trial(county_id: int) -> str:
    """Put a report aside that is marked as a trial: the sweep takes it in, and who reads reports is
    written to. In no figure; it is over when somebody has read it. Says its number."""
    worry = Worry("", "", "", ADDRESS, drill=True)
    put_aside(worry, county_id)
    return worry.number
