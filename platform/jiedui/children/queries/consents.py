"""What guardians and children have said, and the links by which guardians answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jiedui.children.models import Child, ChildView, Consent, ConsentLink, Household
from jiedui.children.rules import ChildState, Given, Purpose, Told, answered
from jiedui.core import crypto, db
from jiedui.regions.models import Region

Teller = Callable[[int], Told]
_tellers: dict[Purpose, Teller] = {}
T = TypeVar("T", bound=Teller)


def tells(purpose: Purpose) -> Callable[[T], T]:
    """Name the function of an upper room that says what a guardian must hear before answering
    (who the person is): function(about_id) -> Told."""

    def keep(teller: T) -> T:
        _tellers[purpose] = teller
        return teller

    return keep


def told_about(purpose: Purpose, about_id: int | None) -> Told | None:
    """What a guardian is told of the person a question is about; None where it is about nobody
    yet."""
    return _tellers[purpose](about_id) if about_id is not None else None


def _mine(said: Iterable[Consent | ChildView], purpose: Purpose, about: int | None) -> list[Given]:
    found = []
    for one in reversed(list(said)):  # of two at one instant the later entry counts
        if one.purpose is not purpose or one.about_id != about:
            continue
        withdrawn = one.withdrawn_at if isinstance(one, Consent) else None
        found.append(Given(withdrawn or _when(one), one.answer, withdrawn is not None))
    return found


def _when(one: Consent | ChildView) -> datetime:
    return one.given_at if isinstance(one, Consent) else one.at


def stands(
    child: Child, purpose: Purpose, about_id: int | None = None
) -> tuple[bool | None, bool | None]:
    """What the guardian and the child have answered, from a loaded child."""
    return (
        answered(_mine(child.consents, purpose, about_id)),
        answered(_mine(child.views, purpose, about_id)),
    )


def consent_answer(child_id: int, purpose: Purpose, about_id: int | None = None) -> bool | None:
    """The guardian's answer that counts: True; False (no, or taken back); None: not answered."""
    found = select(Consent).where(Consent.child_id == child_id).order_by(Consent.id)
    return answered(_mine(db.session.scalars(found), purpose, about_id))


def view_answer(child_id: int, purpose: Purpose, about_id: int | None = None) -> bool | None:
    """The child's answer that counts: True, False, or None: not asked yet."""
    found = select(ChildView).where(ChildView.child_id == child_id).order_by(ChildView.id)
    return answered(_mine(db.session.scalars(found), purpose, about_id))


def answers(
    purpose: Purpose, child_ids: Collection[int], about_ids: Collection[int]
) -> dict[tuple[int, int], tuple[bool | None, bool | None]]:
    """What guardian and child have answered, by child and by what it is about, in two queries;
    who has not been asked at all is not there."""
    tables: tuple[Any, ...] = (Consent, ChildView)
    said: dict[tuple[int, int], tuple[list[Consent], list[ChildView]]] = {}
    for at, table in enumerate(tables):
        found = select(table).where(
            table.child_id.in_(child_ids), table.purpose == purpose, table.about_id.in_(about_ids)
        )
        for one in db.session.scalars(found.order_by(table.id)):
            said.setdefault((one.child_id, one.about_id), ([], []))[at].append(one)
    return {
        key: (answered(_mine(given, purpose, key[1])), answered(_mine(views, purpose, key[1])))
        for key, (given, views) in said.items()
    }


def latest_consent(child: Child, purpose: Purpose, about_id: int | None = None) -> Consent | None:
    """The consent that could be taken back: a yes that nobody has taken back yet, the newest."""
    living = [
        c
        for c in child.consents
        if c.purpose is purpose and c.about_id == about_id and c.withdrawn_at is None
    ]
    return max(living, key=lambda c: (c.given_at, c.id), default=None)


def link(token: str) -> ConsentLink | None:
    """The link with this token, if it can still be answered."""
    found = select(ConsentLink).where(ConsentLink.fingerprint == crypto.fingerprint(token))
    where = joinedload(ConsentLink.child).joinedload(Child.village).joinedload(Region.parent)
    home = joinedload(ConsentLink.child).joinedload(Child.household)
    found = found.options(where, home.selectinload(Household.guardians))
    one = db.session.scalar(found)
    return one if one is not None and link_lives(one) else None


def link_lives(one: ConsentLink) -> bool:
    """Whether a link can be answered: fresh, unused, not tried too often, the file open."""
    return one.fresh and one.child.state is ChildState.open
