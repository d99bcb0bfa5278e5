"""Opening a campaign, signing a team up, the closing day."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from jiedui.access import queries as access
from jiedui.access.rules import Actor, Office, Role
from jiedui.activities.actions.classes import take_off
from jiedui.activities.models import Season, SeasonMember
from jiedui.activities.queries import seasons as queries
from jiedui.activities.queries.classes import helping_now
from jiedui.activities.rules import (
    ActivityRefusal,
    MemberState,
    SeasonSaid,
    after_checks,
    season_fault,
)
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.helpers.actions import CHECKS_WAIT
from jiedui.helpers.models import Helper
from jiedui.regions.models import Region


def open_season(county: Region, said: SeasonSaid, *, by: Actor) -> Season:
    """Open a county's campaign; whoever manages a team hears of it. Refuses days in the wrong
    order, a closing day before the police can have answered, and a second campaign in the same
    holidays."""
    db.lock(Region, county.id)
    _check(county.id, said)
    season = Season(
        county_id=county.id, kind=said.kind, checks_until=said.checks_until, starts=said.starts,
        ends=said.ends, opened_by=by.account_id, opened_at=clock.now(),
    )  # fmt: skip
    db.session.add(season)
    db.session.flush()
    audit.record(Act.season_opened, season, by=by)
    for one in queries.managers(county.id):
        _letter(LetterKind.season_open, season, one.account_id)
    return season


def _check(county_id: int, said: SeasonSaid, but: int | None = None) -> None:
    police = clock.working_days_after(clock.today(), CHECKS_WAIT)
    fault = season_fault(said, clock.today(), police)
    if fault is not None:
        raise Refusal(*fault, day=f"{police:%Y-%m-%d}")
    there = select(Season.id).where(
        Season.county_id == county_id, Season.starts <= said.ends, Season.ends >= said.starts
    )
    if but is not None:
        there = there.where(Season.id != but)
    if db.session.scalar(there.limit(1)) is not None:
        raise Refusal(ActivityRefusal.season_there, "starts")


def change_season(
    season: Season, said: SeasonSaid, *, by: Actor, version: int | None = None
) -> None:
    """Set other days. Refuses what opening refuses, and a campaign whose closing day is over."""
    fresh(season.version, version)
    _open(season)
    _check(season.county_id, said, season.id)
    season.kind, season.checks_until = said.kind, said.checks_until
    season.starts, season.ends = said.starts, said.ends
    audit.record(Act.season_changed, season, by=by)


def _open(season: Season) -> None:
    db.lock(Season, season.id)
    if season.settled_on is not None or season.checks_until < clock.today():
        raise Refusal(ActivityRefusal.season_settled)


def sign_up(season: Season, helper_ids: Collection[int], *, by: Actor) -> int:
    """A team says who of its people comes: whoever is named is signed up, whoever was and is not
    named any more is taken off. Says how many are signed up now. Refuses somebody who is no team,
    people who are not of it, and after the closing day."""
    _open(season)
    unit_id = by.unit_id
    if unit_id is None or not queries.is_team(unit_id):
        raise Refusal(ActivityRefusal.no_team)
    wanted = set(helper_ids)
    if wanted - {one.id for one in queries.may_join(unit_id)}:
        raise Refusal(ActivityRefusal.not_of_team, "members")
    known = {one.helper_id: one for one in queries.members(season.id, unit_id)}
    for helper_id in sorted(wanted - set(known)):
        db.session.add(_member(season, unit_id, helper_id, by))
    for helper_id in sorted(set(known) - wanted):
        _off_classes(season, helper_id)
        db.session.delete(known[helper_id])
    audit.record(Act.season_joined, season, by=by, count=len(wanted))
    return len(wanted)


def _member(season: Season, unit_id: int, helper_id: int, by: Actor) -> SeasonMember:
    return SeasonMember(
        county_id=season.county_id, season=season, unit_id=unit_id, helper_id=helper_id,
        state=MemberState.signed, signed_by=by.account_id, signed_at=clock.now(),
    )  # fmt: skip


def _off_classes(season: Season, helper_id: int) -> None:
    for one in helping_now(helper_id):
        if one.activity.season_id == season.id:
            take_off(one, by=SYSTEM)


def settle(season_id: int) -> int:
    """The closing day is over: who is cleared stays; whoever is not comes off every class of the
    campaign and is asked by letter to help a child online in term-time. The Youth League hears of
    it. Says how many were left out; may run twice."""
    season = db.lock(Season, season_id)
    if season is None or season.settled_on is not None or season.checks_until >= clock.today():
        return 0
    rows = [one for one in queries.members(season_id) if one.state is MemberState.signed]
    standing = queries.standing_of(rows)
    for one in rows:
        one.state = after_checks(cleared=standing[one.helper_id].cleared)
        if one.state is MemberState.left_out:
            _leave_out(season, one)
    season.settled_on = clock.today()
    audit.record(Act.season_settled, season, by=SYSTEM)
    office = access.holders(season.county_id, Role.coordinator, office=Office.youth_league)
    for account in sorted({season.opened_by, *(one.account_id for one in office)}):
        _letter(LetterKind.season_settled, season, account)
    return sum(one.state is MemberState.left_out for one in rows)


def _leave_out(season: Season, member: SeasonMember) -> None:
    _off_classes(season, member.helper_id)
    outbox.post(
        LetterKind.season_left_out,
        to=member.helper.account_id,
        county_id=season.county_id,
        about=(SeasonMember.__tablename__, member.id),
    )


def _letter(kind: LetterKind, season: Season, to: int) -> None:
    about = (Season.__tablename__, season.id)
    outbox.post(kind, to=to, county_id=season.county_id, about=about)


def answer_online(member: SeasonMember, *, yes: bool, by: Actor) -> None:
    """Somebody who was left out says whether they would help a child online in term-time. Refuses
    who was not left out, and a second answer."""
    db.lock(Helper, member.helper_id)
    db.session.refresh(member)
    if member.state is not MemberState.left_out or member.online is not None:
        raise Refusal(ActivityRefusal.answered_already)
    member.online = yes
    audit.record(Act.season_online_answered, member, by=by, yes=yes)
