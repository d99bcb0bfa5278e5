"""The form of two files that look alike."""

from __future__ import annotations

from wtforms import RadioField

from jiedui.children.models import Child
from jiedui.children.rules import MergeRefusal
from jiedui.core import words
from jiedui.core.forms import Form
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l

TWO = "two"


class DoubleForm(Form):
    """Which of two files is kept, or that they are of two children."""

    answer = RadioField(_l("Is this one child or two?"), validate_choice=True)

    def offer(self, one: Child, other: Child) -> DoubleForm:
        """Fill in the three answers there are."""
        self.answer.choices = [
            (str(one.id), gettext("One child: keep %(code)s", code=one.code)),
            (str(other.id), gettext("One child: keep %(code)s", code=other.code)),
            (TWO, gettext("Two children")),
        ]
        self.answer.validate_choice = False
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """One of the three must be chosen."""
        good = bool(super().validate(extra_validators))
        if self.answer.data not in {value for value, _text in self.answer.choices}:
            self.answer.errors = [words.label(MergeRefusal.not_alike)]
            return False
        return good
