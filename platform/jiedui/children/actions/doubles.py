"""Two files of one child are joined, and taken apart again; two that only look alike are said to
be two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiedui.access.rules import Actor
from jiedui.children import queries
from jiedui.children.actions.ledger import close_child, reopen_child
from jiedui.children.models import Child, FileMerge, NotDouble
from jiedui.children.rules import ChildState, CloseReason, MergeRefusal, merge_fault
from jiedui.core import audit, clock, db
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import FilesJoined, FilesParted, happen


def join_files(kept: Child, double: Child, *, by: Actor) -> FileMerge:
    """The double closes as such and its wishes go over to the file that is kept, of each kind one;
    both histories stay. Refuses closed files, files with two ID numbers, and a double with a living
    pairing: then that file is the one to keep."""
    for one in sorted((kept, double), key=lambda child: child.id):
        db.lock(Child, one.id)
    fault = merge_fault(
        kept.id,
        double.id,
        open_both=kept.state is ChildState.open and double.state is ChildState.open,
        kept_number=kept.id_index or "",
        double_number=double.id_index or "",
    )
    if fault is not None:
        raise Refusal(fault)
    merge = FileMerge(
        county_id=kept.county_id,
        kept=kept,
        double=double,
        moved={"needs": []},
        at=clock.now(),
        by_account=by.account_id,
    )
    db.session.add(merge)
    db.session.flush()
    happen(FilesJoined(merge.id, kept.id, double.id))
    audit.record(Act.files_joined, kept, by=by, double=double.id)
    close_child(double, CloseReason.doubled_file, by=by)
    return merge


def note_moved(merge_id: int, moved: Mapping[str, Sequence[int]]) -> None:
    """Keep what was done with wishes, so that it can be undone (told by the room of wishes)."""
    queries.merge(merge_id).moved = {name: list(ids) for name, ids in moved.items()}


def part_files(merge: FileMerge, *, by: Actor) -> None:
    """It was a mistake: the double is a file of its own again. Wishes that went over and still
    live go back, and those withdrawn because the child had them twice live again. Refuses what is
    taken apart already."""
    locked = db.lock(FileMerge, merge.id)
    if locked is None or merge.undone_at is not None:
        raise Refusal(MergeRefusal.taken_apart)
    if merge.double.state is not ChildState.closed or merge.kept.state is not ChildState.open:
        raise Refusal(MergeRefusal.not_open)
    merge.undone_at, merge.undone_by = clock.now(), by.account_id
    reopen_child(merge.double, by=by)
    audit.record(Act.files_parted, merge.kept, by=by, double=merge.double_id)
    db.session.flush()
    happen(FilesParted(merge.kept_id, merge.double_id, merge.moved))


def say_two(one: Child, other: Child, *, by: Actor) -> None:
    """Somebody has looked: these are two children. Saying it again changes nothing."""
    low, high = sorted((one.id, other.id))
    if low == high:
        raise Refusal(MergeRefusal.same_file)
    if queries.two_children(low, high):
        return
    said = NotDouble(
        county_id=one.county_id, low_id=low, high_id=high, at=clock.now(), by_account=by.account_id
    )
    db.session.add(said)
    audit.record(Act.files_two, one, by=by, other=other.id)
