"""The checks of the night, over what is new since the last: patterns no single entry shows."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from jiedui.core import clock, db
from jiedui.core.actors import SYSTEM
from jiedui.hours.actions.review import hold
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries import anomalies
from jiedui.hours.rules import Evidence, HeldFor
from jiedui.hours.rules.anomalies import in_burst, only_round

DEVICES_KEPT = timedelta(days=90)


def look_at_new(ids: list[int]) -> int:
    """Look at these new entries: full hours only, bursts of who
    verified them, and who verifies on the device it was logged on. Says how many
    are held now. Every entry is looked at once."""
    found = anomalies.whole(ids)
    held = _round_ones(found) + _bursts(found) + _on_one_device(found)
    mine = update(ServiceSession).where(ServiceSession.id.in_(ids))
    db.session.execute(
        mine.values(looked_at=clock.now()), execution_options={"synchronize_session": False}
    )
    return held


def _round_ones(new: list[ServiceSession]) -> int:
    by_hand = {s.helper_id: s for s in new if s.evidence is Evidence.declared}
    held = 0
    for helper_id, last in by_hand.items():
        if only_round(anomalies.times_by_hand(helper_id)):
            held += hold(last, HeldFor.round_times, by=SYSTEM)
    return held


def _on_one_device(new: list[ServiceSession]) -> int:
    """Both sides on one device: a phone that is handed over, or one person for two."""
    both = [s for s in new if s.device is not None and s.device == s.verified_device]
    return sum(hold(s, HeldFor.same_device, by=SYSTEM) for s in both)


def forget_devices(county_id: int) -> None:
    """Marks of devices that no check will ask for any more."""
    old = clock.now() - DEVICES_KEPT
    late = (ServiceSession.county_id == county_id, ServiceSession.logged_at < old)
    known = ServiceSession.device.is_not(None) | ServiceSession.verified_device.is_not(None)
    gone = update(ServiceSession).where(*late, known).values(device=None, verified_device=None)
    db.session.execute(gone, execution_options={"synchronize_session": False})


def _bursts(new: list[ServiceSession]) -> int:
    """What one person verified in a burst, from the entry on from which it is one; those that are
    new since the last night."""
    held = 0
    for verifier in {s.verified_by for s in new if s.verified_by is not None}:
        mine = {s.id: s for s in new if s.verified_by == verifier and s.verified_at is not None}
        times = [s.verified_at for s in mine.values() if s.verified_at is not None]
        rows = anomalies.verified_by(verifier, min(times), max(times))
        begins = in_burst([at for _, at in rows])
        for number, _ in rows[begins:] if begins is not None else []:
            if number in mine:
                held += hold(mine[number], HeldFor.burst, by=SYSTEM)
    return held
