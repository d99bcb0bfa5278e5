"""The list of a meeting: the team says which helpers came, somebody else confirms it. Of an event
by count the figures are told with it, by age and without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from jiedui.access.rules import Actor
from jiedui.activities.models import (
    ActivityMeeting,
    ChildPresence,
    HelperPresence,
    MeetingCount,
)
from jiedui.activities.queries import classes
from jiedui.activities.rules import (
    OF_THE_PLACE,
    ActivityKind,
    ActivityRefusal,
    Came,
    list_fault,
)
from jiedui.activities.rules.events import EventRefusal, held_fault
from jiedui.care.rules.statement import AgeBand, age_group
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.happenings import MeetingConfirmed, happen


@dataclass(frozen=True)
class Held:
    """What is told of an event beside its helpers: how many other adults were there (teachers,
    police, people of the office), and by count how many children of each age."""

    others: int = 0
    counts: Mapping[AgeBand, int] = field(default_factory=dict)


NO_OTHERS = Held()


def tell(
    meeting: ActivityMeeting,
    came: Sequence[Came],
    *,
    by: Actor,
    version: int | None = None,
    held: Held = NO_OTHERS,
) -> None:
    """Say which helpers came and from when to when; until it is confirmed it can be said anew.
    Refuses a meeting that is not over or was called off, too few helpers (two of a class; one of
    a group, with the keeper of the place beside them; of an event two adults in all), whoever is
    not on it, and an event by count at which nobody was counted."""
    fresh(meeting.version, version)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.called_off is not None:
        raise Refusal(ActivityRefusal.called_off_already)
    if meeting.end_at > clock.now():
        raise Refusal(ActivityRefusal.not_yet)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    activity = meeting.activity
    if not activity.open:
        raise Refusal(EventRefusal.not_agreed)
    on = [one.helper_id for one in activity.helpers_on]
    adults = len({one.helper_id for one in came}) + OF_THE_PLACE[activity.kind] + held.others
    fault = list_fault(came, on, (meeting.start_at, meeting.end_at), activity.least) or (
        held_fault(adults, held.counts, by_count=activity.counted)
    )
    if fault is not None:
        raise Refusal(*fault)
    meeting.came.clear()
    meeting.counts.clear()
    db.session.flush()
    meeting.came.extend(
        HelperPresence(helper_id=one.helper_id, start_at=one.start, end_at=one.end) for one in came
    )
    _count(meeting, held.counts if activity.counted else {})
    meeting.adults = adults
    meeting.told_by, meeting.told_at = by.account_id, clock.now()
    audit.record(Act.class_list_told, meeting, by=by)


def _count(meeting: ActivityMeeting, counts: Mapping[AgeBand, int]) -> None:
    meeting.counts.extend(
        MeetingCount(band=band, number=number) for band, number in counts.items() if number
    )


def confirm(
    meeting: ActivityMeeting,
    child_ids: Collection[int],
    *,
    by: Actor,
    version: int | None = None,
    beside: bool = True,
) -> None:
    """Say which children came (of an event by count nobody is named) and confirm the list; the
    hours of the helpers are on record from now on. `beside`: of a group, that the keeper or another
    adult of the place was there the whole time. Refuses a list nobody has told, one's own (as who
    told it or as a helper on it), a meeting to which no child came (it is called off instead), a
    child without both yeses, and a group with which its helper was alone: nobody is alone with
    children, and the office is to know."""
    fresh(meeting.version, version)
    db.lock(ActivityMeeting, meeting.id)
    if meeting.told_by is None:
        raise Refusal(ActivityRefusal.not_told)
    if meeting.confirmed_by is not None:
        raise Refusal(ActivityRefusal.confirmed_already)
    persons = {by.account_id, by.acts_as}
    if persons & {meeting.told_by, *(one.helper.account_id for one in meeting.came)}:
        raise Refusal(ActivityRefusal.own_list)
    if meeting.called_off is not None:
        raise Refusal(ActivityRefusal.called_off_already)
    if OF_THE_PLACE[meeting.activity.kind] and not beside:
        raise Refusal(ActivityRefusal.keeper_was_away, "beside")
    if meeting.counted:
        child_ids = ()
    elif not child_ids:
        raise Refusal(ActivityRefusal.nobody_ticked, "children")
    may = {one.entry.child_id: one for one in classes.seated(meeting.activity) if one.comes}
    if set(child_ids) - set(may):
        raise Refusal(ActivityRefusal.without_consent, "children")
    if meeting.kind is ActivityKind.themed_event and not meeting.counted:
        births = (may[number].entry.child.birth_date for number in set(child_ids))
        _count(meeting, Counter(age_group(one, meeting.on) for one in births))
    meeting.children.extend(ChildPresence(child_id=number) for number in sorted(set(child_ids)))
    meeting.confirmed_by, meeting.confirmed_at = by.account_id, clock.now()
    audit.record(Act.class_list_confirmed, meeting, by=by)
    db.session.flush()
    happen(MeetingConfirmed(meeting.id))
