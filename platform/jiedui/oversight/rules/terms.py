"""How long each class of data is kept after which event, with the shortest and the longest time.

Personal Information Protection Law (个人信息保护法) art. 19: the shortest time that the purpose
needs, unless law says otherwise; art. 47: then it is cleared without being asked. Where a law names
a time, it stands as the floor, and no county can set a shorter one. Where none does, the figure is
the portal's proposal, which the county's impact assessment (art. 55, 56) confirms or changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.core.months import months_after

# A time that begins to hold, or was changed, is shown for so long before anything is cleared by it.
NOTICE = timedelta(days=30)


class DataClass(StrEnum):
    """What is kept and cleared together, in the order of the table and of a run."""

    deletion = "deletion"
    child_file = "child file"
    paper = "paper"
    scan = "scan"
    helper_applied = "helper applied"
    helper_left = "helper left"
    account = "account"
    guardian_request = "guardian request"
    report = "report"
    opinion = "opinion"
    export = "export"
    file_access = "file access"
    correction = "correction"
    screening = "screening"
    psychology = "psychology"
    giver = "giver"
    letter = "letter"
    sheet = "sheet"
    draft = "draft"
    session = "session"
    link = "link"
    access_link = "access link"
    used_form = "used form"
    sign_in = "sign-in"
    report_try = "report try"
    record = "record"


class Unit(StrEnum):
    """In what a time is counted."""

    days = "days"
    months = "months"


class Event(StrEnum):
    """From when a time counts."""

    granted = "granted"
    file_closed = "file closed"
    paper_over = "paper over"
    agreement_over = "agreement over"
    withdrew = "withdrew"
    disabled = "disabled"
    answered = "answered"
    handled = "handled"
    received = "received"
    asked = "asked"
    noted = "noted"
    posted = "posted"
    uploaded = "uploaded"
    kept = "kept"
    last_seen = "last seen"
    ran_out = "ran out"
    sent = "sent"
    tried = "tried"
    recorded = "recorded"


class Law(StrEnum):
    """Where a time, or its floor, comes from."""

    pipl_19 = "pipl 19"
    pipl_47 = "pipl 47"
    civil_188 = "civil 188"
    minors_11 = "minors 11"
    cyber_21 = "cyber 21"
    data_12 = "data 12"


@dataclass(frozen=True)
class Term:
    """How long a class is kept as it comes, never shorter than `floor` and, where it is set,
    never longer than `most`. A `fixed` one is not a county's to change. `law` says where it, or its
    floor, comes from."""

    amount: int
    unit: Unit
    since: Event
    floor: int = 1
    most: int = 600
    fixed: bool = False
    law: Law = Law.pipl_19


def _fixed(amount: int, unit: Unit, since: Event, law: Law = Law.pipl_19) -> Term:
    return Term(amount, unit, since, amount, amount, fixed=True, law=law)


M, D = Unit.months, Unit.days
TERMS: dict[DataClass, Term] = {
    # Cleared on the last day for the answer; the day stands with the request.
    DataClass.deletion: _fixed(0, D, Event.granted, Law.pipl_47),
    DataClass.child_file: Term(36, M, Event.file_closed, 6, 240),
    DataClass.paper: Term(12, M, Event.paper_over, 1, 36),
    # Three years in which somebody can go to court about an agreement.
    DataClass.scan: Term(36, M, Event.agreement_over, 36, 240, law=Law.civil_188),
    DataClass.helper_applied: Term(6, M, Event.withdrew, 1, 24, law=Law.pipl_47),
    # A record of service is made out on request (民政部令第67号); after that only hours are left.
    DataClass.helper_left: Term(60, M, Event.withdrew, 36, 240, law=Law.civil_188),
    # Who did something must be told for as long as the law asks for a record at least.
    DataClass.account: Term(36, M, Event.disabled, 6, 240, law=Law.cyber_21),
    DataClass.guardian_request: Term(36, M, Event.answered, 36, 120, law=Law.civil_188),
    # Twenty years is the longest time in which the law lets a claim be made, and a child's own
    # begins with its eighteenth birthday (民法典 191).
    DataClass.report: Term(240, M, Event.handled, 240, law=Law.minors_11),
    DataClass.opinion: Term(12, M, Event.received, 1, 36),
    # To whom data was given is on record for three years at least.
    DataClass.export: Term(36, M, Event.asked, 36, 120, law=Law.data_12),
    # Who was let see a file beyond their area, by whom (未成年人网络保护条例 art. 36).
    DataClass.file_access: Term(36, M, Event.asked, 6, 120, law=Law.cyber_21),
    DataClass.correction: Term(36, M, Event.noted, 12, 240),
    DataClass.screening: Term(36, M, Event.kept, 6, 240),
    DataClass.psychology: Term(36, M, Event.noted, 6, 120),
    # Whoever gave may ask for as long as a claim can be made (慈善法 42, 民法典 188).
    DataClass.giver: Term(60, M, Event.noted, 36, 240, law=Law.civil_188),
    DataClass.letter: Term(12, M, Event.posted, 1, 36),
    DataClass.sheet: _fixed(30, D, Event.uploaded),
    DataClass.draft: _fixed(30, D, Event.kept),
    DataClass.session: _fixed(7, D, Event.last_seen),
    DataClass.link: _fixed(30, D, Event.ran_out),
    DataClass.access_link: _fixed(30, D, Event.ran_out),
    DataClass.used_form: _fixed(30, D, Event.sent),
    DataClass.sign_in: _fixed(180, D, Event.tried, Law.cyber_21),
    DataClass.report_try: _fixed(1, D, Event.tried),
    # At least 180 days, says the law. Here no line is ever taken out: they are chained, and a chain
    # that may be cut proves nothing. They hold numbers and codes, no value of a person.
    DataClass.record: _fixed(180, D, Event.recorded, Law.cyber_21),
}
# Cleared one by one, each with an entry of its own in the record.
FILES = (
    DataClass.deletion,
    DataClass.child_file,
    DataClass.helper_applied,
    DataClass.helper_left,
    DataClass.account,
)


class HelperBlock(StrEnum):
    """Why a helper who has left must be kept for now, in the order in which it is said."""

    protection = "protection"
    pairing = "pairing"


class RetentionRefusal(StrEnum):
    """Why a time cannot be set."""

    fixed = "fixed"
    too_short = "too short"
    too_long = "too long"


def term_fault(data: DataClass, amount: int) -> RetentionRefusal | None:
    """Whether a county may set this time."""
    term = TERMS[data]
    if term.fixed:
        return RetentionRefusal.fixed
    if amount < term.floor:
        return RetentionRefusal.too_short
    return RetentionRefusal.too_long if amount > term.most else None


def before(data: DataClass, amount: int, today: date) -> date:
    """What happened before this day is over its time today."""
    if TERMS[data].unit is Unit.days:
        return today - timedelta(days=amount)
    return months_after(today, -amount)


def over_on(data: DataClass, amount: int, since: date) -> date:
    """The first day on which the time of something is over: it has had it whole."""
    after = since + timedelta(days=1)
    if TERMS[data].unit is Unit.days:
        return after + timedelta(days=amount)
    day = months_after(after, amount)
    # There is no 30 February: the time is over with the month.
    return day if day.day == after.day else day + timedelta(days=1)
