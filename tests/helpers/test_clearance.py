"""When a helper is cleared, who may vet, and what everybody hears of it."""

from __future__ import annotations

from flask import Flask

from jiedui.core import db
from jiedui.helpers import queries
from tests.builders import helpers as built


def test_a_volunteer_is_cleared_once_every_gate_is_good(either_app: Flask) -> None:
    """Registered is not cleared; all gates good is; the engine's list says the same."""
    _person, waiting = built.volunteer()
    _person, cleared = built.cleared_volunteer()
    with db.read():
        assert not queries.is_cleared(queries.get(waiting))
        county_id = queries.get(cleared).county_id
        assert [h.id for h in queries.cleared(county_id)] == [cleared]
