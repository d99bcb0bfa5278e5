"""What stands against clearing a helper who has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from jiedui.core import db
from jiedui.oversight.rules import HelperBlock
from jiedui.pairings.models import Pairing
from jiedui.pairings.rules import LIVING
from jiedui.protection.models import Report
from jiedui.protection.rules import HELPER, ReportState

AT_ONCE = 400


def helper_blocks(ids: Sequence[int]) -> dict[int, frozenset[HelperBlock]]:
    """Of these helpers, what stands against clearing each."""
    found: dict[int, set[HelperBlock]] = defaultdict(set)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        about = select(Report.about_id).where(Report.about_kind == HELPER)
        worry = about.where(Report.about_id.in_(part), Report.state != ReportState.handled)
        living = Pairing.helper_id.in_(part), Pairing.state.in_(LIVING)
        for number in db.session.scalars(worry):
            found[number or 0].add(HelperBlock.protection)
        for number in db.session.scalars(select(Pairing.helper_id).where(*living)):
            found[number].add(HelperBlock.pairing)
    return {number: frozenset(found[number]) for number in ids}
