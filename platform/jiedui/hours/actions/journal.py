"""What is written of a session beside its hours: a counsellor's note, and a worry."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers.queries import may_counsel
from jiedui.helpers.rules import HelpKind
from jiedui.hours.models import CounsellingNote, ServiceSession
from jiedui.hours.rules import HoursRefusal
from jiedui.pairings.models import Pairing
from jiedui.protection import actions as protection
from jiedui.protection.actions import Worry
from jiedui.protection.models import Report


def confide(session: ServiceSession, words: str, *, by: Actor) -> CounsellingNote:
    """A counsellor's note of a session of counselling. Refuses any other kind of session, any
    other hand than the counsellor's, and one whose paper does not allow counselling today."""
    pairing = db.session.get_one(Pairing, session.pairing_id)
    mine = pairing.account_id == by.account_id and may_counsel(pairing.helper)
    if pairing.need.kind is not HelpKind.counselling or not mine:
        raise Refusal(HoursRefusal.not_counselling, "confided")
    db.session.flush()
    note = CounsellingNote(
        county_id=session.county_id,
        session_id=session.id,
        words=words,
        written_by=by.account_id,
        written_at=clock.now(),
    )
    db.session.add(note)
    audit.record(Act.counselling_noted, note, by=by)
    return note


def worry(pairing: Pairing, words: str, *, by: Actor) -> Report:
    """Something worries whoever was with the child: a report at once, whatever becomes of the
    session it was seen in. The record lays it to nobody, as every report."""
    home = pairing.need.household
    files = " ".join(child.code for child in pairing.need.children)
    said = Worry(
        what=words,
        where=" · ".join((home.village.full_name, files)),
        reporter="",
        address=f"pairing {pairing.id}",
        account_id=by.account_id,
    )
    return protection.receive(said, pairing.county_id)
