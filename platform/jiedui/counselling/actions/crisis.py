"""A crisis flag: a report to those on duty, at once, and a mark at the counselling desk."""

from __future__ import annotations

from jiedui.access.rules import Actor
from jiedui.children.models import Child
from jiedui.core import audit, clock, crypto, db
from jiedui.core.actors import ANYBODY
from jiedui.core.acts import Act
from jiedui.counselling.models import CrisisFlag, ScreeningResult
from jiedui.counselling.rules.crisis import FlagFrom
from jiedui.protection import actions as protection
from jiedui.protection.actions import Worry
from jiedui.protection.models import Report


def worry_about(child: Child, words: str, *, by: Actor, key: str | None = None) -> Worry:
    """What goes through the report door about a child in a crisis; `key` is the form's."""
    return Worry(
        what=words,
        where=" · ".join((child.village.full_name, child.code)),
        reporter="",
        address=f"crisis {child.id}",
        account_id=by.account_id,
        key=key or crypto.new_token(),
    )


def mark(
    child: Child, report: Report, raised_from: FlagFrom, result: ScreeningResult | None = None
) -> CrisisFlag:
    """Keep at the desk that a report of a crisis is about this child; it answers an urgent result.
    The record lays it to nobody, as every report."""
    db.session.flush()
    flag = CrisisFlag(
        county_id=child.county_id,
        child_id=child.id,
        report_id=report.id,
        raised_from=raised_from,
        at=clock.now(),
    )
    db.session.add(flag)
    db.session.flush()
    audit.record(Act.crisis_flagged, flag, by=ANYBODY)
    if result is not None and result.answered_at is None:
        result.flag_id, result.answered_at = flag.id, flag.at
    return flag


def raise_flag(
    child: Child,
    words: str,
    raised_from: FlagFrom,
    result: ScreeningResult | None = None,
    *,
    by: Actor,
) -> CrisisFlag:
    """Report a crisis within an act of its own kind (a referral that says so). Nothing in it is
    refused."""
    report = protection.receive(worry_about(child, words, by=by), child.county_id)
    return mark(child, report, raised_from, result)


def report_unknown(words: str, named: str, *, by: Actor) -> Report:
    """Report a crisis of a pupil whom no file is known of, as the form named them."""
    said = Worry(
        what=words,
        where=named,
        reporter="",
        address=f"crisis account {by.account_id}",
        account_id=by.account_id,
    )
    return protection.receive(said, by.county_id)
