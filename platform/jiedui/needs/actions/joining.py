"""Needs where two files turn out to be of one child, and where that was a mistake: of each kind the
child keeps one need, and nothing that was withdrawn is lost."""

from __future__ import annotations

from jiedui.children import actions as children_actions
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.children.rules import ChildState
from jiedui.core import audit, clock, db
from jiedui.core.actors import SYSTEM
from jiedui.core.acts import Act
from jiedui.core.happenings import FilesJoined, FilesParted
from jiedui.needs import queries
from jiedui.needs.actions.raising import close_need
from jiedui.needs.actions.settling import move, settle
from jiedui.needs.models import Need
from jiedui.needs.rules import LIVING, NeedCloseReason, NeedState, Weighed, staying


def on_files_joined(happening: FilesJoined) -> None:
    """A file was a double: its own living needs are the kept child's from now on. Where the kept
    child has one of the same kind, the more urgent stays and the other is withdrawn. A need that
    is shared with brothers and sisters stays theirs."""
    kept = children.get(happening.kept_id)
    moved: dict[str, list[int]] = {"needs": [], "withdrawn": [], "left": []}
    for need in queries.living_of(happening.double_id):
        if [c.id for c in need.children] != [happening.double_id]:
            continue
        same = [one for one in queries.living_of(kept.id) if one.kind is need.kind]
        stays = staying([_weighed(one) for one in (need, *same)])
        for other in same:
            if other.id != stays and not queries.held(other):
                _step_back(other, kept, moved)
        if need.id == stays:
            _hand_over(need, kept)
            moved["needs"].append(need.id)
        else:
            _step_back(need, children.get(happening.double_id), moved)
    children_actions.note_moved(happening.merge_id, moved)


def _weighed(need: Need) -> Weighed:
    counted = queries.counted_urgency(need, clock.today())
    return Weighed(need.id, queries.held(need), counted, need.urgency, need.raised_at)


def _step_back(need: Need, child: Child, moved: dict[str, list[int]]) -> None:
    """Withdraw a need that the child has twice; one shared with others goes on for them."""
    others = [one for one in need.children if one.id != child.id and one.state is ChildState.open]
    if others:
        _share(need, others)
        moved["left"].append(need.id)
    else:
        close_need(need, NeedCloseReason.doubled, by=SYSTEM)
        moved["withdrawn"].append(need.id)


def _share(need: Need, kids: list[Child]) -> None:
    db.lock(Need, need.id)
    need.children, need.changed_at = kids, clock.now()
    audit.record(Act.need_changed, need, by=SYSTEM)
    settle(need)


def on_files_parted(happening: FilesParted) -> None:
    """It was no double: what went over and still lives goes back; what was withdrawn lives again
    where the child has no such need now."""
    kept, double = children.get(happening.kept_id), children.get(happening.double_id)
    for need in queries.living_of(kept.id):
        if need.id in happening.moved["needs"]:
            _hand_over(need, double)
    db.session.flush()  # what each child has now is read anew
    for number in happening.moved.get("withdrawn", ()):
        _live_again(queries.get(number))
    for number in happening.moved.get("left", ()):
        shared = queries.get(number)
        if shared.state in LIVING and not queries.held(shared) and not _has(kept, shared):
            _share(shared, [*shared.children, kept])


def _has(child: Child, like: Need) -> bool:
    return any(one.kind is like.kind for one in queries.living_of(child.id))


def _live_again(need: Need) -> None:
    db.lock(Need, need.id)
    gone = need.state is not NeedState.closed or need.close_reason is not NeedCloseReason.doubled
    if gone or any(c.state is not ChildState.open or _has(c, need) for c in need.children):
        return
    need.close_reason, need.closed_at, since = None, None, need.open_since
    move(need, NeedState.waiting, SYSTEM)
    settle(need)
    need.open_since = since  # it has waited all the while


def _hand_over(need: Need, child: Child) -> None:
    db.lock(Need, need.id)
    need.children, need.household = [child], child.household
    need.changed_at = clock.now()
    audit.record(Act.need_changed, need, by=SYSTEM)
    settle(need)
