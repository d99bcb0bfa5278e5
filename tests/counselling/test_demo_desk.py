"""The demo's counselling desk plays through, in a county with a few children."""

from __future__ import annotations

from flask import Flask

from jiedui.access.rules import Role
from jiedui.core import db
from jiedui.counselling.queries import referrals, schools, screening
from jiedui.counselling.rules.referrals import Level, ReferralState
from jiedui.demo import counselling
from jiedui.demo.county import _begin
from jiedui.demo.people import register_units
from jiedui.regions import queries as regions
from tests.builders import children as kids
from tests.builders.counselling import counsellor_of


def test_one_referral_in_each_state(app: Flask) -> None:
    """At both levels, a screening with an urgent result that waits, and a school with a gap."""
    stage, personnel = _begin(db.write, db.read, lambda _said: None)
    stage.units = register_units(stage, personnel)
    with db.read():
        town = regions.townships(regions.get(stage.county_id).path)[0]
        code = regions.villages(town.path)[0].code
    director = kids.director(code)
    for _child in range(12):
        kids.household_child(director, code=code)
    counsellor_of(code=code)
    counselling.play(stage, personnel)
    with db.read():
        office = stage.official(Role.coordinator, "civil_affairs")
        found = [*referrals.waiting(office), *referrals.closed(office)]
        assert {one.state for one in found if one.level is Level.county} == set(ReferralState)
        assert {one.state for one in found if one.level is Level.hospital} == {
            ReferralState.sent,
            ReferralState.seen,
        }
        assert len(screening.of_county(stage.county_id)) == 1
        assert [bool(one.gaps) for one in schools.standing(office)] == [True, False]
