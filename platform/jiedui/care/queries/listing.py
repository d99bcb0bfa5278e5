"""The list of children narrowed by the quarterly review: how a file stands in the quarter that
runs. Importing this names the condition."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from jiedui.access.policy import Permission
from jiedui.care.queries import reviews, standings
from jiedui.care.rules.reviews import Answered
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core import words
from jiedui.core.i18n import gettext

OPEN = "open"
ASKED = (Answered.confirmed, Answered.changed)


def _reviewed(value: str, path: str) -> ColumnElement[bool]:
    """The condition on Child for a value: no answer yet, confirmed, or changed. While a review is
    open nothing of this is stored, so that the files are looked at one by one, as its pages do."""
    wanted = None if value == OPEN else Answered(value)
    found: list[int] = []
    for review in reviews.of_quarter(f"{path.split('/')[0]}/", reviews.current()):
        town = review.township.path
        if town.startswith(path) or path.startswith(town):
            rows = standings.of_review(review)
            found += [one.child.id for one in rows if one.answer is wanted]
    return Child.id.in_(found)


def _answers() -> list[tuple[str, str]]:
    known = [(one.value, str(words.label(one))) for one in ASKED]
    return [(OPEN, gettext("No answer yet")), *known]


children.narrows(
    children.Aspect.review,
    children.Narrower(Permission.review_read, _answers, _reviewed, dear=True),
)
