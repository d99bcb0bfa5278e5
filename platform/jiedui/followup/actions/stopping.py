"""A family stops a pairing: told to somebody, or by the key on its card; at once, and without a
reason (未成年人保护法 art. 4: the child's view is heard)."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, crypto, db, links
from jiedui.core.actors import FAMILY_BY_KEY, SYSTEM, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import ChildDeclined
from jiedui.core.outbox import LetterKind
from jiedui.followup.models import FamilyStop, StopKey
from jiedui.followup.queries import by_key
from jiedui.followup.rules import FollowRefusal, StopVia, Who
from jiedui.pairings.actions import listeners, moves
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life
from jiedui.pairings.rules import LIVING, PauseReason


def stop(pairing: Pairing, who: Who, *, by: Actor) -> FamilyStop:
    """Somebody of the family has said stop to us. Refuses a pairing that has ended."""
    return _stop(pairing, who, StopVia.told, by=by)


def stop_by_key(token: str, who: Who) -> FamilyStop:
    """Somebody of the family stops it by the key on their card. Refuses a key that is none."""
    with links.own_write():
        pairing = by_key(token)
        if pairing is None:
            raise Refusal(FollowRefusal.key_unknown)
        return _stop(pairing, who, StopVia.link, by=FAMILY_BY_KEY)


def on_child_declined(word: ChildDeclined) -> None:
    """A child that has a helper wants none any more: each of its pairings stops, until somebody has
    spoken with the family."""
    for pairing in life.living_for_children([word.child_id]):
        if word.account_id is None:  # it stops all the same; there is nobody who was told
            listeners.stop_for_family(pairing, by=SYSTEM)
        elif pairing.pause_reason is not PauseReason.family_wish:
            _stop(pairing, Who.child, StopVia.told, by=SYSTEM, told=word.account_id)


def _stop(
    pairing: Pairing, who: Who, via: StopVia, *, by: By, told: int | None = None
) -> FamilyStop:
    locked = moves.locked(pairing.id)
    if locked.state not in LIVING:
        raise Refusal(FollowRefusal.has_ended)
    said = FamilyStop(
        county_id=locked.county_id,
        pairing_id=locked.id,
        who=who,
        via=via,
        by_account=told or by.account_id,
        at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    audit.record(Act.family_stopped, said, by=by, who=who.value, via=via.value)
    listeners.stop_for_family(locked, by=by)
    for tell in (moves.tell_village, moves.tell_office):
        tell(locked, LetterKind.family_stopped)
    return said


def make_key(pairing: Pairing, *, by: Actor) -> str:
    """A new key for the family's card, shown once; the one before stops working. Refuses a pairing
    that has ended."""
    locked = moves.locked(pairing.id)
    if locked.state not in LIVING:
        raise Refusal(FollowRefusal.has_ended)
    token = crypto.new_token()
    key = db.session.query(StopKey).filter_by(pairing_id=locked.id).one_or_none()
    if key is None:
        key = StopKey(county_id=locked.county_id, pairing_id=locked.id)
        db.session.add(key)
    key.fingerprint = crypto.fingerprint(token)
    key.made_by, key.made_at = by.account_id, clock.now()
    db.session.flush()
    audit.record(Act.stop_key_made, key, by=by)
    return token
