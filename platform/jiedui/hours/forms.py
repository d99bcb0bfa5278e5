"""Logging a session, the weekly list, saying what does not agree, and asking for a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import TypeVar

from wtforms import RadioField, SelectField

from jiedui.children import queries as children
from jiedui.contact.models import PlannedSession
from jiedui.core import clock, words
from jiedui.core.forms import (
    Choice,
    Clock,
    Day,
    Form,
    LongText,
    Number,
    SharedLine,
    SharedText,
    Text,
    VersionTicks,
    Yuan,
    required,
)
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.queries.budget import services
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import HelpKind, Subject
from jiedui.hours import queries
from jiedui.hours.actions import NewSession
from jiedui.hours.models import ServiceSession
from jiedui.hours.rules import (
    BOOKS_OF,
    KIND_AT,
    Answered,
    Book,
    DisputeReason,
    Mood,
    Progress,
    SessionKind,
    last_day,
    usual_times,
)
from jiedui.hours.rules.contracts import ContractSaid
from jiedui.hours.rules.stars import StarReason
from jiedui.pairings.models import Pairing
from jiedui.partners import queries as partners
from jiedui.partners.rules import AGENCIES


class SessionForm(Form):
    """One session. Day, times and kind are filled in from the weekly slot or the last session."""

    on = Day(_l("Day"), past=True)
    starts = Clock(_l("Beginning"))
    ends = Clock(_l("End"))
    code = Text(_l("Code of the carer's strip"), needed=False)
    kind = Choice(_l("How you met"), SessionKind)
    at_place = SharedLine(_l("Place"), needed=False, longest=60)
    note = SharedText(_l("What you did, in a few words"), longest=200)
    book = Choice(_l("Which hours are these"), Book)
    subject = Choice(_l("Subject"), Subject, needed=False)
    progress = Choice(_l("How does it go?"), Progress, needed=False)
    mood = Choice(_l("How was the child?"), Mood, needed=False)
    confided = LongText(_l("Note for the counsellor's file"), longest=2000)
    worry = LongText(_l("What worries you"), longest=2000)

    def said(self) -> NewSession:
        """What the form says."""
        return NewSession(
            on=self.on.data,
            starts=self.starts.data or time(),
            ends=self.ends.data or time(),
            kind=self.kind.data,
            at_place=self.at_place.data or "",
            note=self.note.data or "",
            book=self.book.data,
            code=self.code.data or "",
            subject=self.subject.data if self.subject else None,
            progress=self.progress.data if self.progress else None,
            mood=self.mood.data if self.mood else None,
            confided=(self.confided.data or "") if self.confided else "",
        )


def usual(pairing: Pairing) -> NewSession:
    """What the next session of a pairing is likely to be: like the last, else by its slot."""
    last = queries.last_of(pairing.id)
    on = last_day(pairing.slot, clock.today())
    if last is not None:
        return replace(as_said(last), on=on, note="", mood=None)
    starts, ends = usual_times(pairing.slot)
    place = pairing.need.place.name if pairing.need.place else ""
    return NewSession(on, starts, ends, KIND_AT[pairing.need.where], place)


def planned(session: PlannedSession) -> NewSession:
    """A session as it was planned, for whoever stood in."""
    begins, ends = clock.local(session.start_at), clock.local(session.end_at)
    need = session.pairing.need
    place = need.place.name if need.place else ""
    return NewSession(begins.date(), begins.time(), ends.time(), KIND_AT[need.where], place)


def as_said(session: ServiceSession) -> NewSession:
    """A session as it was said, to be corrected."""
    return NewSession(
        on=session.on,
        starts=clock.local(session.start_at).time(),
        ends=clock.local(session.end_at).time(),
        kind=session.kind,
        at_place=session.at_place,
        note=session.note,
        book=session.book,
        subject=session.subject,
        progress=session.progress,
        mood=session.mood,
    )


def session_form(
    pairing: Pairing,
    helper: Helper,
    usual: NewSession,
    *,
    new: bool = False,
    counsellor: bool = False,
) -> SessionForm:
    """The form for a helper's session, filled in with what is usual. Tutoring has a subject;
    a `new` session of counselling a note for its `counsellor`, and a place for a worry."""
    books = BOOKS_OF[helper.kind]
    form = SessionForm(data={**usual.__dict__, "book": usual.book or books[0]})
    form.book.choices = words.choices(Book, *books)
    if pairing.need.kind is not HelpKind.tutoring:
        del form.subject, form.progress
    else:
        taught = [one.subject for one in pairing.need.subjects]
        form.subject.choices = words.choices(Subject, *taught)
    if pairing.need.kind is HelpKind.counselling:
        del form.mood
    if not (new and counsellor and pairing.need.kind is HelpKind.counselling):
        del form.confided
    if not new:
        del form.worry
    for field in (form.note, form.at_place):
        field.know(children.family_of(pairing.need.children))
    return form


class OfflineForm(Form):
    """A session noted where there is no line: nothing on the page says whose child it is."""

    pairing = Text(_l("Number of the pairing"), description=_l("As on the card, like P-0012"))
    on = Day(_l("Day"), past=True)
    starts = Clock(_l("Beginning"))
    ends = Clock(_l("End"))
    code = Text(_l("Code of the carer's strip"), needed=False)
    kind = Choice(_l("How you met"), SessionKind, default=SessionKind.meeting)

    def said(self) -> NewSession:
        """What the form says; which hours they are follows from who it is."""
        return NewSession(
            on=self.on.data,
            starts=self.starts.data or time(),
            ends=self.ends.data or time(),
            kind=self.kind.data,
            code=self.code.data or "",
        )


class WeeklyForm(Form):
    """The weekly list: which sessions are right."""

    sessions = VersionTicks(
        _l("Sessions that took place as they stand here"), nothing=_l("No session is ticked yet")
    )


def weekly_form(sessions: Iterable[ServiceSession], *, all_ticked: bool) -> WeeklyForm:
    """The weekly list of these sessions; nothing is ticked unless it was asked for."""
    values = [f"{s.id}-{s.version}" for s in sessions]
    form = WeeklyForm(data={"sessions": values if all_ticked else []})
    form.sessions.choices = [(value, value) for value in values]
    return form


class DisputeForm(Form):
    """What does not agree."""

    reason = Choice(_l("What does not agree?"), DisputeReason)


class ObjectForm(Form):
    """Why a helper stands by a session."""

    words = SharedText(_l("How it was"), needed=True, longest=400)


class AnswerForm(Form):
    """What becomes of a session whose helper objected, and why."""

    outcome = Choice(_l("What becomes of the session?"), Answered)
    words = SharedText(_l("Answer to the volunteer"), needed=True, longest=400)


AboutOne = TypeVar("AboutOne", ObjectForm, AnswerForm)


def about(form: AboutOne, session: ServiceSession) -> AboutOne:
    """The form with whom its words are about: their names in it are told of before it is kept."""
    form.words.know(children.family_of(session.pairing.need.children))
    return form


class StarForm(Form):
    """Why a star level is not granted."""

    reason = Choice(_l("Why is it not granted?"), StarReason)


class HereForm(Form):
    """Whom somebody who arrives at a place comes to."""

    pairing = RadioField(_l("Whom do you come to?"), coerce=int)


def here_form(pairings: Sequence[Pairing], names: Sequence[str]) -> HereForm:
    """Choose among these pairings; the only one is chosen."""
    form = HereForm(data={"pairing": pairings[0].id if len(pairings) == 1 else None})
    form.pairing.choices = [(p.id, name) for p, name in zip(pairings, names, strict=True)]
    return form


class CertifyForm(Form):
    """The period of a record of service."""

    starts = Day(_l("First day"), past=True)
    ends = Day(_l("Last day"), past=True, default=clock.today)


class ContractForm(Form):
    """A contract of purchased services."""

    unit = SelectField(
        _l("Of whom"),
        [required(_l("Please choose one"))],
        coerce=lambda value: int(value) if value else None,
    )
    title = SharedLine(_l("What is bought"), longest=60)
    number = SharedLine(_l("Number of the contract"), longest=40)
    starts = Day(_l("First day"))
    ends = Day(_l("Last day"), future=True)
    hours = Number(_l("Hours bought"), least=0, most=1_000_000)
    cases = Number(_l("Cases bought"), least=0, most=100_000)
    price = Yuan(_l("Price (yuan)"), most=100_000_000)
    line = SelectField(_l("Paid from which line of the budget"), coerce=int, default=0)

    def said(self) -> ContractSaid:
        """What was filled in."""
        return ContractSaid(
            unit_id=self.unit.data or 0,
            number=self.number.data,
            title=self.title.data,
            starts=self.starts.data,
            ends=self.ends.data,
            minutes=60 * (self.hours.data or 0),
            cases=self.cases.data or 0,
            price=self.price.fen or 0,
            line_id=self.line.data or None,
        )


def contract_form(county_id: int) -> ContractForm:
    """The county's agencies and its lines for services; nothing is chosen beforehand."""
    form = ContractForm(data={"cases": 0})
    units = partners.units(county_id, *AGENCIES)
    form.unit.choices = [("", "–"), *((one.id, one.name) for one in units)]
    lines = services(county_id)
    form.line.choices = [(0, gettext("not known yet"))] + [
        (one.id, f"{one.year} {one.title}") for one in lines
    ]
    return form
