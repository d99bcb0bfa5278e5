"""Data that the last list did not know and that nobody has filled in yet: pairs are less sure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import InstrumentedAttribute

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.children.models import Household
from jiedui.core import db
from jiedui.core.pages import PAGE
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelperState
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.needs.rules import NeedState
from jiedui.pairings.models import MissingDatum
from jiedui.pairings.rules.reasons import ON_THE_MAP, Gap
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

# Where each is kept: as long as nothing stands there, it is missing still.
KEPT_IN: dict[Gap, InstrumentedAttribute[Any]] = {
    Gap.need_languages: Need.languages,
    Gap.need_slots: Need.slots,
    Gap.helper_languages: Helper.languages,
    Gap.helper_subjects: Helper.subjects,
    Gap.helper_stages: Helper.stages,
    Gap.helper_modes: Helper.modes,
    Gap.helper_periods: Helper.periods,
}


def page(actor: Actor, number: int = 1) -> tuple[list[MissingDatum], int]:
    """One page of what a reader can have filled in, what counts for most pairs first; and how
    many there are in all."""
    mine = _for(actor)
    rows = select(MissingDatum).where(mine)
    rows = rows.order_by(MissingDatum.pairs.desc(), MissingDatum.id)
    need, helper = joinedload(MissingDatum.need), joinedload(MissingDatum.helper)
    rows = rows.options(
        need.joinedload(Need.household).joinedload(Household.village).joinedload(Region.parent),
        need.selectinload(Need.children),
        need.selectinload(Need.subjects),
        helper.joinedload(Helper.village).joinedload(Region.parent),
    )
    found = db.session.scalars(rows.limit(PAGE).offset((number - 1) * PAGE))
    return list(found), count(actor)


def count(actor: Actor) -> int:
    """How many data a reader can have filled in."""
    found = select(func.count()).select_from(MissingDatum).where(_for(actor))
    return db.session.scalar(found) or 0


def of_helper(helper_id: int) -> list[MissingDatum]:
    """What a helper can fill in themself."""
    rows = select(MissingDatum).where(MissingDatum.helper_id == helper_id, _still(Helper))
    rows = rows.where(MissingDatum.datum.not_in(ON_THE_MAP))
    return list(db.session.scalars(rows.order_by(MissingDatum.pairs.desc())))


def _for(actor: Actor) -> ColumnElement[bool]:
    """Wishes of the reader's area; helpers too for those who vet them, or who entered them from
    paper; what is missing on the map only for those who look at lists."""
    wished = exists(Need.id).where(
        Need.id == MissingDatum.need_id, Need.state == NeedState.open, needs.visible_to(actor)
    )
    sides = [and_(wished, _still(Need))]
    vets = may(actor, Permission.helper_vet)
    if vets or may(actor, Permission.helper_enter):
        inside = Helper.village_id.in_(regions.ids_within(actor.scope))
        known = exists(Helper.id).where(
            Helper.id == MissingDatum.helper_id, Helper.state == HelperState.registered, inside
        )
        sides.append(
            and_(known if vets else known.where(Helper.account_id.is_(None)), _still(Helper))
        )
    if may(actor, Permission.round_read):
        return or_(*sides)
    return and_(or_(*sides), MissingDatum.datum.not_in(ON_THE_MAP))


def _still(side: type[Need] | type[Helper]) -> ColumnElement[bool]:
    """The condition that a datum of this side is not known to this day."""
    own = MissingDatum.need_id if side is Need else MissingDatum.helper_id
    filled = [
        and_(MissingDatum.datum == datum, exists(side.id).where(side.id == own, kept.any()))
        for datum, kept in KEPT_IN.items()
        if kept.class_ is side
    ]
    return and_(own.is_not(None), ~or_(*filled))
