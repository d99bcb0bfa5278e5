"""Opinions about the portal are kept, read and answered."""

from __future__ import annotations

import secrets

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db
from jiedui.core.actors import ANYBODY, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.protection import queries
from jiedui.protection.actions.asking import trying
from jiedui.protection.models import Feedback
from jiedui.protection.rules import ReportRefusal

CODE = 10  # digits: ten thousand million codes outlast the tries that are allowed


def take_opinion(text: str, contact: str, county_id: int, *, by: By) -> tuple[Feedback, str]:
    """Keep an opinion or a suggestion about the portal. Who has no account is given a code (else
    empty), with which to read the answer; nobody else ever sees it."""
    code = "" if by.account_id else f"{secrets.randbelow(10**CODE):0{CODE}d}"
    said = Feedback(
        county_id=county_id,
        text=text,
        contact=contact,
        account_id=by.account_id,
        received_at=clock.now(),
        code_index=queries.opinion_index(code) if code else None,
    )
    db.session.add(said)
    audit.record(Act.feedback_received, said, by=ANYBODY)
    return said, code


def read_opinion(said: Feedback, *, by: Actor) -> None:
    """Note that an opinion was read."""
    if said.read_at is None:
        said.read_by, said.read_at = by.account_id, clock.now()
        audit.record(Act.feedback_read, said, by=by)


def answer_opinion(said: Feedback, text: str, *, by: Actor) -> None:
    """Answer an opinion, once; it counts as read. Refuses a second answer: the first may have been
    read already."""
    db.lock(Feedback, said.id)
    if said.answer is not None:
        raise Refusal(ReportRefusal.answered)
    read_opinion(said, by=by)
    said.answer, said.answered_by, said.answered_at = text, by.account_id, clock.now()
    audit.record(Act.feedback_answered, said, by=by)


def opinion_of(code: str, address: str) -> Feedback | None:
    """The opinion that a code opens; None, and a try noted, when it opens none. Refuses when there
    were too many wrong ones."""
    return trying(code[:CODE], address, lambda: queries.opinion_with(code))
