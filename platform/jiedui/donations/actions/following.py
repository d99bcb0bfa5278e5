"""What follows for wishes from the rooms below: a child that leaves wishes for nothing here."""

from __future__ import annotations

from sqlalchemy import update

from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.core.happenings import ChildClosed, FilesJoined
from jiedui.donations.actions.wishes import close
from jiedui.donations.models import MaterialWish
from jiedui.donations.queries import wishes as find
from jiedui.donations.rules.wishes import NOT_YET, WishCloseReason


def _end(child_id: int, reason: WishCloseReason) -> None:
    """What is allocated already goes its way: somebody decides by hand."""
    for wish in find.living_of(child_id):
        if wish.state in NOT_YET:
            close(wish, reason, by=SYSTEM)


def on_child_closed(word: ChildClosed) -> None:
    """A child has left."""
    _end(word.child_id, WishCloseReason.child_left)


def on_files_joined(word: FilesJoined) -> None:
    """A file was a double: what is wished is asked for the file that is kept."""
    _end(word.double_id, WishCloseReason.entered_wrongly)


def forget_child(child_id: int) -> None:
    """The words of a child's wishes go with its identity. A step of clearing a file, which is on
    record."""
    mine = update(MaterialWish).where(MaterialWish.child_id == child_id)
    db.session.execute(mine.values(words="").execution_options(synchronize_session=False))
