"""The form of a visit: one screen on a phone, four taps where all is well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectMultipleField, widgets
from wtforms.validators import Optional

from jiedui.care.actions.visits import VisitSaid
from jiedui.care.models.visits import Visit
from jiedui.care.rules.visits import (
    FAILING,
    CaredBy,
    Contact,
    Doing,
    Helped,
    HomeFound,
    LevelDecision,
    Noticed,
    Said,
)
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildState, RiskLevel
from jiedui.core import clock, phone, words
from jiedui.core.forms import Choice, Choices, Day, Form, LongText
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l

ALL = "all"


class HouseVisitForm(Form):
    """What was found at a house. Made by visit_form, which names its children."""

    outcome = Choice(_l("Whom did you find?"), HomeFound)
    on_day = Day(_l("Day of the visit"), needed=False, past=True)
    seen = SelectMultipleField(
        _l("Which children did you meet?"),
        coerce=int,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    doing = Choice(_l("How are the children?"), Doing, needed=False)
    carer = Choice(_l("Who looks after them now?"), CaredBy, needed=False)
    contact = Choice(_l("Do absent parents keep in touch every week?"), Contact, needed=False)
    noticed = Choices(_l("What did you notice?"), Noticed)
    about = RadioField(_l("Whom is it about?"), [Optional()], validate_choice=True)
    proposed = Choice(_l("Risk level from now on"), RiskLevel, needed=False)
    helped = Choice(_l("Their volunteer or caring mother"), Helped, needed=False)
    words = LongText(_l("In your own words"), longest=500, description=_l("Kept sealed"))

    kids: tuple[Child, ...] = ()

    def of(self, kids: Iterable[Child]) -> HouseVisitForm:
        """For these children: all are likely to be met."""
        self.kids = tuple(kids)
        named = [(child.id, child.name) for child in self.kids]
        self.seen.choices = named
        whole = (ALL, gettext("All children of this house"))
        self.about.choices = [whole, *((str(number), name) for number, name in named)]
        if not self.is_submitted() and self.seen.data is None:
            self.seen.data = [child.id for child in self.kids]
        self.about.data = self.about.data if self.about.data not in (None, "None") else ALL
        return self

    @property
    def one_child(self) -> bool:
        """Whether only one child lives here, so that nobody is asked which."""
        return len(self.kids) < 2

    def said(self) -> VisitSaid:
        """What was filled in. Of a house where nobody was met nothing more is kept."""
        met = self.outcome.data is HomeFound.seen
        every = frozenset(child.id for child in self.kids)
        ticked = every if self.one_child else frozenset(self.seen.data or ())
        about = self.about.data
        said = Said(
            found=self.outcome.data,
            doing=self.doing.data if met else None,
            carer=self.carer.data if met else None,
            contact=self.contact.data if met else None,
            noticed=frozenset(self.noticed.data or ()) if met else frozenset(),
        )
        return VisitSaid(
            said=said,
            on_day=self.on_day.data or clock.local(phone.typed_at()).date(),
            seen=ticked if met else frozenset(),
            about=frozenset() if about == ALL or self.one_child else frozenset({int(about)}),
            helped=self.helped.data if met else None,
            proposed=self.proposed.data if met else None,
            words=self.words.data or None,
            told=told(said),
        )


def told(said: Said) -> str:
    """What a report says of a visit where guardianship fails; nothing where it does not."""
    if not said.failing:
        return ""
    grave = [words.label(one) for one in Noticed if one in said.findings & FAILING]
    return gettext("Noticed at a visit: %(what)s", what=gettext("; ").join(grave))


def visit_form(home: Household, **facts: Any) -> HouseVisitForm:
    """The form for a house; of today unless `facts` say otherwise."""
    form = HouseVisitForm(data={"on_day": clock.today()} | facts)
    return form.of(open_children(home))


def correction_form(old: Visit) -> HouseVisitForm:
    """The form with what stands in a visit."""
    plain = ("outcome", "on_day", "doing", "carer", "contact", "helped", "proposed", "words")
    facts: dict[str, Any] = {name: getattr(old, name) for name in plain}
    facts["noticed"] = old.noticed
    facts["seen"] = [row.child_id for row in old.children if row.seen]
    about = [row.child_id for row in old.children if row.concerned]
    facts["about"] = ALL if len(about) == len(old.children) else str(about[0])
    return visit_form(old.household, **facts, version=str(old.version))


def open_children(home: Household) -> list[Child]:
    """The children of a house whose files are open."""
    return [child for child in home.children if child.state is ChildState.open]


class SettleForm(Form):
    """The township decides on a proposed level."""

    decision = Choice(_l("What do you decide?"), LevelDecision)
