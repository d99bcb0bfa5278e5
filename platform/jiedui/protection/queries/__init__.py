"""Who reads reports, what waits to be read, and what must not be seen by whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select
from sqlalchemy.orm import joinedload

from jiedui.access import queries as access
from jiedui.access.models import RoleHolding
from jiedui.access.rules import Actor, Office, Role
from jiedui.core import clock, crypto, db
from jiedui.core.errors import Missing
from jiedui.protection.models import Feedback, Report, ReportFile, ReportTry
from jiedui.protection.rules import TRIES_WITHIN, ReportState, is_own
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

OWN = 20  # of one's own opinions are shown


def place_index(address: str) -> str:
    """A fingerprint of where something was sent from that is worth nothing tomorrow."""
    return crypto.blind_index("report.place", f"{clock.today()}:{address}")


def from_here_today(address: str) -> int:
    """How many reports came from one address today."""
    same = select(func.count()).where(Report.place_index == place_index(address))
    return db.session.scalar(same) or 0


def number_taken(number: str) -> bool:
    """Whether a report has this number."""
    return db.session.scalar(select(Report.id).where(Report.number == number)) is not None


def asked_index(number: str, secret: str) -> str:
    """By what number and secret together are found."""
    return crypto.blind_index("report.asked", f"{number}:{secret}")


def asked_for(number: str, secret: str) -> Report | None:
    """The report that somebody can name both number and secret of."""
    found = select(Report).where(Report.asked_by == asked_index(number, secret))
    return db.session.scalar(found)


def wrong_tries(number_index: str, place: str) -> tuple[int, int]:
    """Wrong secrets within the hour: for one number, and from one address."""
    recent = ReportTry.at > clock.now() - TRIES_WITHIN
    here = select(func.count()).where(recent, ReportTry.number_index == number_index)
    there = select(func.count()).where(recent, ReportTry.place_index == place)
    return db.session.scalar(here) or 0, db.session.scalar(there) or 0


def readers(county_id: int) -> list[RoleHolding]:
    """Who reads a county's reports today: its duty officers, and civil affairs."""
    whole = regions.get(county_id).path
    found = access.holders(county_id, Role.duty_officer, region_path=whole)
    office = Office.civil_affairs
    return found + access.holders(county_id, Role.coordinator, office=office, region_path=whole)


def _helpers() -> Table:
    # Helpers are an upper room; only who is who is read here, by their table.
    return db.Base.metadata.tables["helper"]


def helper_account(helper_id: int) -> int | None:
    """The account of a helper that a report is about."""
    helper = _helpers()
    return db.session.scalar(select(helper.c.account_id).where(helper.c.id == helper_id))


def helper_exists(helper_id: int, county_id: int) -> bool:
    """Whether there is such a helper in the county."""
    helper = _helpers()
    found = select(helper.c.id).where(helper.c.id == helper_id, helper.c.county_id == county_id)
    return db.session.scalar(found) is not None


def persons(actor: Actor) -> set[int]:
    """The accounts somebody is: their own, and whose deputy they are."""
    return {actor.account_id, actor.acts_as}


def not_own(actor: Actor) -> ColumnElement[bool]:
    """The condition that a report is neither the reader's own nor about the reader."""
    mine = persons(actor)
    helper = _helpers()
    as_helper = select(helper.c.id).where(helper.c.account_id.in_(mine))
    return and_(
        or_(Report.reporter_account_id.is_(None), Report.reporter_account_id.not_in(mine)),
        or_(Report.about_id.is_(None), Report.about_id.not_in(as_helper)),
    )


def get_for(report_id: int, actor: Actor) -> Report:
    """A report this person may deal with; raise Missing for one's own and for one about oneself."""
    found = select(Report).where(Report.id == report_id, Report.county_id == actor.county_id)
    village = joinedload(Report.region).joinedload(Region.parent)
    whole = found.options(joinedload(Report.county), joinedload(Report.job), village)
    report = db.session.scalar(whole)
    if report is None or own(report, actor):
        raise Missing
    return report


def files_of(report_id: int) -> list[ReportFile]:
    """What came with a report besides words; not its content."""
    found = select(ReportFile).where(ReportFile.report_id == report_id)
    return list(db.session.scalars(found.order_by(ReportFile.id)))


def file_for(report_file_id: int, actor: Actor) -> ReportFile:
    """A file of a report that this person may deal with; raise Missing for any other."""
    one = db.session.get(ReportFile, report_file_id)
    if one is None:
        raise Missing
    get_for(one.report_id, actor)
    return one


def hidden_from(report: Report) -> set[int]:
    """Accounts that are not written to of a report: whose it is, and whom it is about."""
    about = None if report.about_helper is None else helper_account(report.about_helper)
    return {one for one in (report.reporter_account_id, about) if one is not None}


def own(report: Report, actor: Actor) -> bool:
    """Whether a report is the actor's own, or about the actor."""
    helper_id = report.about_helper
    about = None if helper_id is None else helper_account(helper_id)
    return is_own(persons(actor), report.reporter_account_id, about)


def _seen_by(actor: Actor) -> Select[Report]:
    whole_county = Report.county_id.in_(regions.ids_within(actor.scope))
    return select(Report).where(whole_county, not_own(actor))


def waiting(actor: Actor) -> Sequence[Report]:
    """Reports that nobody has dealt with: a flood last, the unread first, then oldest first. A
    trial is among them until somebody has read it."""
    found = _seen_by(actor).where(
        Report.state != ReportState.handled,
        Report.drill.is_(False) | (Report.state == ReportState.received),
    )
    order = (Report.flood, Report.read_at.is_not(None), Report.received_at)
    return db.session.scalars(found.order_by(*order)).all()


def of_own(actor: Actor) -> Sequence[Report]:
    """What somebody reported signed in, newest first."""
    found = select(Report).where(Report.reporter_account_id == actor.account_id)
    return db.session.scalars(found.order_by(Report.id.desc()).limit(OWN)).all()


def handled(actor: Actor, before: int | None = None, limit: int = 50) -> Sequence[Report]:
    """Reports that were dealt with, newest first; `before` is the last id of the page before."""
    found = _seen_by(actor).where(Report.state == ReportState.handled)
    if before is not None:
        found = found.where(Report.id < before)
    return db.session.scalars(found.order_by(Report.id.desc()).limit(limit)).all()


def _county(actor: Actor) -> ColumnElement[bool]:
    return Feedback.county_id.in_(regions.ids_within(actor.scope))


def opinions(actor: Actor, before: int | None = None, limit: int = 50) -> Sequence[Feedback]:
    """What people said about the portal, newest first."""
    found = select(Feedback).where(_county(actor))
    if before is not None:
        found = found.where(Feedback.id < before)
    return db.session.scalars(found.order_by(Feedback.id.desc()).limit(limit)).all()


def opinions_of(actor: Actor) -> Sequence[Feedback]:
    """What somebody said themselves, newest first."""
    found = select(Feedback).where(Feedback.account_id == actor.account_id)
    return db.session.scalars(found.order_by(Feedback.id.desc()).limit(OWN)).all()


def opinion_index(code: str) -> str:
    """By what an opinion of somebody without an account is found."""
    return crypto.blind_index("feedback.code", code)


def opinion_with(code: str) -> Feedback | None:
    """The opinion that somebody knows the code of."""
    return db.session.scalar(select(Feedback).where(Feedback.code_index == opinion_index(code)))


def unread_opinions(actor: Actor) -> Sequence[Feedback]:
    """Opinions that nobody has read, oldest first."""
    found = select(Feedback).where(_county(actor), Feedback.read_at.is_(None))
    return db.session.scalars(found.order_by(Feedback.id)).all()


def opinion(feedback_id: int) -> Feedback:
    """One opinion; raise Missing."""
    found = select(Feedback).where(Feedback.id == feedback_id)
    feedback = db.session.scalar(found.options(joinedload(Feedback.county)))
    if feedback is None:
        raise Missing
    return feedback
