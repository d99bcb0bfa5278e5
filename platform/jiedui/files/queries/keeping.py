"""What stands against clearing files, and which files are due because a guardian asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Select, select

from jiedui.care.models import EntrustedChild, Review, ReviewFile, SupportCase, Visit
from jiedui.care.rules.quarters import Quarter
from jiedui.care.rules.reviews import ReviewState
from jiedui.care.rules.support import SupportState
from jiedui.children.models import Child, FileHold, FileMerge
from jiedui.children.queries.keeping import joined_to
from jiedui.children.rules import ChildState
from jiedui.core import clock, db
from jiedui.files.models import DataRequest
from jiedui.files.rules import Block
from jiedui.needs.models import NeedChild
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING
from jiedui.protection.models import Report
from jiedui.protection.rules import ReportState

AT_ONCE = 400  # files in one IN clause


def blocks_of(child: Child, *, but: int | None = None) -> list[Block]:
    """What stands against clearing a file and the doubles joined to it, first what is said
    first. `but` is a guardian's request that is just being answered."""
    found = set(blocked([child.id], but=but)[child.id])
    for against in blocked([double.id for double in joined_to(child)], but=but).values():
        found |= against - {Block.other_file}  # a double goes with this very file
    return [block for block in Block if block in found]


def blocked(ids: Sequence[int], *, but: int | None = None) -> dict[int, frozenset[Block]]:
    """Of these files, what stands against clearing each."""
    found: dict[int, set[Block]] = defaultdict(set)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        for child_id in _still_counted(part):
            found[child_id].add(Block.review)
        for block, rows in _against(part, but):
            for child_id in db.session.scalars(rows):
                found[child_id].add(block)
    return {child_id: frozenset(found[child_id]) for child_id in ids}


def _against(ids: Sequence[int], but: int | None) -> Iterator[tuple[Block, Select[int]]]:
    opened = select(Child.id).where(Child.id.in_(ids), Child.state != ChildState.closed)
    yield Block.still_open, opened
    held = FileHold.child_id.in_(ids), FileHold.lifted_at.is_(None)
    yield Block.held, select(FileHold.child_id).where(*held)
    yield Block.protection, _worries(ids)
    living = select(NeedChild.child_id).join(Pairing, Pairing.need_id == NeedChild.need_id)
    yield Block.pairing, living.where(NeedChild.child_id.in_(ids), Pairing.state.in_(LIVING))
    agreed = EntrustedChild.child_id.in_(ids), EntrustedChild.living
    yield Block.agreement, select(EntrustedChild.child_id).where(*agreed)
    applied = SupportCase.child_id.in_(ids), SupportCase.state == SupportState.applied
    yield Block.support, select(SupportCase.child_id).where(*applied)
    asked = select(DataRequest.child_id).where(DataRequest.child_id.in_(ids))
    yield Block.request, asked.where(DataRequest.outcome.is_(None), DataRequest.id != (but or 0))
    joined = select(FileMerge.double_id).join(Child, Child.id == FileMerge.kept_id)
    named = FileMerge.undone_at.is_(None), Child.deidentified_at.is_(None)
    yield Block.other_file, joined.where(FileMerge.double_id.in_(ids), *named)


def _still_counted(ids: Sequence[int]) -> Iterator[int]:
    """Files that were open when a quarter ended whose review is not signed off: its figures are
    yet to be made from them, by the day. What was closed within the quarter is only counted."""
    found = (
        select(Child.id, Child.closed_at, Review.year, Review.number)
        .join(ReviewFile, ReviewFile.child_id == Child.id)
        .join(Review, Review.id == ReviewFile.review_id)
        .where(Child.id.in_(ids), ReviewFile.review_state == ReviewState.open)
    )
    for child_id, closed_at, year, number in db.session.execute(found):
        if closed_at is None or clock.local(closed_at).date() > Quarter(year, number).last:
            yield child_id


def _worries(ids: Sequence[int]) -> Select[int]:
    """Files of houses from which a worry was reported that nobody has dealt with to the end."""
    return (
        select(Child.id)
        .join(Visit, Visit.household_id == Child.household_id)
        .join(Report, Report.id == Visit.report_id)
        .where(Child.id.in_(ids), Report.state != ReportState.handled)
    )


def asked_for(county_id: int, until: date) -> list[tuple[int, date]]:
    """Files to be cleared because a guardian asked and it was granted, with the day, until one."""
    found = (
        select(DataRequest.child_id, DataRequest.clear_on)
        .join(Child, Child.id == DataRequest.child_id)
        .where(DataRequest.county_id == county_id, Child.deidentified_at.is_(None))
        .where(DataRequest.clear_on.is_not(None), DataRequest.clear_on <= until)
        .order_by(DataRequest.clear_on, DataRequest.id)
    )
    return [(number, day) for number, day in db.session.execute(found) if day]
