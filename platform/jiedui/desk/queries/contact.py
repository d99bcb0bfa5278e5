"""What waits around living pairings: agreements to be signed, families to be told."""

from __future__ import annotations

from collections.abc import Iterator

from jiedui.access.rules import Actor
from jiedui.contact.queries import agreements as papers
from jiedui.contact.queries import plan
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line


def agreements(actor: Actor) -> Iterator[Line]:
    """Pairings whose agreement is missing, waits for a yes, or is not of today's terms."""
    count, due = papers.count_waiting(actor)
    if count:
        yield Line(Kind.pair_agreement, "contact.agreements", count=count, due=due)


def own_agreements(actor: Actor) -> Iterator[Line]:
    """Agreements that wait for the helper's own yes."""
    for one in papers.awaiting_helper(actor):
        yield Line(
            Kind.own_agreement,
            "contact.agreement",
            {"pairing_id": one.pairing_id},
            code=one.pairing.code,
            since=day(one.made_at),
            due=papers.due_of(one.pairing),
        )


def changes(actor: Actor) -> Iterator[Line]:
    """Changes of plans that nobody has told the family of: due before the first of them."""
    waiting = plan.to_tell(actor)
    if waiting:
        due = day(waiting[0].start_at)
        yield Line(Kind.family_to_tell, "contact.changes", count=len(waiting), due=due)
