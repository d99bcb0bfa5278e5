"""A case is opened on a report, goes its way step by step, and ends by two people."""

from __future__ import annotations

from datetime import datetime

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.protection import queries
from jiedui.protection.actions.handling import name_helper
from jiedui.protection.models import CaseLook, CaseStep, ProtectionCase, Report
from jiedui.protection.queries import cases as find
from jiedui.protection.rules import (
    REPORT_MOVES,
    ReportRefusal,
    ReportState,
)
from jiedui.protection.rules.case import (
    CASE_MOVES,
    CaseRefusal,
    Ending,
    LookReason,
    Stage,
    StepSaid,
    Suspect,
    Triage,
    may_close,
    sealed_from_start,
    step_fault,
    township_may_know,
)
from jiedui.protection.rules.clocks import NEXT_CLOCK, Times, due_at


def open_case(report_id: int, said: Triage, *, by: Actor) -> ProtectionCase:
    """Open a case on a report that was read, and take it in hand; the pairings of a helper whom it
    is about are asked to pause. Refuses one that was not read, that was dealt with, or that has a
    case, and a helper's number that nobody has."""
    db.lock(Report, report_id)
    report = queries.get_for(report_id, by)
    if report.state is ReportState.received:
        raise Refusal(ReportRefusal.not_read_yet)
    if find.of_report(report_id) is not None or report.drill:
        raise Refusal(CaseRefusal.has_case)
    if report.state is ReportState.handled and report.seconded_at is not None:
        raise Refusal(CaseRefusal.not_now)
    if report.state is ReportState.handled:
        _taken_up_again(report)
    case = ProtectionCase(
        county_id=report.county_id,
        report=report,
        region_id=said.region_id,
        stage=Stage.triaged,
        situation=said.situation,
        suspect=said.suspect,
        sealed=sealed_from_start(said.situation, said.sealed),
        taken_by=by.account_id,
        opened_at=clock.now(),
    )
    db.session.add(case)
    _step(case, StepSaid(Stage.triaged, clock.now(), said.words), by)
    audit.record(Act.case_opened, case, by=by, sealed=case.sealed)
    if said.suspect is Suspect.helper and said.helper_id is not None:
        name_helper(report, said.helper_id, by=by)
    return case


def _taken_up_again(report: Report) -> None:
    """A second look finds that more is to be done."""
    report.state, report.outcome = ReportState.read, None
    report.handled_by = report.handled_at = report.reply = None


def step(case_id: int, said: StepSaid, *, by: Actor, version: int | None = None) -> None:
    """Tell the next stage of a case, done or left out with its reason. Refuses an older page, what
    does not come now, what the law lets nobody leave out, a moment to come or before the report."""
    case = _locked(case_id, by, version)
    fault = step_fault(case.stage, said, case.situation)
    if fault is not None:
        raise Refusal(fault, FIELD_OF.get(fault))
    if said.at > clock.now():
        raise Refusal(CaseRefusal.in_future, "at_time")
    if said.at < case.report.received_at.replace(second=0, microsecond=0):
        raise Refusal(CaseRefusal.before_report, "at_time")
    old = case.stage
    _step(case, said, by)
    why = said.skipped.value if said.skipped else ""
    audit.record(Act.case_moved, case, by=by, old=old.value, new=case.stage.value, skipped=why)


FIELD_OF = {
    CaseRefusal.officer_missing: "officer",
    CaseRefusal.placement_missing: "placement",
    CaseRefusal.ground_missing: "ground",
    CaseRefusal.words_missing: "words",
    CaseRefusal.not_to_skip: "how",
    CaseRefusal.must_tell_police: "how",
}


def propose_end(case_id: int, said: Ending, *, by: Actor, version: int | None = None) -> None:
    """Say how a case is to end: a second person closes it. Refuses before the child was visited
    again, and an older page."""
    case = _locked(case_id, by, version)
    _may(case, Stage.closing)
    case.proposed_by, case.written_by = by.acts_as, by.account_id
    case.outcome = said.outcome
    case.answer, case.reply = said.answer, said.reply or None
    _step(case, StepSaid(Stage.closing, clock.now()), by)
    audit.record(Act.case_end_proposed, case, by=by, outcome=said.outcome.value)


def close(case_id: int, *, by: Actor, version: int | None = None) -> None:
    """Close a case that another proposed to close; its report is dealt with. Refuses the same
    person, as themselves, for somebody or through a deputy."""
    case = _locked(case_id, by, version)
    _may(case, Stage.closed)
    if not may_close(case.hands, queries.persons(by)):
        raise Refusal(CaseRefusal.same_person)
    case.closed_by, case.closed_at = by.account_id, clock.now()
    _step(case, StepSaid(Stage.closed, clock.now()), by)
    report = case.report
    REPORT_MOVES.require(report.state, ReportState.handled)
    report.state, report.outcome = ReportState.handled, case.outcome
    report.answer, report.reply = case.answer, case.reply
    report.handled_by, report.handled_at = case.proposed_by, clock.now()
    report.seconded_by, report.seconded_at = by.account_id, clock.now()
    audit.record(Act.case_closed, case, by=by)
    tell_reporter(report)


def send_back(case_id: int, words: str, *, by: Actor, version: int | None = None) -> None:
    """Not closed: more is to be done, and why. Refuses without words."""
    case = _locked(case_id, by, version)
    if case.stage is not Stage.closing:
        raise Refusal(CaseRefusal.not_now)
    if not words:
        raise Refusal(CaseRefusal.words_missing, "words")
    case.proposed_by = case.written_by = None
    case.outcome = case.answer = case.reply = None
    _step(case, StepSaid(Stage.followed_up, clock.now(), words), by)
    audit.record(Act.case_sent_back, case, by=by)


def look_again(report_id: int, *, by: Actor) -> None:
    """A second person finds a report that ended without a case rightly ended. Refuses who dealt
    with it, and what is not to be looked at."""
    db.lock(Report, report_id)
    report = queries.get_for(report_id, by)
    if report.state is not ReportState.handled or report.seconded_at is not None:
        raise Refusal(CaseRefusal.not_now)
    if not may_close({report.handled_by}, queries.persons(by)):
        raise Refusal(CaseRefusal.same_person)
    report.seconded_by, report.seconded_at = by.account_id, clock.now()
    audit.record(Act.report_seconded, report, by=by)
    tell_reporter(report)


def tell_township(case_id: int, *, by: Actor) -> int:
    """Ask the township in which a child lives to help: it hears number, village and whom to ring,
    not what was said. Refuses a case about a worker of village or township, which stays with the
    county, one without a village, and a second time. Says how many were written to."""
    case = _locked(case_id, by, None)
    if not township_may_know(case.suspect):
        raise Refusal(CaseRefusal.county_only)
    if case.region is None:
        raise Refusal(CaseRefusal.no_village)
    if case.township_told_at is not None or case.stage is Stage.closed:
        raise Refusal(CaseRefusal.told_already)
    case.township_told_at = clock.now()
    about, told = ("shared_case", case.id), find.supervisors_of(case)
    for account_id in told:
        outbox.post(LetterKind.case_shared, to=account_id, county_id=case.county_id, about=about)
    audit.record(Act.case_shared, case, by=by)
    return len(told)


def break_seal(case_id: int, reason: LookReason, words: str, *, by: Actor) -> None:
    """Open a sealed case to oneself for some hours, with a reason that stays on record. Refuses
    without words."""
    case = find.get_for(case_id, by)
    if not words:
        raise Refusal(CaseRefusal.words_missing, "words")
    look = CaseLook(
        county_id=case.county_id,
        case_id=case.id,
        account_id=by.account_id,
        reason=reason,
        words=words,
        at=clock.now(),
    )
    db.session.add(look)
    audit.record(Act.case_unsealed, case, by=by, reason=reason.value)


def read_case(case_id: int, *, by: Actor) -> ProtectionCase:
    """Every look at a case is on record."""
    case = find.get_for(case_id, by)
    audit.record(Act.case_read, case, by=by)
    return case


def tell_reporter(report: Report) -> None:
    """Whoever is known to the portal and must report (a school, a hospital, a village) hears that
    there is an answer (未保法 11)."""
    about = ("own_report", report.id)
    kind = LetterKind.report_answered
    outbox.post(kind, to=report.reporter_account_id, county_id=report.county_id, about=about)


def _locked(case_id: int, by: Actor, version: int | None) -> ProtectionCase:
    db.lock(ProtectionCase, case_id)
    case = find.get_for(case_id, by)
    fresh(case.version, version)
    return case


def _may(case: ProtectionCase, new: Stage) -> None:
    if not CASE_MOVES.allows(case.stage, new):
        raise Refusal(CaseRefusal.not_now)


def _step(case: ProtectionCase, said: StepSaid, by: By) -> None:
    """Stage, clock and whoever closes it change together: nothing is written before all is said."""
    with db.session.no_autoflush:
        times = find.times(case.county_id)
    case.stage, case.due_at = said.stage, _due(case, said.stage, times)
    case.steps.append(
        CaseStep(
            county_id=case.county_id,
            stage=said.stage,
            at=said.at,
            entered_at=clock.now(),
            by_account=by.account_id,
            skipped=said.skipped,
            placement=said.placement,
            ground=said.ground,
            officer=said.officer or None,
            number=said.number or None,
            words=said.words or None,
        )
    )


def _due(case: ProtectionCase, stage: Stage, times: Times) -> datetime | None:
    running = NEXT_CLOCK.get(stage)
    if running is None:
        return None
    return due_at(running, case.report.received_at, clock.now(), times)
