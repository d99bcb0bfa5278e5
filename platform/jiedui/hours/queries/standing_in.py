"""Sessions at which somebody stands in for a pairing's own helper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.contact.models import PlannedSession
from jiedui.contact.queries import plan
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import HOLDING, LATE
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries.life import visible_to

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """A session at which somebody stands in, as their own thing (or, where they have no account,
    as a thing of those who log for them from paper)."""

    session: PlannedSession

    @property
    def account_id(self) -> int | None:
        """Whose it is."""
        return self.session.helper.account_id

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.session.scope_path

    @property
    def on(self) -> date:
        """The day for which it stands."""
        return clock.local(self.session.start_at).date()


def visit(planned_id: int) -> Visit:
    """The session at which somebody stands in; raise Missing where nobody does."""
    session = plan.get(planned_id)
    if not session.stood_in:
        raise Missing
    return Visit(session)


def _by(helper_id: int) -> ColumnElement[bool]:
    return PlannedSession.helper_id == helper_id


def _stood_in() -> Select[Any]:
    pairing = joinedload(PlannedSession.pairing).joinedload(Pairing.need)
    return (
        select(PlannedSession)
        .join(Pairing, Pairing.id == PlannedSession.pairing_id)
        .where(Pairing.helper_id != PlannedSession.helper_id)
        .options(pairing.joinedload(Need.place), pairing.selectinload(Need.children))
        .order_by(PlannedSession.start_at)
    )


def today_at(helper_id: int, place_id: int) -> list[Pairing]:
    """The pairings for which somebody stands in at this place today."""
    begins = clock.at(clock.today())
    found = (
        _stood_in()
        .where(_by(helper_id))
        .join(Need, Need.id == Pairing.need_id)
        .where(Need.place_id == place_id, PlannedSession.start_at.between(begins, begins + DAY))
    )
    return [one.pairing for one in db.session.scalars(found)]


def to_log(helper_id: int) -> list[PlannedSession]:
    """What somebody stood in for and has not put on record, while it still can be."""
    return _unlogged(_stood_in().where(_by(helper_id)))


def to_log_on_paper(actor: Actor) -> list[PlannedSession]:
    """The same of an actor's area, where who stood in has no account: others log it for them."""
    found = _stood_in().join(Helper, Helper.id == PlannedSession.helper_id)
    return _unlogged(found.where(Helper.account_id.is_(None), visible_to(actor)))


def _unlogged(found: Select[Any]) -> list[PlannedSession]:
    now = clock.now()
    past = found.where(PlannedSession.start_at <= now, PlannedSession.end_at >= now - LATE)
    stood: list[PlannedSession] = list(db.session.scalars(past))
    logged = select(ServiceSession.pairing_id, ServiceSession.helper_id, ServiceSession.on).where(
        ServiceSession.pairing_id.in_({one.pairing_id for one in stood}),
        ServiceSession.state.in_(HOLDING),
    )
    there = {tuple(row) for row in db.session.execute(logged)}
    return [one for one in stood if (one.pairing_id, one.helper_id, Visit(one).on) not in there]
