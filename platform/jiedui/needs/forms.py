"""Forms of needs: the one page of a visit, a wish for a child on file, a list's conditions."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from jiedui.access.guard import actor
from jiedui.children.forms import ChildPart, ConsentPart, FamilyPart, GuardianChoice, ViewPart
from jiedui.children.models import Household
from jiedui.core import words
from jiedui.core.forms import Choice, Choices, Day, Form, LongText, Number, Slots
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import Sex
from jiedui.helpers.rules import CredentialKind, HelpKind, Language, Subject
from jiedui.needs.actions import NewNeed, Visit
from jiedui.needs.queries import Filter
from jiedui.needs.rules import (
    Frequency,
    Goal,
    NeedCloseReason,
    NeedState,
    Urgency,
    UrgencyReason,
    Where,
)
from jiedui.partners.forms import PlacePicker
from jiedui.partners.models import Place
from jiedui.regions.models import Region


class CountyPlace(PlacePicker):
    """A place anywhere in the reader's county."""

    @property
    def scope(self) -> str:  # type: ignore[override]
        """The county of whoever is signed in."""
        return f"{actor().county_id}/"


class WishPart(Form):
    """What a child wishes: which help, when and where; the rest has defaults."""

    kind = Choice(_l("What does the child wish for?"), HelpKind, needed=False)
    slots = Slots(_l("When does the child have time?"), needed=False)
    where = Choice(_l("Where?"), Where, needed=False, default=Where.place)
    place = CountyPlace(needed=False)
    subjects = Choices(_l("Subjects"), Subject)
    languages = Choices(_l("Languages the child can talk in"), Language)
    wished_sex = Choice(_l("Should it be a woman or a man?"), Sex, needed=False)
    credential = Choice(_l("Papers the person must have"), CredentialKind, needed=False)
    frequency = Choice(_l("How often?"), Frequency, needed=False, default=Frequency.weekly)
    times = Number(_l("How many times a week"), least=2, most=5, needed=False)
    starts = Day(_l("From"), needed=False)
    ends = Day(_l("Until"), needed=False)
    urgency = Choice(_l("How urgent is it?"), Urgency, needed=False, default=Urgency.normal)
    urgency_reason = Choice(_l("Why it is urgent"), UrgencyReason, needed=False)
    goal = Choice(_l("What should be better then?"), Goal, needed=False)
    notes = LongText(_l("Anything else"), description=_l("Kept sealed; helpers never see it"))

    def wish(self) -> NewNeed | None:
        """What was wished, if anything was."""
        if self.kind.data is None:
            return None
        return NewNeed(
            kind=self.kind.data,
            slots=frozenset(self.slots.data or ()),
            where=self.where.data or Where.place,
            place=self.place.data if self.where.data is Where.place else None,
            frequency=self.frequency.data or Frequency.weekly,
            times=self.times.data if self.frequency.data is Frequency.n_per_week else None,
            starts=self.starts.data,
            ends=self.ends.data,
            subjects=frozenset(self.subjects.data or ()),
            languages=frozenset(self.languages.data or ()),
            wished_sex=self.wished_sex.data,
            credential=self.credential.data,
            goal=self.goal.data,
            urgency=self.urgency.data or Urgency.normal,
            urgency_reason=self.urgency_reason.data,
            notes=self.notes.data or "",
        )

    def start_near(self, village: Region | None, near: Place | None) -> None:
        """What is chosen before anything is typed."""
        if near is not None:
            self.place.start_with(near)
        picker = getattr(self, "village", None)
        if village is not None and picker is not None:
            picker.start_with(village)


class VisitForm(ChildPart, FamilyPart, WishPart, ConsentPart, ViewPart):
    """Child, family, wish, consent and view on one page."""

    def visit(self) -> Visit:
        """All that was said."""
        child = self.new_child(None, self.guardians())
        consent = self.consent_said(self.guardian_phone.data)
        return Visit(child, consent, self.heard(), self.wish())


class SiblingForm(ChildPart, GuardianChoice, WishPart, ConsentPart, ViewPart):
    """Another child of a house that is known: the family is not asked again."""

    home: Household

    def of(self, home: Household) -> SiblingForm:
        """Say whose house it is."""
        self.home = home
        self.offer([g for g in home.guardians if g.is_guardian])
        self.start_near(home.village, None)
        return self

    def visit(self) -> Visit:
        """All that was said."""
        guardian = next(g for g in self.home.guardians if g.id == self.guardian_id)
        child = self.new_child(self.home, ())
        consent = self.consent_said(guardian.phone)
        return Visit(child, consent, self.heard(), self.wish(), guardian.id)


class WishForm(WishPart):
    """A wish of a child on file."""

    kind = Choice(_l("What does the child wish for?"), HelpKind)
    slots = Slots(_l("When does the child have time?"))

    def said(self) -> NewNeed:
        """The wish."""
        wished = self.wish()
        if wished is None:
            raise ValueError("a wish without a kind")
        return wished


class CloseForm(Form):
    """Why a need ends."""

    reason = Choice(_l("Why does it end?"), NeedCloseReason)


class FilterForm(Form):
    """What a list of needs is narrowed to."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    state = SelectField(_l("State"), [Optional()], coerce=str, validate_choice=False)
    kind = SelectField(_l("Kind"), [Optional()], coerce=member_or_none(HelpKind))
    township = SelectField(_l("Township"), [Optional()], coerce=str, validate_choice=False)
    days = SelectField(_l("Waiting"), [Optional()], coerce=str, validate_choice=False)

    def offer(self, townships: list[Region]) -> None:
        """Fill in the choices."""
        whatever = ("", gettext("All"))
        self.state.choices = [*words.choices(NeedState), ("all", gettext("All"))]
        self.kind.choices = [whatever, *words.choices(HelpKind)]
        self.township.choices = [whatever, *((str(t.id), t.name) for t in townships)]
        self.days.choices = [
            whatever,
            ("30", gettext("30 days or more")),
            ("60", gettext("60 days or more")),
        ]

    def wanted(self) -> Filter:
        """The conditions chosen."""
        state, township, days = self.state.data or "open", self.township.data, self.days.data
        known = {str(value) for value, _text in self.township.choices}
        return Filter(
            state=NeedState(state) if state in set(NeedState) else None,
            kind=self.kind.data,
            township_id=int(township) if township and township in known else None,
            days=int(days) if days in ("30", "60") else None,
        )
