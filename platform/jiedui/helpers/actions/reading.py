"""A helper reads the ten lessons and answers: trained until a course takes place."""

from __future__ import annotations

from collections.abc import Mapping

from jiedui.core import clock
from jiedui.core.actors import By
from jiedui.core.errors import Refusal
from jiedui.helpers.actions.clearance import held
from jiedui.helpers.actions.vetting import add_finding
from jiedui.helpers.models import Helper, VettingFact
from jiedui.helpers.queries import gate_states
from jiedui.helpers.rules import Finding, Gate, GateState, HelperRefusal, Outcome
from jiedui.helpers.rules.reading import READ_AS, Lesson, counts_until, wrong
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

OPEN = (GateState.missing, GateState.expiring, GateState.expired)


def may_read(helper: Helper) -> bool:
    """Whether reading would help: the county allows it, and no course has been held against or for
    them that still counts."""
    allowed = bool(regions.setting(helper.county_id, Setting.training_by_reading))
    return allowed and gate_states(helper)[Gate.training] in OPEN


def pass_reading(helper: Helper, said: Mapping[Lesson, bool], *, by: By) -> VettingFact:
    """Every answer is right: the training gate is good for half a year. Refuses anybody else's
    answers, wrong ones, a county that wants a course, and a gate that stands already or was bad."""
    held(helper)
    if helper.account_id is None or by.account_id != helper.account_id:
        raise Refusal(HelperRefusal.reading_is_own)
    if not may_read(helper):
        raise Refusal(HelperRefusal.course_wanted)
    if wrong(said):
        raise Refusal(HelperRefusal.not_all_right)
    today = clock.today()
    found = Finding(Gate.training, Outcome.good, today, authority=READ_AS)
    return add_finding(helper, found, counts_until(today), by=by)
