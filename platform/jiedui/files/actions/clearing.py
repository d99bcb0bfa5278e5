"""A file's identity is cleared, in every room that holds something of it, in one act."""

from __future__ import annotations

from sqlalchemy import select, update

from jiedui.care.actions import forgetting as care
from jiedui.children import actions as children
from jiedui.children.models import Child
from jiedui.children.queries.keeping import joined_to
from jiedui.children.rules import ClearedFor
from jiedui.contact.actions import forgetting as contact
from jiedui.core import db
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.counselling.actions import forgetting as counselling
from jiedui.donations.actions import following as donations
from jiedui.files.actions.watching import forget_watch
from jiedui.files.models import DataRequest, FileAccess
from jiedui.files.queries.keeping import blocks_of
from jiedui.followup.actions.forgetting import forget_words
from jiedui.hours.actions import forgetting as hours
from jiedui.needs.actions.forgetting import forget_child
from jiedui.pairings.actions.forgetting import forget_wishes
from jiedui.protection.actions.concerned import forget_file


def clear_file(child: Child, ground: ClearedFor, *, by: By) -> int:
    """Clear a file, and the doubles that were joined to it; returns how many files. Refuses with
    the first thing that stands against it (Block): nothing is cleared then."""
    db.lock(Child, child.id)
    against = blocks_of(child)
    if against:
        raise Refusal(against[0])
    joined = joined_to(child)
    _clear(child, ground, by)
    for double in joined:
        _clear(double, ClearedFor.with_other_file, by)
    return 1 + len(joined)


def _clear(child: Child, ground: ClearedFor, by: By) -> None:
    over = children.deidentify(child, ground, by=by)
    pairs = contact.forget_pairings(forget_wishes(forget_child(child.id)))
    hours.forget_pairings(pairs)
    forget_words(pairs)
    care.forget_child(child.id)
    forget_watch(child.id)
    forget_file(child.id)
    counselling.forget_child(child.id)
    donations.forget_child(child.id)
    if over:
        care.forget_house(child.household_id)
    # That it was asked, how it was answered and when stays; what was written is with the guardian.
    said = update(DataRequest).where(DataRequest.child_id == child.id)
    db.session.execute(said.values(words="", answer=""))
    asked = select(FileAccess).where(FileAccess.child_id == child.id)
    for one in db.session.scalars(asked):
        one.asked_for, one.words, one.answer = "", "", one.answer and ""
