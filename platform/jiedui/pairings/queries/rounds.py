"""Finding rounds, the pairs of a draft, who was left, and in which open list somebody stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from jiedui.access.rules import Actor, Office
from jiedui.children.models import Household
from jiedui.core import clock, db
from jiedui.core.errors import Missing
from jiedui.core.pages import PAGE
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.pairings.models import Round, RoundClaim, Suggestion, Unmet
from jiedui.pairings.rules.rounds import (
    OPEN_ROUND,
    SOLVED,
    RoundKind,
    RoundState,
    SuggestionState,
)
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

STANDING = frozenset({SuggestionState.kept, SuggestionState.pinned})


def get(round_id: int) -> Round:
    """The round with this id; raise Missing."""
    found = select(Round).where(Round.id == round_id)
    found = found.options(joinedload(Round.region), joinedload(Round.job))
    one = db.session.scalar(found)
    if one is None:
        raise Missing
    return one


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a round's region lies in the reader's scope."""
    return Round.region_id.in_(regions.ids_within(actor.scope))


def open_rounds(actor: Actor) -> list[Round]:
    """Lists that are being made, looked at, or did not work, newest first."""
    return _rounds(visible_to(actor), Round.state.in_(OPEN_ROUND), limit=100)


def past_rounds(actor: Actor, limit: int = 10) -> list[Round]:
    """The latest lists that were handed in or dropped."""
    return _rounds(visible_to(actor), Round.state.not_in(OPEN_ROUND), limit=limit)


def awaiting_publishing(actor: Actor) -> list[Round]:
    """Drafts that wait for somebody to look at them, oldest first."""
    return _rounds(visible_to(actor), Round.state == RoundState.draft, limit=100)[::-1]


def recruiting(actor: Actor) -> list[Round]:
    """Of each region the newest list, if it knows whom to look for; newest first."""
    found = _rounds(visible_to(actor), Round.state.in_(SOLVED), limit=50)
    newest: dict[int, Round] = {}
    for one in found:
        newest.setdefault(one.region_id, one)
    return [one for one in newest.values() if (one.figures or {}).get("recruits")]


def _rounds(*conditions: ColumnElement[bool], limit: int) -> list[Round]:
    found = select(Round).where(*conditions).order_by(Round.id.desc()).limit(limit)
    return list(db.session.scalars(found.options(joinedload(Round.region), joinedload(Round.job))))


def open_for(region_id: int) -> Round | None:
    """The open list of just this region."""
    found = select(Round).where(Round.region_id == region_id, Round.state.in_(OPEN_ROUND))
    return db.session.scalars(found.order_by(Round.id.desc())).first()


def timer_round_of(county_id: int, day: date) -> Round | None:
    """The round the timer has started on a day."""
    found = select(Round).where(
        Round.county_id == county_id,
        Round.kind == RoundKind.timer,
        Round.started_at >= clock.at(day),
    )
    return db.session.scalars(found).first()


def suggestion(suggestion_id: int) -> Suggestion:
    """One pair of a draft; raise Missing."""
    one = db.session.scalar(_whole(select(Suggestion).where(Suggestion.id == suggestion_id)))
    if one is None:
        raise Missing
    return one


def _whole(rows: Any) -> Any:
    need, helper = joinedload(Suggestion.need), joinedload(Suggestion.helper)
    return rows.options(
        joinedload(Suggestion.round).joinedload(Round.region),
        need.joinedload(Need.household).joinedload(Household.village).joinedload(Region.parent),
        need.joinedload(Need.place),
        need.selectinload(Need.children),
        need.selectinload(Need.subjects),
        helper.joinedload(Helper.village).joinedload(Region.parent),
    )


def page(
    round_: Round, states: Collection[SuggestionState], number: int = 1
) -> tuple[list[Suggestion], int]:
    """One page of a draft's pairs in some states: the engine's order, best score first."""
    mine = (Suggestion.round_id == round_.id, Suggestion.state.in_(states))
    total = db.session.scalar(select(func.count()).select_from(Suggestion).where(*mine)) or 0
    rows = select(Suggestion).where(*mine).order_by(Suggestion.score.desc(), Suggestion.id)
    rows = _whole(rows.limit(PAGE).offset((number - 1) * PAGE))
    return list(db.session.scalars(rows)), total


def standing(round_: Round) -> list[Suggestion]:
    """Every pair that stands in a draft, with what a page and a proposal ask of it."""
    rows = select(Suggestion).where(
        Suggestion.round_id == round_.id, Suggestion.state.in_(STANDING)
    )
    return list(db.session.scalars(_whole(rows.order_by(Suggestion.helper_id, Suggestion.id))))


def counts(round_: Round) -> Counter[SuggestionState]:
    """How many pairs of a draft are in each state."""
    rows = select(Suggestion.state, func.count()).where(Suggestion.round_id == round_.id)
    found = db.session.execute(rows.group_by(Suggestion.state)).all()
    return Counter({row[0]: row[1] for row in found})


def unmet_page(round_: Round, number: int = 1) -> tuple[list[Unmet], int]:
    """One page of the needs nobody was suggested for, those that wait longest first."""
    mine = Unmet.round_id == round_.id
    total = db.session.scalar(select(func.count()).select_from(Unmet).where(mine)) or 0
    need = joinedload(Unmet.need)
    rows = select(Unmet).where(mine).join(Need, Need.id == Unmet.need_id)
    rows = rows.order_by(Need.open_since, Unmet.id).limit(PAGE).offset((number - 1) * PAGE)
    rows = rows.options(
        need.joinedload(Need.household).joinedload(Household.village).joinedload(Region.parent),
        need.selectinload(Need.children),
        need.selectinload(Need.subjects),
        need.joinedload(Need.place),
    )
    return list(db.session.scalars(rows)), total


def by_office(pairs: Iterable[Suggestion]) -> Counter[Office]:
    """To how many pairs each office would have to say yes."""
    return Counter(needs.office_for(one.need) for one in pairs)


def holder_of(kind: str, object_id: int) -> Round | None:
    """The open list a need or a helper stands in."""
    found = select(Round).join(RoundClaim, RoundClaim.round_id == Round.id)
    return db.session.scalar(
        found.where(RoundClaim.kind == kind, RoundClaim.object_id == object_id)
    )


def helpers_of(ids: Collection[int]) -> dict[int, Helper]:
    """Helpers by id, for the alternatives that a page names."""
    rows = select(Helper).where(Helper.id.in_(list(ids)))
    rows = rows.options(joinedload(Helper.village).joinedload(Region.parent))
    return {helper.id: helper for helper in db.session.scalars(rows)}


def needs_of(ids: Collection[int]) -> dict[int, Need]:
    """Needs by id, for the alternatives that a page names."""
    rows = select(Need).where(Need.id.in_(list(ids)))
    rows = rows.options(
        joinedload(Need.household).joinedload(Household.village).joinedload(Region.parent),
        selectinload(Need.children),
        selectinload(Need.subjects),
    )
    return {need.id: need for need in db.session.scalars(rows)}


def untried_ids(round_id: int) -> list[int]:
    """The needs of a draft that have nobody, and whose smallest change nobody has looked for; not
    those whom a person's change has left free."""
    rows = select(Unmet.need_id).where(
        Unmet.round_id == round_id, Unmet.change.is_(None), Unmet.ways.is_not(None)
    )
    return list(db.session.scalars(rows.order_by(Unmet.id)))


def drafts_without_changes(county_id: int) -> list[Round]:
    """Drafts of the timer for which not every smallest change has been looked for yet."""
    untried = select(Unmet.round_id).where(Unmet.change.is_(None), Unmet.ways.is_not(None))
    return _rounds(
        Round.county_id == county_id,
        Round.kind == RoundKind.timer,
        Round.state == RoundState.draft,
        Round.id.in_(untried),
        limit=10,
    )


def pins(round_: Round) -> list[tuple[int, int, int | None]]:
    """Need, helper and weekly time of every pair that was settled first."""
    rows = select(Suggestion.need_id, Suggestion.helper_id, Suggestion.slot).where(
        Suggestion.round_id == round_.id, Suggestion.state == SuggestionState.pinned
    )
    return [(need, helper, slot) for need, helper, slot in db.session.execute(rows)]
