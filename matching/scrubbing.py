"""Free text without what could name somebody: done before a text reaches the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERS = re.compile(r"[\d０-９〇零一二三四五六七八九十百千万两]{2,}|\d+")
_MARKS = re.compile(r"[\W_]+")


def scrubbed(text: str, names: Iterable[str] = ()) -> str:
    """The text without the names given, without numbers, marks as single spaces.

    >>> scrubbed("Call Li Wei at 13800001111, maths", names=["Li Wei"])
    'Call at maths'
    """
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        text = text.replace(name, " ")
    return _MARKS.sub(" ", _NUMBERS.sub(" ", text)).strip()
