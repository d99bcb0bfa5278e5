"""A campaign: opened by the Youth League, joined by teams, closed for who is not
cleared. Made to fail: a closing day that leaves nobody out; one that forgets the class."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from jiedui.access.rules import Office, Role
from jiedui.activities import actions
from jiedui.activities.models import SeasonMember
from jiedui.activities.queries import seasons
from jiedui.activities.rules import ActivityRefusal, MemberState
from jiedui.core import clock, db
from jiedui.core.errors import Refusal
from jiedui.core.outbox import Letter, LetterKind
from jiedui.helpers import actions as vetting
from jiedui.helpers import queries as helpers
from jiedui.partners.rules import UnitKind
from tests import people
from tests.builders import classes as build
from tests.builders.helpers import agency, volunteer


def letters(kind: LetterKind) -> list[int]:
    """Whom letters of this kind went to."""
    with db.read():
        return sorted(db.session.scalars(select(Letter.to_account_id).where(Letter.kind == kind)))


def night_after(of: build.Team) -> datetime:
    """The night after the closing day."""
    return clock.at(build.closing_day(of) + timedelta(days=1), 0, 20)


def settle(of: build.Team) -> int:
    """The night after the closing day comes."""
    with clock.moved_to(night_after(of)), db.write():
        return actions.settle(of.season)


def states(of: build.Team) -> dict[int, MemberState]:
    """How the members stand."""
    with db.read():
        return {one.helper_id: one.state for one in seasons.members(of.season)}


def test_teams_hear_of_a_campaign(app: Flask) -> None:
    unit = agency("北试大学支教队", UnitKind.volunteer_team)
    manager = people.appoint(Role.unit_manager, unit_id=unit)
    people.appoint(Role.unit_manager, unit_id=agency("北试药店", UnitKind.company))
    build.opened()
    assert letters(LetterKind.season_open) == [manager.account_id]


def test_the_police_have_their_ten_days(app: Flask) -> None:
    league = people.appoint(Role.coordinator, office=Office.youth_league)
    with db.write():
        soon = build.days(checks_until=clock.today() + timedelta(days=9))
        with pytest.raises(Refusal) as no:
            actions.open_season(people.region(people.COUNTY), soon, by=league.actor())
    assert no.value.code is ActivityRefusal.checks_too_soon


def test_two_campaigns_do_not_share_a_day(app: Flask) -> None:
    league, _ = build.opened()
    with db.write(), pytest.raises(Refusal) as no:
        actions.open_season(people.region(people.COUNTY), build.days(), by=league.actor())
    assert no.value.code is ActivityRefusal.season_there


def test_a_team_signs_up_its_own_people_only(app: Flask) -> None:
    of = build.team()
    stranger = volunteer()[1]
    with db.write(), pytest.raises(Refusal) as no:
        actions.sign_up(of.read(), [stranger], by=of.manager.actor())
    assert no.value.code is ActivityRefusal.not_of_team
    with db.write():
        assert actions.sign_up(of.read(), of.everybody[:1], by=of.manager.actor()) == 1
    assert list(states(of)) == of.everybody[:1]


def test_no_company_signs_up(app: Flask) -> None:
    of = build.team()
    shop = people.appoint(Role.unit_manager, unit_id=agency("北试药店", UnitKind.company))
    with db.write(), pytest.raises(Refusal) as no:
        actions.sign_up(of.read(), [], by=shop.actor())
    assert no.value.code is ActivityRefusal.no_team


def test_all_who_are_not_checked_go_on_one_list_for_the_police(app: Flask) -> None:
    of = build.team()
    with db.write():
        rows = seasons.members(of.season)
        assert seasons.to_check(rows) == [of.late[1]]
        vetting.send_record_checks([helpers.get(of.late[1])], "北试县公安局", by=of.league.actor())
    with db.read():
        assert seasons.to_check(seasons.members(of.season)) == []


def test_the_closing_day_leaves_out_who_is_not_cleared(app: Flask) -> None:
    """They are offered help online, and the Youth League hears of it."""
    of = build.team()
    a_class = build.planned(of)
    assert settle(of) == 1
    assert settle(of) == 0
    assert states(of) == {
        **{number: MemberState.cleared for _, number in of.cleared},
        of.late[1]: MemberState.left_out,
    }
    with db.read():
        on = {one.helper_id for one in a_class.read().helpers_on}
    assert on == {number for _, number in of.cleared}
    assert letters(LetterKind.season_left_out) == [of.late[0].account_id]
    assert of.league.account_id in letters(LetterKind.season_settled)


def test_before_the_closing_day_nobody_is_left_out(app: Flask) -> None:
    of = build.team()
    with clock.moved_to(clock.at(build.closing_day(of), 23)), db.write():
        assert actions.settle(of.season) == 0
    assert set(states(of).values()) == {MemberState.signed}


def test_after_it_nothing_is_changed(app: Flask) -> None:
    of = build.team()
    settle(of)
    with clock.moved_to(night_after(of)), db.write(), pytest.raises(Refusal) as no:
        actions.sign_up(of.read(), of.everybody, by=of.manager.actor())
    assert no.value.code is ActivityRefusal.season_settled


def test_who_was_left_out_says_once_whether_to_help_online(app: Flask) -> None:
    of = build.team()
    settle(of)
    with db.write():
        found = select(SeasonMember).where(SeasonMember.helper_id == of.late[1])
        member = db.session.scalars(found).one()
        actions.answer_online(member, yes=True, by=of.late[0].actor())
        db.session.flush()
        assert seasons.offered(of.season) == seasons.Offered(yes=1, silent=0)
        with pytest.raises(Refusal) as no:
            actions.answer_online(member, yes=False, by=of.late[0].actor())
    assert no.value.code is ActivityRefusal.answered_already
