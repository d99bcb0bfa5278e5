"""What is said of a session, and how we know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from jiedui.core import clock
from jiedui.helpers.rules import Subject
from jiedui.hours.rules import Book, Evidence, HeldFor, Mood, Progress, SessionKind, Span


@dataclass(frozen=True)
class NewSession:
    """What is said of a session. `book` None is the usual one of this kind of helper; `code` is
    what the carer showed on the strip, as it was typed; `subject` and `progress` are of tutoring;
    `mood` is how
    the child was, never of counselling; `confided` is a counsellor's note, for few eyes."""

    on: date
    starts: time
    ends: time
    kind: SessionKind
    at_place: str = ""
    note: str = ""
    book: Book | None = None
    code: str = ""
    subject: Subject | None = None
    progress: Progress | None = None
    mood: Mood | None = None
    confided: str = ""

    @property
    def span(self) -> Span:
        """The session as instants: a day and two times as clocks in China show them."""
        return Span(
            clock.at(self.on, self.starts.hour, self.starts.minute),
            clock.at(self.on, self.ends.hour, self.ends.minute),
        )


@dataclass(frozen=True)
class Known:
    """How we know of a session: by whose word, by which code, by which stay at a place."""

    evidence: Evidence = Evidence.declared
    code_id: int | None = None
    stay_id: int | None = None
    held_for: HeldFor | None = None
