"""Lines of material wishes and gifts: what the township has not looked at, what was sent and has
not been confirmed, what is offered, what waits for a second person, what charities publish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.core.clock import day
from jiedui.desk.rules import Kind, Line
from jiedui.donations.queries import deciding, gifts, pledges, relations, wishes
from jiedui.donations.queries import reports as published

LOOK_WITHIN = timedelta(days=7)
ARRIVE_WITHIN = timedelta(days=14)
DECIDE_WITHIN = timedelta(days=3)


def to_check(actor: Actor) -> Iterator[Line]:
    """All wishes that wait for the township's look, in one line."""
    waiting = wishes.to_check(actor)
    if waiting:
        since = min(wish.raised_at for wish in waiting)
        oldest = day(since)
        due = oldest + LOOK_WITHIN if oldest else None
        count = len(waiting)
        yield Line(Kind.material_wish, "donations.check", count=count, since=oldest, due=due)


def arriving(actor: Actor) -> Iterator[Line]:
    """What was sent to children of these villages, one line each."""
    for one in gifts.on_the_way(actor):
        sent = day(one.dispatched_at)
        values = {"allotment_id": one.id}
        due = sent + ARRIVE_WITHIN if sent else None
        about = (one.wish.kind, one.wish.child.village.name)
        yield Line(Kind.gift_arriving, "donations.come", values, one.wish.code, about, 1, sent, due)


def offered(actor: Actor) -> Iterator[Line]:
    """Offers that nobody has answered, one line each; not those somebody wrote down themselves."""
    for one in gifts.unanswered(actor):
        came = day(one.recorded_at)
        values, about = {"gift_id": one.id}, (one.form, *([one.kind] if one.kind else []))
        due = came + LOOK_WITHIN if came else None
        yield Line(Kind.gift_offered, "donations.gift", values, one.code, about, 1, came, due)


def second(actor: Actor) -> Iterator[Line]:
    """Decisions on gifts that wait for a second person, one line each."""
    for one in deciding.waiting(actor, actor.county_id):
        values, due = {"decision_id": one.id}, one.on + DECIDE_WITHIN
        yield Line(Kind.gift_second, "donations.decision", values, one.code, (), 1, one.on, due)


def tied(actor: Actor) -> Iterator[Line]:
    """Ties between a giver and a household that another person looks at, one line each."""
    for one in relations.waiting(actor, actor.county_id):
        found = day(one.found_at)
        due = found + LOOK_WITHIN if found else None
        about = (one.wish.kind,)
        values = {"tie_id": one.id}
        yield Line(Kind.gift_tie, "donations.tie", values, one.wish.code, about, 1, found, due)


def reports(actor: Actor) -> Iterator[Line]:
    """Reports of charities that are due soon or late, in one line."""
    waiting = published.waiting(actor)
    if waiting:
        first, count = waiting[0].due, len(waiting)
        since, due = first.until, first.on
        yield Line(Kind.gift_report, "donations.reports", count=count, since=since, due=due)


def pledged(actor: Actor) -> Iterator[Line]:
    """Places, work and people that are offered and that no office has answered, one line each."""
    for one in pledges.unanswered(actor):
        came = day(one.recorded_at)
        values, due = {"pledge_id": one.id}, came + LOOK_WITHIN if came else None
        about = (one.kind,)
        yield Line(Kind.pledge_offered, "donations.pledge", values, one.code, about, 1, came, due)
