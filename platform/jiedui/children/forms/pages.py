"""Forms of a file's own pages: change, consent, view, close, reveal."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField

from jiedui.children.actions import ChildChange
from jiedui.children.forms.parts import ConsentPart, GuardianChoice, ViewPart
from jiedui.children.models import Child
from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    CloseReason,
    ConsentWay,
    Means,
    RevealReason,
    RiskLevel,
    SchoolStage,
    ViewSaid,
)
from jiedui.core import words
from jiedui.core.forms import Choice, Choices, Day, Form, IdNumber, Text
from jiedui.core.forms.choices import member_of
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import Sex
from jiedui.partners.forms import OwnVillageField


class ChangeForm(Form):
    """The facts of a file."""

    name = Text(_l("Child's name"), longest=40)
    id_number = IdNumber(
        _l("ID number"), needed=False, description=_l("Empty keeps the number there is")
    )
    birth_date = Day(_l("Birth date"), past=True)
    sex = Choice(_l("Sex"), Sex)
    village = OwnVillageField()
    categories = Choices(_l("Situation"), Category)
    school_stage = SelectField(
        _l("School"), coerce=member_of(SchoolStage), choices=lambda: words.choices(SchoolStage)
    )
    boarding = BooleanField(_l("Lives at school on weekdays"))
    risk = Choice(_l("Risk level"), RiskLevel)

    def said(self) -> ChildChange:
        """The facts as they are to be."""
        return ChildChange(
            name=self.name.data,
            birth_date=self.birth_date.data,
            sex=self.sex.data,
            village=self.village.data,
            school_stage=self.school_stage.data,
            boarding=self.boarding.data,
            risk=self.risk.data,
            categories=frozenset(self.categories.data or ()),
            id_number=self.id_number.who,
        )


def change_form(child: Child, **kw: Any) -> ChangeForm:
    """The form with what stands in the file; formdata=None ignores what was sent."""
    facts = {
        "name": child.name,
        "birth_date": child.birth_date,
        "sex": child.sex,
        "village": child.village,
        "categories": sorted(child.living_categories),
        "school_stage": child.school_stage,
        "boarding": child.boarding,
        "risk": child.risk,
        "version": str(child.version),
    }
    return ChangeForm(data=facts, **kw)


ASKED = (ConsentWay.paper, ConsentWay.telephone, ConsentWay.refused)


class ConsentForm(ConsentPart, GuardianChoice):
    """A guardian's answer after the visit."""

    consent = Choice(_l("What does the guardian say?"), ConsentWay, *ASKED)


class HeardForm(ViewPart):
    """What a child said after the visit."""

    view = Choice(_l("What does the child say?"), ViewSaid, ViewSaid.yes, ViewSaid.no)
    view_how = Choice(_l("How the child was asked"), AskedHow)


class WithdrawForm(Form):
    """A guardian takes consent back: only how it was said is asked."""

    means = Choice(_l("How was it said?"), Means, Means.spoken, Means.telephone, Means.paper)


class AskForm(GuardianChoice):
    """To whom a link goes."""


class AnswerForm(Form):
    """What a guardian answers by link, with the code that was told by voice."""

    answer = Choice(_l("Your answer"), Answer)
    code = Text(
        _l("Confirmation code"),
        longest=12,
        missing=_l("Please type the code you were told"),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class CloseForm(Form):
    """Why a file leaves the ledger."""

    reason = Choice(_l("Why does the file close?"), CloseReason)


class RevealForm(Form):
    """For what something hidden must be seen."""

    reason = Choice(_l("What is it needed for?"), RevealReason)
