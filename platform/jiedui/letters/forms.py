"""Forms of one's letters: how they reach one, an address, the code that confirms it."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField

from jiedui.core import words
from jiedui.core.carriers.ways import Way
from jiedui.core.forms import Choice, Form, Text, required
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.letters.models import LetterChoice
from jiedui.letters.queries import open_ways
from jiedui.letters.rules import ADDRESS_MOST, Pace


class ChoiceForm(Form):
    """Which way, how soon, in which language."""

    way = RadioField(_l("How letters reach you"), [required(_l("Please choose one"))], coerce=Way)
    pace = Choice(_l("How soon"), Pace)
    language = RadioField(
        _l("Language of the letters"),
        [required(_l("Please choose one"))],
        choices=lambda: [("zh_CN", _l("In Chinese")), ("en", _l("In English"))],
    )

    def ways(self, *more: Way) -> None:
        """What can be chosen here; what is chosen already stays on the list."""
        known = dict.fromkeys([*open_ways(), *more])
        self.way.choices = [(way.value, words.label(way)) for way in known]


class AddressForm(Form):
    """An e-mail address of one's own."""

    address = Text(
        _l("E-mail address"),
        longest=ADDRESS_MOST,
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class CodeForm(Form):
    """The code from the letter."""

    code = Text(
        _l("Code from the letter"),
        longest=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


def choice_form(choice: LetterChoice | None) -> Any:
    """The form as somebody has filled it in last."""
    if choice is None:
        form = ChoiceForm(way=Way.portal, pace=Pace.at_once, language="zh_CN")
    else:
        said = {"way": choice.way, "pace": choice.pace, "language": choice.language}
        form = ChoiceForm(**said, version=choice.version)
    form.ways(*([choice.way] if choice is not None else []))
    return form
