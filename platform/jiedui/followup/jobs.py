"""Every morning: of which pairings nothing is heard, and who is to know."""

from __future__ import annotations

from jiedui.core import db, jobs
from jiedui.followup.actions import tell_of_silence
from jiedui.followup.queries import silent

SILENCE = "followup.silence"


@jobs.handles(SILENCE, jobs.Timer(SILENCE, minute="40", hour="7"))
def silence(job_id: int, *, county: int) -> dict[str, int]:
    """Each pairing in a write of its own, so that one that fails leaves the others done."""
    with db.read():
        ids = [one.pairing.id for one in silent(county)]
    told = 0
    for number in ids:
        with db.write():
            told += tell_of_silence(number)
    return {"told": told}
