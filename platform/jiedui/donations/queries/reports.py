"""What charities must publish, have published, and owe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.core import clock, db
from jiedui.donations.models import Allotment, Gift, GiftEntry, GiftReport
from jiedui.donations.queries import gifts
from jiedui.donations.rules.books import UNDER_WAY, Account, GiftForm, GiftState
from jiedui.donations.rules.reports import AHEAD, Due, Project, ReportKind, dues
from jiedui.partners.models import Unit
from jiedui.partners.rules import UnitKind


@dataclass(frozen=True)
class OfReceiver:
    """A fund as its receiver sees it, whose own it is; for offices it is the whole county's."""

    gift: Gift

    @property
    def unit_id(self) -> int | None:
        """Whoever received it."""
        return self.gift.receiver_id

    @property
    def scope_path(self) -> str:
        """Where the gift belongs."""
        return self.gift.scope_path


@dataclass(frozen=True)
class Own:
    """All funds of a reader: the county's for an office, a unit's own for its manager."""

    scope_path: str
    unit_id: int | None


@dataclass(frozen=True)
class Owed:
    """One report of one fund, and what was published of it, if it was."""

    gift: Gift
    due: Due
    report: GiftReport | None = None

    @property
    def late(self) -> bool:
        """Whether its day is past and nothing is published."""
        return self.report is None and self.due.on < clock.today()


def get(gift_id: int) -> OfReceiver:
    """The fund with this id for offices and its receiver; raise Missing."""
    return OfReceiver(gifts.get(gift_id))


def _funds(county_id: int, unit_id: int | None) -> list[Gift]:
    """Funds that charities of a county have received (one charity: its own)."""
    mine = [
        Gift.county_id == county_id, Gift.form == GiftForm.funds,
        Gift.state == GiftState.received, Unit.kind == UnitKind.charity,
    ]  # fmt: skip
    if unit_id is not None:
        mine.append(Gift.receiver_id == unit_id)
    whole = joinedload(Gift.stock), joinedload(Gift.receiver)
    found = select(Gift).join(Unit, Unit.id == Gift.receiver_id).where(*mine)
    return list(db.session.scalars(found.options(*whole)))


def _days(gift_ids: Iterable[int]) -> dict[int, tuple[date, date]]:
    """The first receipt of each gift and its last entry."""
    first = func.min(GiftEntry.on).filter(GiftEntry.target == Account.stock)
    found = select(GiftEntry.gift_id, first, func.max(GiftEntry.on))
    rows = db.session.execute(
        found.where(GiftEntry.gift_id.in_(list(gift_ids))).group_by(GiftEntry.gift_id)
    )
    return {gift: (began, last) for gift, began, last in rows}


def _under_way(gift_ids: Iterable[int]) -> set[int]:
    """Gifts of which something is still on its way."""
    found = select(Allotment.gift_id).where(
        Allotment.gift_id.in_(list(gift_ids)), Allotment.state.in_(UNDER_WAY)
    )
    return set(db.session.scalars(found))


def projects(funds: list[Gift]) -> dict[int, Project]:
    """Each fund as a project: begun, its term, ended."""
    numbers = [gift.id for gift in funds]
    days, moving, today = _days(numbers), _under_way(numbers), clock.today()
    found = {}
    for gift in funds:
        began, last = days[gift.id]
        ended = None
        if gift.until is not None and gift.until < today:
            ended = gift.until
        elif not gift.stock.in_stock and gift.id not in moving:
            ended = last
        found[gift.id] = Project(began, gift.until, ended)
    return found


def owed(actor: Actor, *, gift_id: int | None = None) -> list[Owed]:
    """All reports of the actor's county (of a unit's manager: its own), open ones first by day,
    then the published ones, newest first."""
    unit = actor.unit_id
    funds = [one for one in _funds(actor.county_id, unit) if gift_id in (None, one.id)]
    known = projects(funds)
    said = _published(known)
    today = clock.today()
    rows = [
        Owed(gift, due, said.get((gift.id, due.kind, due.until)))
        for gift in funds
        for due in dues(known[gift.id], today)
    ]
    opened = sorted((row for row in rows if row.report is None), key=lambda row: row.due)
    done = sorted((row for row in rows if row.report), key=lambda row: row.due, reverse=True)
    return opened + done


def _published(gift_ids: Iterable[int]) -> dict[tuple[int, ReportKind, date], GiftReport]:
    found = select(GiftReport).where(GiftReport.gift_id.in_(list(gift_ids)))
    return {(one.gift_id, one.kind, one.until): one for one in db.session.scalars(found)}


def waiting(actor: Actor) -> list[Owed]:
    """What is not published and due within two weeks or past its day."""
    soon = clock.today() + AHEAD
    return [one for one in owed(actor) if one.report is None and one.due.on <= soon]


def published(gift_id: int) -> list[GiftReport]:
    """What was published of a fund, newest first."""
    found = select(GiftReport).where(GiftReport.gift_id == gift_id)
    return list(db.session.scalars(found.order_by(GiftReport.until.desc())))
