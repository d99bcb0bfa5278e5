"""What there is of each class and since when its time runs: one query a class, of ids and instants.

Classes of the whole installation (sessions, tries to sign in) belong to no county: whichever
county's run comes first clears them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, func, select, union_all

from jiedui.access.models import AccessLink, Account, SignInTry
from jiedui.access.rules import AccountState
from jiedui.activities.models import SafetyFinding, SafetyPhoto
from jiedui.care.models import Entrustment, EntrustmentMove, EntrustmentScan, ReviewCorrection
from jiedui.care.rules.entrustment import PaperState
from jiedui.children.models import CategoryPaper, Child, ChildCategory, ChildExport, ConsentLink
from jiedui.children.queries.keeping import closed_files
from jiedui.contact.models import Agreement, AgreementLink, AgreementScan
from jiedui.core import clock, crypto, db
from jiedui.core.acts import Act
from jiedui.core.audit import AuditEntry
from jiedui.core.drafts import Draft
from jiedui.core.once import UsedKey
from jiedui.core.outbox import Letter
from jiedui.core.sessions import SessionRow
from jiedui.counselling.models import ExpertVisit, PsychologyTeacher, ScreeningResult
from jiedui.donations.models import Allotment, Gift, GiftStock, ParcelLink, Pledge
from jiedui.donations.rules.books import UNDER_WAY
from jiedui.donations.rules.pledges import PledgeState
from jiedui.files.models import DataRequest, FileAccess
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelperState
from jiedui.hours.models import ImportedHours, ServiceSession
from jiedui.oversight.queries.due_protection import cases, of_cases, of_reports
from jiedui.oversight.rules import DataClass, before
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place, PlaceKeeper, PlacePhoto, UnitApplication
from jiedui.protection.models import (
    CaseLook,
    CaseStep,
    DutyTurn,
    Feedback,
    ProtectionCase,
    Report,
    ReportFile,
    ReportTry,
)


class Over(NamedTuple):
    """One thing that is over its time, and from when that counts."""

    id: int
    at: datetime


Since = Callable[[int], Select[Any, Any]]
OVER = (PaperState.ended, PaperState.expired, PaperState.replaced)
NOTHING_LEFT = crypto.SEALED_LEAST  # bytes of a sealed text that says nothing


@dataclass(frozen=True)
class Due:
    """Of one class: how many are over their time, and since when the oldest counts."""

    count: int
    oldest: datetime | None


def _county(table: Any, at: Any, *more: Any) -> Since:
    """Rows of a county's table, by one of its instants."""

    def rows(county_id: int) -> Select[Any, Any]:
        mine = table.county_id == county_id, at.is_not(None), *more
        return select(table.id.label("id"), at.label("at")).where(*mine)

    return rows


def _everywhere(table: Any, at: Any) -> Since:
    return lambda _county_id: select(table.id.label("id"), at.label("at"))


def _says(column: Any) -> Any:
    """Whether a sealed text has not been cleared: what is left of one is sealed emptiness."""
    return func.length(column) > NOTHING_LEFT


def _papers(county_id: int) -> Select[Any, Any]:
    """Photos, from the day on which the category they show ended or its file was closed."""
    shown = (
        select(CategoryPaper.id.label("id"), Child.closed_at.label("at"))
        .join(ChildCategory, ChildCategory.id == CategoryPaper.category_id)
        .join(Child, Child.id == ChildCategory.child_id)
        .where(CategoryPaper.county_id == county_id)
    )
    closed = shown.where(ChildCategory.ends.is_(None), Child.closed_at.is_not(None))
    ended = shown.with_only_columns(
        CategoryPaper.id.label("id"), _instant(ChildCategory.ends).label("at")
    ).where(ChildCategory.ends.is_not(None))
    both = union_all(closed, ended).subquery()
    return select(both.c.id, both.c.at)


def _instant(day: Any) -> Any:
    """The instant at which a day begins, near enough for a time of months."""
    return func.coalesce(day, day, type_=db.UtcDateTime())


def _scans(county_id: int) -> Select[Any, Any]:
    """Scans of agreements, from the day on which these were over."""
    last = (
        select(EntrustmentMove.entrustment_id, func.max(EntrustmentMove.at).label("at"))
        .where(EntrustmentMove.new.in_(OVER))
        .group_by(EntrustmentMove.entrustment_id)
        .subquery()
    )
    found = select(EntrustmentScan.id.label("id"), last.c.at.label("at"))
    return (
        found.join(Entrustment, Entrustment.id == EntrustmentScan.entrustment_id)
        .join(last, last.c.entrustment_id == Entrustment.id)
        .where(EntrustmentScan.county_id == county_id, Entrustment.state.in_(OVER))
    )


def _pair_scans(county_id: int) -> Select[Any, Any]:
    """Scans of agreements of pairings, from the moment at which these were over."""
    found = select(AgreementScan.id.label("id"), Agreement.over_at.label("at"))
    return found.join(Agreement, Agreement.id == AgreementScan.agreement_id).where(
        AgreementScan.county_id == county_id, Agreement.over_at.is_not(None)
    )


def _helpers(county_id: int, *, served: bool) -> Select[Any, Any]:
    """Helpers who have withdrawn: whether or not they have ever met a child or logged an hour."""
    met = select(Pairing.helper_id).where(Pairing.first_meeting_on.is_not(None))
    logged, listed = select(ServiceSession.helper_id), select(ImportedHours.helper_id)
    ever = Helper.id.in_(met) | Helper.id.in_(logged) | Helper.id.in_(listed)
    return select(Helper.id.label("id"), Helper.left_at.label("at")).where(
        Helper.county_id == county_id,
        Helper.state == HelperState.withdrawn,
        Helper.deidentified_at.is_(None),
        ever if served else ~ever,
    )


def _accounts(county_id: int) -> Select[Any, Any]:
    """Accounts that were disabled, from the last time they were, as the record has it."""
    mine = AuditEntry.object_kind == Account.__tablename__, AuditEntry.object_id == Account.id
    last = select(func.max(AuditEntry.at)).where(*mine, AuditEntry.act == Act.account_disabled)
    found = select(Account.id.label("id"), last.scalar_subquery().label("at"))
    return found.where(
        Account.county_id == county_id,
        Account.state == AccountState.disabled,
        Account.deidentified_at.is_(None),
    )


def _links(county_id: int) -> Select[Any, Any]:
    """Links to set a password; of who has not come yet they stay, so that it is seen."""
    found = select(AccessLink.id.label("id"), AccessLink.expires_at.label("at"))
    here = Account.county_id == county_id, Account.state != AccountState.invited
    return found.join(Account, Account.id == AccessLink.account_id).where(*here)


def _givers(county_id: int) -> Select[Any, Any]:
    """People who gave something, unless it lies in stock still or is on its way."""
    left = select(GiftStock.gift_id).where(GiftStock.in_stock > 0)
    sent = select(Allotment.gift_id).where(Allotment.state.in_(UNDER_WAY))
    return _county(
        Gift,
        Gift.recorded_at,
        _says(Gift.giver_name),
        Gift.id.not_in(left),
        Gift.id.not_in(sent),
    )(county_id)


def _pledges(county_id: int) -> Select[Any, Any]:
    """What a person promised and is declined or over."""
    done = Pledge.state.in_((PledgeState.declined, PledgeState.over))
    return _county(Pledge, Pledge.recorded_at, Pledge.unit_id.is_(None), done)(county_id)


def _place_photos(county_id: int) -> Select[Any, Any]:
    """Pictures of places that are closed, from the day they were taken in; others are the place's
    face as long as it is open."""
    found = select(PlacePhoto.id.label("id"), PlacePhoto.at.label("at"))
    return found.join(Place, Place.id == PlacePhoto.place_id).where(
        PlacePhoto.county_id == county_id, Place.open.is_(False)
    )


def _safety_photos(county_id: int) -> Select[Any, Any]:
    """Pictures of faults at schools, from the day on which these were settled."""
    found = select(SafetyPhoto.id.label("id"), SafetyFinding.checked_at.label("at"))
    return found.join(SafetyFinding, SafetyFinding.id == SafetyPhoto.finding_id).where(
        SafetyPhoto.county_id == county_id, SafetyFinding.checked_at.is_not(None)
    )


def _files(county_id: int) -> Select[Any, Any]:
    rows = closed_files(county_id).order_by(None).subquery()
    return select(rows.c.id, rows.c.closed_at.label("at"))


SINCE: dict[DataClass, Since] = {
    DataClass.child_file: _files,
    DataClass.paper: _papers,
    DataClass.scan: _scans,
    DataClass.helper_applied: lambda county_id: _helpers(county_id, served=False),
    DataClass.helper_left: lambda county_id: _helpers(county_id, served=True),
    DataClass.account: _accounts,
    DataClass.guardian_request: _county(
        DataRequest, DataRequest.answered_at, _says(DataRequest.words)
    ),
    DataClass.report: _county(Report, Report.handled_at, _says(Report.what)),
    DataClass.opinion: _county(Feedback, Feedback.received_at, _says(Feedback.text)),
    DataClass.export: _county(ChildExport, ChildExport.asked_at, _says(ChildExport.purpose)),
    DataClass.file_access: _county(FileAccess, FileAccess.asked_at, _says(FileAccess.words)),
    DataClass.correction: _county(
        ReviewCorrection, ReviewCorrection.at, _says(ReviewCorrection.text)
    ),
    DataClass.screening: _county(ScreeningResult, ScreeningResult.kept_at),
    DataClass.psychology: _county(PsychologyTeacher, PsychologyTeacher.left_at),
    DataClass.giver: _givers,
    DataClass.letter: _county(Letter, Letter.posted_at),
    DataClass.draft: _everywhere(Draft, Draft.kept_at),
    DataClass.session: _everywhere(SessionRow, SessionRow.seen_at),
    DataClass.link: _county(ConsentLink, ConsentLink.expires_at),
    DataClass.access_link: _links,
    DataClass.used_form: _everywhere(UsedKey, UsedKey.at),
    DataClass.sign_in: _everywhere(SignInTry, SignInTry.at),
    DataClass.report_try: _everywhere(ReportTry, ReportTry.at),
}


# Further tables of a class whose rows go as a whole.
BESIDE: dict[DataClass, dict[Any, Since]] = {
    DataClass.opinion: {UnitApplication: _county(UnitApplication, UnitApplication.at)},
    DataClass.scan: {AgreementScan: _pair_scans},
    DataClass.report: {
        CaseStep: of_cases(CaseStep),
        CaseLook: of_cases(CaseLook),
        ProtectionCase: cases,
        ReportFile: of_reports,
    },
    DataClass.paper: {PlacePhoto: _place_photos, SafetyPhoto: _safety_photos},
    DataClass.letter: {
        DutyTurn: _county(DutyTurn, DutyTurn.ended_at),
        PlaceKeeper: _county(PlaceKeeper, PlaceKeeper.ended_at),
    },
    DataClass.psychology: {ExpertVisit: _county(ExpertVisit, ExpertVisit.entered_at)},
    DataClass.giver: {Pledge: _pledges},
    DataClass.link: {
        AgreementLink: _county(AgreementLink, AgreementLink.expires_at),
        ParcelLink: _county(ParcelLink, ParcelLink.expires_at),
    },
}


def _over(found: Select[Any, Any], until: date) -> Subquery:
    rows = found.subquery()
    return select(rows.c.id, rows.c.at).where(rows.c.at < clock.at(until)).subquery()


def _all(data: DataClass, county_id: int) -> Select[Any, Any]:
    """Rows of every table of a class; their ids count, and say nothing by themselves."""
    known = [SINCE[data], *BESIDE.get(data, {}).values()]
    every = union_all(*(since(county_id) for since in known)).subquery()
    return select(every.c.id, every.c.at)


def due(data: DataClass, county_id: int, until: date) -> Due:
    """What of a class happened before a day."""
    over = _over(_all(data, county_id), until)
    count, oldest = db.session.execute(select(func.count(), func.min(over.c.at))).one()
    return Due(count, oldest)


def over_ids(
    data: DataClass, county_id: int, amount: int, limit: int, beside: Any = None
) -> list[int]:
    """The first of what is over its time today, oldest first; of the class's first table, or of
    one beside it."""
    until = before(data, amount, clock.today())
    since = SINCE[data] if beside is None else BESIDE[data][beside]
    return [one.id for one in _first(since(county_id), until, limit)]


def next_ones(data: DataClass, county_id: int, until: date, limit: int | None = None) -> list[Over]:
    """What happened before a day, oldest first, in the class's first table."""
    return _first(SINCE[data](county_id), until, limit)


def _first(rows: Select[Any, Any], until: date, limit: int | None) -> list[Over]:
    over = _over(rows, until)
    found = select(over.c.id, over.c.at).order_by(over.c.at, over.c.id).limit(limit)
    return [Over(number, at) for number, at in db.session.execute(found)]
