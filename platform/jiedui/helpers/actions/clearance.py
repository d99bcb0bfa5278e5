"""Holding a helper while something about them is decided, and telling what it does to their
clearance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jiedui.core import db, outbox
from jiedui.core.happenings import HelperCleared, HelperLostClearance, happen
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries
from jiedui.helpers.models import Helper

MINE = ("facts", "credentials", "offers", "seats")


def held(helper: Helper) -> None:
    """Lock the helper's row and read anew what decides about clearance and capacity."""
    db.lock(Helper, helper.id)
    db.session.expire(helper, MINE)


@contextmanager
def watching(helper: Helper) -> Iterator[None]:
    """Tell the upper rooms, and the helper, when what is done inside clears them or ends it."""
    before = queries.is_cleared(helper)
    yield
    db.session.flush()  # listeners read the tables
    after = queries.is_cleared(helper)
    if after and not before:
        happen(HelperCleared(helper.id))
        letter(helper, LetterKind.helper_cleared)
    if before and not after:
        happen(HelperLostClearance(helper.id, bad=False))


def letter(helper: Helper, kind: LetterKind) -> None:
    """A letter to the helper about their own registration."""
    outbox.post(kind, to=helper.account_id, county_id=helper.county_id, about=("helper", helper.id))
