"""What waits in a region: sessions to verify, and pairings that are logged from paper."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access.rules import Actor
from jiedui.activities.models import Activity, ActivityMeeting
from jiedui.children.models import Household
from jiedui.core import db
from jiedui.helpers.models import Helper
from jiedui.hours.models import ServiceSession
from jiedui.hours.queries.sessions import whole
from jiedui.hours.rules import EntryState, Evidence
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import SERVING
from jiedui.partners.models import Place
from jiedui.regions.queries import ids_within


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a session lies in the actor's region, or is their own."""
    within = (
        select(Pairing.id)
        .join(Need, Pairing.need_id == Need.id)
        .join(Household, Need.household_id == Household.id)
        .where(Household.village_id.in_(ids_within(actor.scope)))
    )
    held = (
        select(ActivityMeeting.id)
        .join(Activity, ActivityMeeting.activity_id == Activity.id)
        .join(Place, Activity.place_id == Place.id)
        .where(Place.region_id.in_(ids_within(actor.scope)))
    )
    own = select(Helper.id).where(Helper.account_id == actor.account_id)
    return or_(
        ServiceSession.pairing_id.in_(within),
        ServiceSession.meeting_id.in_(held),
        ServiceSession.helper_id.in_(own),
    )


def unverified(actor: Actor, limit: int | None = None) -> list[ServiceSession]:
    """What waits in the actor's weekly list: declared sessions of others, oldest first."""
    found = _declared(actor).where(_others(actor)).order_by(ServiceSession.start_at)
    return list(db.session.scalars(found.limit(limit) if limit else found))


def count_unverified(actor: Actor) -> int:
    """How many sessions wait in the actor's weekly list."""
    return _count(_declared(actor).where(_others(actor)))


def count_own_unverified(actor: Actor) -> int:
    """How many declared sessions of the region somebody else has to verify."""
    return _count(_declared(actor).where(~_others(actor)))


def _count(found: Select[tuple[ServiceSession]]) -> int:
    ids = found.with_only_columns(ServiceSession.id).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0


def _declared(actor: Actor) -> Select[tuple[ServiceSession]]:
    return whole().where(
        ServiceSession.evidence == Evidence.declared,
        ServiceSession.state == EntryState.counted,
        visible_to(actor),
    )


def _others(actor: Actor) -> ColumnElement[bool]:
    """Sessions that the actor neither gave nor logged."""
    me = (actor.account_id, actor.acts_as)
    own = select(Helper.id).where(Helper.account_id.in_(me))
    return ServiceSession.helper_id.not_in(own) & ServiceSession.logged_by.not_in(me)


def chosen(ids: Iterable[int], actor: Actor) -> list[ServiceSession]:
    """Those of these sessions that the actor may see, oldest first."""
    found = whole().where(ServiceSession.id.in_(list(ids)), visible_to(actor))
    return list(db.session.scalars(found.order_by(ServiceSession.start_at)))


def without_account(actor: Actor) -> list[Pairing]:
    """Serving pairings of the region whose helper has no account: logged for them from paper."""
    found = (
        select(Pairing)
        .join(Helper, Pairing.helper_id == Helper.id)
        .join(Need, Pairing.need_id == Need.id)
        .join(Household, Need.household_id == Household.id)
        .where(Helper.account_id.is_(None), Pairing.state.in_(SERVING))
        .where(Household.village_id.in_(ids_within(actor.scope)))
        .options(joinedload(Pairing.helper), joinedload(Pairing.need).selectinload(Need.children))
        .order_by(Pairing.id)
    )
    return list(db.session.scalars(found))


def disputed_on_paper(actor: Actor) -> list[ServiceSession]:
    """Disputed sessions of helpers without an account: put right by whoever logs for them."""
    nobodys = select(Helper.id).where(Helper.account_id.is_(None))
    found = whole().where(
        ServiceSession.state == EntryState.disputed,
        ServiceSession.helper_id.in_(nobodys),
        visible_to(actor),
    )
    return list(db.session.scalars(found.order_by(ServiceSession.start_at)))
