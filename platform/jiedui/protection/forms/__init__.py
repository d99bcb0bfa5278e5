"""The two fields of a report, what came of it, and opinions; and the seal that says which helper
a report's link was made for."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, RadioField

from jiedui.core.forms import Choice, Form, LongText, SharedText, Text
from jiedui.core.forms.choices import one_or_none
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.protection.rules import ReportOutcome
from jiedui.protection.rules.case import Situation
from jiedui.protection.rules.files import FILES_MOST
from jiedui.regions.models import Region

ANY_LENGTH = 100_000


def about_token(helper_id: int) -> str:
    """What a link to the report door carries when it stands beside a helper: without such a link
    nobody can have a stranger's pairings paused."""
    return _sealer().dumps(helper_id)


def helper_of(token: str) -> int | None:
    """The helper a link was made for; None for none and for one that is not ours."""
    try:
        found: Any = _sealer().loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="report about")


class ReportForm(Form):
    """What and where; a name only if somebody wants to give one. Nothing in it is checked: a
    report with faults is a report."""

    what = LongText(
        _l("What did you see or hear?"),
        longest=ANY_LENGTH,
        description=_l("In your own words; a few are enough"),
    )
    where = Text(
        _l("Where is the child?"),
        needed=False,
        longest=ANY_LENGTH,
        description=_l("Village, house, school, or how to find it"),
    )
    reporter = Text(
        _l("Your name or telephone"),
        needed=False,
        longest=ANY_LENGTH,
        description=_l("Only if you want to be asked; you need not give it"),
    )
    photo = FileField(_l("A photo, if you have one"))
    voice = FileField(_l("Or say it"), description=_l("A voice message of a minute is enough"))
    situation = one_or_none(_l("If you know: what is it about?"), Situation)
    county = RadioField(_l("Which county?"), coerce=int, validate_choice=False)
    about = HiddenField()

    def __init__(self, counties: list[Region], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.county.choices = [(c.id, c.name) for c in counties]
        if len(counties) < 2:
            del self.county

    @property
    def says_something(self) -> bool:
        """Whether anything at all was typed."""
        said = any((f.data or "").strip() for f in (self.what, self.where, self.reporter))
        return said or self.situation.data is not None or any(self.files())

    def files(self) -> list[bytes]:
        """What was sent besides words, as it came."""
        sent = (request.files.get(name) for name in ("voice", "photo"))
        return [self._read(one) for one in sent if one is not None and one.filename]

    def _read(self, sent: FileStorage) -> bytes:
        sent.stream.seek(0)
        return sent.stream.read(FILES_MOST)


class OutcomeForm(Form):
    """What came of a report."""

    outcome = Choice(_l("What came of it?"), ReportOutcome)
    answer = LongText(
        _l("For those who look at it later"),
        longest=2000,
        description=_l("Who was told and when; what was agreed"),
    )
    reply = SharedText(
        _l("For the one who reported"),
        longest=500,
        description=_l(
            "One or two sentences. Nothing about the child or the family: whoever has number and "
            "secret reads it"
        ),
    )


class AskForm(Form):
    """Number and secret, as they were written down or are remembered."""

    number = Text(_l("Number of the report"), longest=40)
    code = Text(_l("Secret"), longest=40, description=_l("The six digits you were given with it"))

    @property
    def digits(self) -> str:
        """The number without what people write between digits."""
        return _digits(self.number.data)

    @property
    def secret(self) -> str:
        """The secret, likewise."""
        return _digits(self.code.data)


def _digits(text: str | None) -> str:
    return "".join(str(int(one)) for one in text or "" if one.isdecimal())


class OpinionForm(Form):
    """An opinion, a suggestion or a complaint about the portal."""

    text = LongText(_l("What would you like to say?"), needed=True, longest=2000)
    contact = Text(
        _l("How to reach you"),
        needed=False,
        longest=100,
        description=_l("Only if you want an answer"),
    )


class CodeForm(Form):
    """The code of an opinion, as it was written down."""

    code = Text(_l("Code of the opinion"), longest=40, description=_l("Ten digits"))

    @property
    def digits(self) -> str:
        """What was typed, without blanks."""
        return _digits(self.code.data)


class AnswerForm(Form):
    """What is answered to an opinion."""

    answer = SharedText(_l("What is answered"), needed=True, longest=1000)
