"""A run over a county: opened, gone on with where it was stopped, finished with its receipt. Each
thing is cleared and counted in one act, so that no receipt says more or less than was done."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import case, delete, literal, select, update

from jiedui.access.actions import clearing
from jiedui.access.models import AccessLink, Account, SignInTry
from jiedui.care.models import EntrustmentScan, ReviewCorrection
from jiedui.children.models import CategoryPaper, Child, ChildExport, ConsentLink
from jiedui.children.rules import ClearedFor
from jiedui.contact.actions import forgetting as contact
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.drafts import Draft
from jiedui.core.errors import Refusal
from jiedui.core.once import UsedKey
from jiedui.core.outbox import Letter
from jiedui.core.sessions import SessionRow
from jiedui.counselling.models import PsychologyTeacher, ScreeningResult
from jiedui.donations.models import Gift
from jiedui.files.actions import clear_file
from jiedui.files.models import DataRequest, FileAccess
from jiedui.helpers.actions import deidentify
from jiedui.helpers.models import Helper
from jiedui.hours.actions import forgetting as hours
from jiedui.letters.actions import forget_choice
from jiedui.oversight.models import RetentionReceipt, RetentionRun
from jiedui.oversight.queries import due
from jiedui.oversight.queries.helpers import helper_blocks
from jiedui.oversight.rules import DataClass, HelperBlock
from jiedui.protection.models import Feedback, Report, ReportTry
from jiedui.regions.models import Region

PART = 500  # rows in one act


def _answered(column: Any) -> Any:
    """Nothing where there is an answer (a constraint wants one), and none where there is none."""
    return case((column.is_not(None), literal("", column.type)), else_=None)


# Rows that go as a whole.
GO: dict[DataClass, Any] = {
    DataClass.paper: CategoryPaper,
    DataClass.scan: EntrustmentScan,
    DataClass.screening: ScreeningResult,
    DataClass.psychology: PsychologyTeacher,
    DataClass.letter: Letter,
    DataClass.draft: Draft,
    DataClass.session: SessionRow,
    DataClass.link: ConsentLink,
    DataClass.access_link: AccessLink,
    DataClass.used_form: UsedKey,
    DataClass.sign_in: SignInTry,
    DataClass.report_try: ReportTry,
}
# Rows that stay, with dates, states and outcomes, and lose their words.
LOSE: dict[DataClass, tuple[Any, dict[str, Any]]] = {
    DataClass.guardian_request: (DataRequest, {"words": "", "answer": ""}),
    DataClass.report: (
        Report,
        {"what": "", "where": "", "reporter": "", "answer": None, "reply": None},
    ),
    DataClass.opinion: (
        Feedback,
        {"text": "", "contact": "", "code_index": None, "answer": _answered(Feedback.answer)},
    ),
    DataClass.export: (ChildExport, {"purpose": ""}),
    DataClass.file_access: (
        FileAccess,
        {"asked_for": "", "words": "", "answer": _answered(FileAccess.answer)},
    ),
    DataClass.giver: (Gift, {"giver_name": "", "giver_phone": ""}),
    DataClass.correction: (ReviewCorrection, {"text": ""}),
}


def open_run(county: Region) -> RetentionRun:
    """The run that was stopped, or a new one; when it is through, it is on record."""
    db.lock(Region, county.id)
    mine = RetentionRun.county_id == county.id, RetentionRun.finished_at.is_(None)
    run = db.session.scalar(select(RetentionRun).where(*mine))
    if run is None:
        run = RetentionRun(county_id=county.id, started_at=clock.now())
        db.session.add(run)
        db.session.flush()
    return run


def finish_run(run: RetentionRun, *, by: By) -> None:
    """The run is through: its counts are on record, where nobody can change them unnoticed."""
    if run.finished_at is not None:
        return
    run.finished_at = clock.now()
    counts = {one.data.value: one.cleared for one in _receipts(run) if one.cleared}
    audit.record(Act.retention_run, run, by=by, cleared=counts)


def _receipts(run: RetentionRun) -> list[RetentionReceipt]:
    found = select(RetentionReceipt).where(RetentionReceipt.run_id == run.id)
    return list(db.session.scalars(found.order_by(RetentionReceipt.id)))


def _receipt(run_id: int, data: DataClass) -> RetentionReceipt:
    mine = RetentionReceipt.run_id == run_id, RetentionReceipt.data == data
    one = db.session.scalar(select(RetentionReceipt).where(*mine))
    if one is None:
        one = RetentionReceipt(run_id=run_id, data=data, before=clock.now(), cleared=0, kept=0)
        db.session.add(one)
    return one


def _count(run_id: int, data: DataClass, number: int) -> None:
    _receipt(run_id, data).cleared += number


def keep_back(run_id: int, data: DataClass, number: int) -> None:
    """How many of a class were over their time and had to be kept. A step of a run."""
    if number:
        _receipt(run_id, data).kept = number


def clear_child(run_id: int, child: Child, until: date, *, by: By) -> None:
    """A file that was closed before a day; one that was opened and closed since is left. Refuses
    as clear_file does."""
    if child.closed_at is None or child.closed_at >= clock.at(until):
        return
    _count(run_id, DataClass.child_file, clear_file(child, ClearedFor.term_over, by=by))


def clear_asked(run_id: int, child: Child, *, by: By) -> None:
    """A file whose guardian asked for it. Refuses as clear_file does."""
    _count(run_id, DataClass.deletion, clear_file(child, ClearedFor.guardian_asked, by=by))


def clear_helper(run_id: int, data: DataClass, helper: Helper, until: date, *, by: By) -> None:
    """A helper who has left before a day, with the account that was only for helping. Refuses
    with what stands against it (HelperBlock), and as helpers.deidentify does."""
    db.lock(Helper, helper.id)
    if helper.left_at is None or helper.left_at >= clock.at(until):
        return
    for against in HelperBlock:
        if against in helper_blocks([helper.id])[helper.id]:
            raise Refusal(against)
    deidentify(helper, by=by)
    hours.forget_helper(helper.id)
    contact.forget_helper(helper.id)
    account = db.session.get(Account, helper.account_id) if helper.account_id else None
    if account is not None and account.deidentified_at is None and clearing.only_helps(account):
        clearing.deidentify(account, by=by)
        forget_choice(account.id)
    _count(run_id, data, 1)


def clear_account(run_id: int, account: Account, *, by: By) -> None:
    """An account that was disabled long ago. Refuses as access does."""
    clearing.deidentify(account, by=by)
    forget_choice(account.id)
    _count(run_id, DataClass.account, 1)


def clear_rows(run_id: int, data: DataClass, county_id: int, amount: int) -> int:
    """The next rows of a class whose time is over; returns how many, 0 when none is left. They
    have no entry each: the run's says how many."""
    done = _clear(data, county_id, amount)
    for table in due.BESIDE.get(data, {}):
        ids = due.over_ids(data, county_id, amount, PART, table)
        db.session.execute(delete(table).where(table.id.in_(ids)))
        done += len(ids)
    if done:
        _count(run_id, data, done)
    return done


def _clear(data: DataClass, county_id: int, amount: int) -> int:
    ids = due.over_ids(data, county_id, amount, PART)
    if ids and data in GO:
        db.session.execute(delete(GO[data]).where(GO[data].id.in_(ids)))
    elif ids:
        table, left = LOSE[data]
        emptied = update(table).where(table.id.in_(ids)).values(**left)
        db.session.execute(emptied.execution_options(synchronize_session=False))
    return len(ids)
