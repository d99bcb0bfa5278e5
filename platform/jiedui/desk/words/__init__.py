"""The desk's words: kinds of work (kinds), letters (letters), acts on the record (acts)."""

from __future__ import annotations

from jiedui.desk.words import letters
from jiedui.desk.words.acts import ACTS, OBJECTS, WAYS
from jiedui.desk.words.kinds import VERBS

__all__ = ["ACTS", "OBJECTS", "VERBS", "WAYS", "letters"]
