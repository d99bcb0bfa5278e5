"""What guardians have asked, and everything the portal holds about a child, for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.children import queries as children
from jiedui.children.models import Child, Household
from jiedui.core import db
from jiedui.core.errors import Missing
from jiedui.files.models import DataRequest
from jiedui.files.queries.child import looks, names_in, pairs_of, timeline, wishes_of

PAGE = 50
LOOKS_TOLD = 1000


def request(request_id: int) -> DataRequest:
    """One request; raise Missing."""
    found = db.session.get(DataRequest, request_id)
    if found is None:
        raise Missing
    return found


def requests_of(child_id: int) -> Sequence[DataRequest]:
    """What was asked about one child, newest first."""
    found = select(DataRequest).where(DataRequest.child_id == child_id)
    return db.session.scalars(found.order_by(DataRequest.id.desc())).all()


def open_requests(actor: Actor) -> Sequence[DataRequest]:
    """What is not answered yet in a reader's area, what is due first."""
    found = _within(actor).where(DataRequest.outcome.is_(None))
    return db.session.scalars(found.order_by(DataRequest.due_on, DataRequest.id)).all()


def requests_page(actor: Actor, before: int | None) -> Sequence[DataRequest]:
    """What has been answered, newest first, a page at a time."""
    found = _within(actor).where(DataRequest.outcome.is_not(None))
    if before is not None:
        found = found.where(DataRequest.id < before)
    return db.session.scalars(found.order_by(DataRequest.id.desc()).limit(PAGE)).all()


def _within(actor: Actor) -> Any:
    child = joinedload(DataRequest.child).joinedload(Child.household).joinedload(Household.village)
    found = select(DataRequest).join(DataRequest.child).where(children.visible_to(actor))
    return found.options(child)


def held(child: Child) -> dict[str, Any]:
    """Everything the portal holds about a child: the file as it is, consents, pairings, what
    happened, and who has looked at it."""
    states = children.past_states(child)
    wishes = wishes_of(child)
    pairs = pairs_of(wishes)
    steps = timeline(child, wishes, [pair.pairing for pair in pairs])
    seen = looks(child, LOOKS_TOLD)
    return {
        "child": child,
        "facts": children.past_state(child, states[0].id) if states else None,
        "pairs": pairs,
        "timeline": steps,
        "looks": seen,
        "names": names_in(steps, seen),
    }
