"""What waits for somebody in their own matters: a volunteer or social worker, or whoever filled in
a form on a phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.core import drafts as kept
from jiedui.desk.rules import PHONE_FORM_WITHIN, Kind, Line
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import PASSING, Gate
from jiedui.hours import queries as hours
from jiedui.pairings.queries import life, missing


def registered_since(ids: Collection[int]) -> dict[int, datetime]:
    """When each of these helpers registered."""
    rows = db.session.execute(
        select(Helper.id, Helper.registered_at).where(Helper.id.in_(list(ids)))
    )
    return {row.id: row.registered_at for row in rows}


def cards(actor: Actor) -> Iterator[Line]:
    """Cards that wait for a yes or a no."""
    for pairing in life.awaiting_helper(actor):
        township = pairing.need.household.village.parent
        yield Line(
            Kind.card,
            "pairings.show",
            {"pairing_id": pairing.id},
            code=pairing.code,
            about=(pairing.need.kind, township.name if township else ""),
            since=clock.local(pairing.approved_at).date() if pairing.approved_at else None,
            due=clock.local(pairing.answer_by).date() if pairing.answer_by else None,
        )


def vetting(actor: Actor) -> Iterator[Line]:
    """Where the own vetting lies; what the helper can do there oneself stands first."""
    helper = helpers.by_account(actor.account_id)
    if helper is None:
        return
    missing = [g for g, state in helpers.gate_states(helper).items() if state not in PASSING]
    if missing:
        order = sorted(missing, key=lambda gate: gate is not Gate.conduct)
        since = clock.local(helper.registered_at).date()
        yield Line(Kind.own_vetting, "helpers.mine", about=tuple(order), since=since)


def missing_data(actor: Actor) -> Iterator[Line]:
    """What would make a helper's own pairs surer, if it were known."""
    helper = helpers.by_account(actor.account_id)
    found = missing.of_helper(helper.id) if helper is not None else []
    if found:
        data = tuple(one.datum for one in found)
        yield Line(Kind.own_datum, "helpers.change", about=data, count=len(found))


def disputed(actor: Actor) -> Iterator[Line]:
    """Own sessions that somebody does not remember like that."""
    helper = helpers.by_account(actor.account_id)
    found = hours.disputed_of(helper.id) if helper is not None else []
    if found:
        since = min(one.on for one in found)
        yield Line(Kind.disputed, "hours.mine", count=len(found), since=since)


def phone_forms(actor: Actor) -> Iterator[Line]:
    """Forms kept on one's phone that were refused when they arrived."""
    found = kept.mine(actor.account_id)
    if found:
        since = clock.local(found[0].kept_at).date()
        due = since + PHONE_FORM_WITHIN
        yield Line(Kind.phone_form, "desk.drafts", count=len(found), since=since, due=due)
