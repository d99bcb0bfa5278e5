"""Forms of following up: three voices on one page, and a family's stop."""

from __future__ import annotations

from typing import TypeVar

from wtforms import BooleanField

from jiedui.care.rules.visits import Helped
from jiedui.children import queries as children
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Form, SharedText
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.followup.actions import Word
from jiedui.followup.rules import Face, Through, Voice, Who
from jiedui.pairings.models import Pairing

F = TypeVar("F", bound=Form)
ASKED = (Through.visit, Through.call, Through.elsewhere)


class OwnWordForm(Form):
    """How it goes, in the helper's own words."""

    helper = Choice(_l("How does it go for you?"), Helped)
    helper_words = SharedText(
        _l("In your own words"), longest=500, description=_l("Staff read it, the family does not")
    )

    def said(self) -> list[Word]:
        """The one voice."""
        own = Word(Voice.helper, going=self.helper.data, words=self.helper_words.data)
        return [own] if self.helper.data else []


class HearForm(Form):
    """What the three say; whoever was not asked stays empty."""

    child = Choice(_l("Which face does the child point at?"), Face, needed=False)
    alone = BooleanField(_l("The child was asked alone"))
    child_words = SharedText(_l("What the child said, if it wished to"), longest=300)
    carer = Choice(_l("How does it go for the carer?"), Helped, needed=False)
    carer_words = SharedText(_l("In the carer's words"), longest=300)
    helper = Choice(_l("How does it go for the volunteer?"), Helped, needed=False)
    helper_words = SharedText(_l("In the volunteer's words"), longest=300)
    through = Choice(_l("How were they asked?"), Through, *ASKED, default=Through.call)
    on_day = Day(_l("Day"), past=True)

    def said(self) -> list[Word]:
        """The voices that were heard."""
        found = []
        if self.child.data:
            words = self.child_words.data
            found.append(Word(Voice.child, self.child.data, bool(self.alone.data), None, words))
        for voice, going, words in (
            (Voice.carer, self.carer, self.carer_words),
            (Voice.helper, self.helper, self.helper_words),
        ):
            if going.data:
                found.append(Word(voice, going=going.data, words=words.data))
        return found


class StopForm(Form):
    """Who of the family wants it to stop; nothing else is asked."""

    who = Choice(_l("Who wishes it?"), Who)


def hear_form(pairing: Pairing) -> HearForm:
    """Today, by telephone: what is most often right. Words about the family are warned of."""
    return _knowing(pairing, HearForm(on_day=clock.today(), through=Through.call))


def own_form(pairing: Pairing) -> OwnWordForm:
    """A helper's word on one pairing."""
    return _knowing(pairing, OwnWordForm())


def _knowing(pairing: Pairing, form: F) -> F:
    family = children.family_of(pairing.need.children)
    for field in form:
        if isinstance(field, SharedText):
            field.know(family)
    return form
