"""Forms of needs: the one page of a visit, a wish for a child on file, a list's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from jiedui.access.guard import actor
from jiedui.children.forms import (
    ChildPart,
    ConsentPart,
    FamilyPart,
    GuardianChoice,
    ViewPart,
    complain,
)
from jiedui.children.models import Child, Household
from jiedui.children.rules import ChildState
from jiedui.core import words
from jiedui.core.forms import Choice, Choices, Day, Form, LongText, Number, Slots
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import Sex
from jiedui.helpers.rules import CredentialKind, HelpKind, Language, Subject
from jiedui.needs.actions import NewNeed, Visit
from jiedui.needs.models import Need
from jiedui.needs.queries import Filter
from jiedui.needs.rules import (
    SAID_BY_HAND,
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


class WishSlots(Slots):
    """Asked of every wish; the form itself says when they are missing, for there may be no wish."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        pass


class WishPart(Form):
    """What a child wishes: which help, when and where; the rest has defaults."""

    kind = Choice(_l("What does the child wish for?"), HelpKind, needed=False)
    slots = WishSlots(_l("When does the child have time?"))
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

    def validate(self, extra_validators: Any = None) -> bool:
        """A wish has a kind and a time; nothing at all is no wish yet."""
        good = bool(super().validate(extra_validators))
        if self.kind.data is None:
            begun = any((self.slots.data, self.subjects.data, self.goal.data, self.notes.data))
            return complain(self.kind, _l("Please choose one")) if begun else good
        if not self.slots.data:
            message = _l("No time is chosen yet: please choose at least one")
            return complain(self.slots, message)
        return good

    def wish(self) -> NewNeed | None:
        """What was wished, if anything was."""
        if self.kind.data is None:
            return None
        return NewNeed(
            kind=self.kind.data,
            slots=frozenset(self.slots.data or ()),
            where=self.where.data or Where.place,
            place=self.place.data if self.where.data in (None, Where.place) else None,
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


class EntryForm(ChildPart, FamilyPart):
    """Child and family: what a grid worker or a teacher enters."""

    def visit(self) -> Visit:
        """All that was said."""
        return Visit(self.new_child(None, self.guardians()))


class PupilForm(ChildPart):
    """Another child of a house that is known, entered by a grid worker or a teacher."""

    home: Household

    def of(self, home: Household) -> PupilForm:
        """Say whose house it is."""
        self.home = home
        self.village.start_with(home.village)
        return self

    def visit(self) -> Visit:
        """All that was said."""
        return Visit(self.new_child(self.home, ()))


class VisitForm(ChildPart, FamilyPart, WishPart, ConsentPart, ViewPart):
    """Child, family, wish, consent and view on one page."""

    def visit(self) -> Visit:
        """All that was said."""
        child = self.new_child(None, self.guardians())
        consent = self.consent_said(self.guardian_phone.data)
        return Visit(child, consent, self.heard(), self.wish())


class SiblingForm(ChildPart, GuardianChoice, WishPart, ConsentPart, ViewPart):
    """Another child of a house that is known: the family is not asked again."""

    share = RadioField(_l("Does the child share a wish of this house?"), coerce=str)
    home: Household
    wishes: Sequence[Need]

    def of(self, home: Household, wishes: Sequence[Need]) -> SiblingForm:
        """Say whose house it is, and which of its wishes could be shared."""
        self.home, self.wishes = home, wishes
        self.offer([g for g in home.guardians if g.is_guardian])
        self.start_near(home.village, None)
        own = ("", gettext("No: a wish of its own, or none yet"))
        self.share.choices = [own, *((str(n.id), _spoken(n)) for n in wishes)]
        if self.share.data in (None, "None"):
            self.share.data = ""
        return self

    def visit(self) -> Visit:
        """All that was said."""
        guardian = next(g for g in self.home.guardians if g.id == self.guardian_id)
        child = self.new_child(self.home, ())
        consent = self.consent_said(guardian.phone)
        share = next((n for n in self.wishes if str(n.id) == self.share.data), None)
        wish = None if share is not None else self.wish()
        return Visit(child, consent, self.heard(), wish, guardian.id, share)


def _spoken(need: Need) -> str:
    names = gettext(", ").join(child.name for child in need.children)
    return f"{words.label(need.kind)} · {need.code} · {names}"


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


class AddForm(WishForm):
    """A wish of one child, or of several of one house."""

    siblings = SelectMultipleField(_l("The same wish for"), coerce=str)

    def of(self, child: Child) -> AddForm:
        """Say whose wish it is; brothers and sisters on file may share it."""
        self.child = child
        self.others = [
            c for c in child.household.children if c.id != child.id and c.state is ChildState.open
        ]
        self.siblings.choices = [(str(c.id), c.name) for c in self.others]
        return self

    def kids(self) -> list[Child]:
        """The children who share the wish."""
        chosen = set(self.siblings.data or ())
        return [self.child, *(c for c in self.others if str(c.id) in chosen)]


def change_form(need: Need, **kw: Any) -> WishForm:
    """The form with what is wished now; formdata=None ignores what was sent. The kind stays."""
    names = ("kind", "where", "place", "frequency", "times", "starts", "ends", "wished_sex")
    names += ("credential", "goal", "urgency", "urgency_reason", "notes")
    facts = {name: getattr(need, name) for name in names} | {
        "slots": sorted(s.slot for s in need.slots),
        "subjects": sorted(s.subject for s in need.subjects),
        "languages": sorted(one.language for one in need.languages),
        "version": str(need.version),
    }
    form = WishForm(data=facts, **kw)
    form.kind.data = need.kind
    return form


class CloseForm(Form):
    """Why a need ends."""

    reason = Choice(_l("Why does it end?"), NeedCloseReason, *SAID_BY_HAND)


class FilterForm(Form):
    """What a list of needs is narrowed to."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    state = SelectField(
        _l("State"), [Optional()], coerce=str, validate_choice=False, default=NeedState.open.value
    )
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
