"""What a visit asks about child, family, consent and view, as parts that forms are put together
from. Three things are typed where one must; the rest has defaults."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectField
from wtforms.validators import Optional

from jiedui.access.guard import actor
from jiedui.children.actions import ConsentSaid, GuardianSaid, NewChild
from jiedui.children.actions import ViewSaid as Heard
from jiedui.children.models import Guardian, Household
from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    ConsentWay,
    Means,
    Relation,
    SchoolStage,
    ViewSaid,
    usual_stage,
)
from jiedui.core import clock, phone, words
from jiedui.core.errors import Refusal
from jiedui.core.forms import Choice, Choices, Day, Form, IdNumber, Phone, Text
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.resident_id import Sex
from jiedui.partners.forms import OwnVillageField


def complain(field: Any, message: Any) -> bool:
    """Put a fault beside its field; always False, so that a check can end with it."""
    field.errors = [*field.errors, str(message)]
    return False


class ChildPart(Form):
    """Who the child is. An ID number says birth date and sex."""

    name = Text(_l("Child's name"), longest=40)
    id_number = IdNumber(
        _l("ID number"),
        needed=False,
        description=_l("If it is at hand: it fills in birth date and sex"),
    )
    birth_date = Day(_l("Birth date"), needed=False, past=True)
    sex = Choice(_l("Sex"), Sex, needed=False)
    village = OwnVillageField()
    categories = Choices(_l("Situation"), Category)
    school_stage = SelectField(
        _l("School"),
        [Optional()],
        coerce=member_or_none(SchoolStage),
        choices=lambda: [("", gettext("As usual for the age")), *words.choices(SchoolStage)],
        validate_choice=False,
    )
    boarding = BooleanField(_l("Lives at school on weekdays"))
    address = Text(
        _l("House or group in the village"), needed=False, longest=80, description=_l("Kept sealed")
    )
    another = BooleanField(_l("I have looked: this is another child"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Birth date and sex come from the number, else they are asked; a number with a fault is
        one thing to change, not three."""
        good = bool(super().validate(extra_validators))
        if self.id_number.errors:
            return good
        who = self.id_number.who
        if who is not None:
            self.birth_date.data = self.birth_date.data or who.birth_date
            self.sex.data = self.sex.data or who.sex
        if self.birth_date.data is None and not self.birth_date.errors:
            good = complain(self.birth_date, _l("Please give the birth date, or the ID number"))
        if self.sex.data is None:
            good = complain(self.sex, _l("Please choose one"))
        return good

    def refuse(self, refusal: Refusal) -> None:
        """What is wrong with the birth date stands where the birth date was typed."""
        typed = any(self.birth_date.raw_data or ())
        if refusal.field == "birth_date" and not typed and self.id_number.data:
            refusal = Refusal(refusal.code, "id_number", **refusal.facts)
        super().refuse(refusal)

    def new_child(self, home: Household | None, guardians: Sequence[GuardianSaid]) -> NewChild:
        """What was said of the child."""
        birth = self.birth_date.data
        return NewChild(
            name=self.name.data,
            birth_date=birth,
            sex=self.sex.data,
            village=self.village.data,
            id_number=self.id_number.who,
            categories=frozenset(self.categories.data or ()),
            school_stage=self.school_stage.data or usual_stage(birth, clock.today()),
            boarding=self.boarding.data,
            address=self.address.data or "",
            household=home,
            guardians=tuple(guardians),
            another=self.another.data,
        )


class FamilyPart(Form):
    """The guardian, and who looks after the child day by day when that is somebody else."""

    guardian_name = Text(_l("Guardian's name"), longest=40)
    guardian_relation = Choice(_l("Who this is to the child"), Relation)
    guardian_phone = Phone(
        _l("Guardian's mobile number"),
        needed=False,
        description=_l("Empty when the guardian has none"),
    )
    guardian_away = BooleanField(_l("Works elsewhere"))
    work_place = Text(_l("Where the guardian works"), needed=False, longest=60)
    carer_name = Text(_l("Carer's name"), needed=False, longest=40)
    carer_relation = SelectField(
        _l("Who the carer is to the child"),
        [Optional()],
        coerce=member_or_none(Relation),
        choices=lambda: [("", "–"), *words.choices(Relation)],
        validate_choice=False,
    )
    carer_phone = Phone(_l("Carer's telephone"), needed=False, mobile=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """A carer who is named is somebody to the child."""
        good = bool(super().validate(extra_validators))
        if self.carer_name.data and self.carer_relation.data is None:
            return complain(self.carer_relation, _l("Please choose one"))
        return good

    def guardians(self) -> list[GuardianSaid]:
        """Who was named: one person for both, or two."""
        two = bool(self.carer_name.data)
        first = GuardianSaid(
            name=self.guardian_name.data,
            relation=self.guardian_relation.data,
            phone=self.guardian_phone.data,
            is_carer=not two,
            away=self.guardian_away.data,
            work_place=self.work_place.data,
        )
        if not two:
            return [first]
        carer = GuardianSaid(
            name=self.carer_name.data,
            relation=self.carer_relation.data,
            phone=self.carer_phone.data,
            is_guardian=False,
        )
        return [first, carer]


class Moment(DateTimeLocalField):
    """A day and time as a clock in China shows it; `instant` is that moment."""

    def __init__(self, label: Any, **kw: Any) -> None:
        super().__init__(label, [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_l("Write day and time like 2026-11-23 19:30"))) from None

    @property
    def instant(self) -> datetime | None:
        """The moment meant."""
        return self.data.replace(tzinfo=clock.CHINA) if self.data else None


def _now() -> datetime:
    return clock.local(clock.now()).replace(tzinfo=None)


def _who() -> str:
    return actor().name


class ConsentPart(Form):
    """The guardian's answer and its proof."""

    consent = Choice(_l("Has the guardian consented?"), ConsentWay, needed=False)
    paper_holder = Text(_l("Who keeps the paper"), needed=False, default=_who)
    paper_where = Text(_l("Where it lies"), needed=False, default=lambda: gettext("Village office"))
    phone_number = Text(
        _l("Number called"),
        needed=False,
        longest=20,
        description=_l("Empty: the guardian's number above"),
    )
    called_at = Moment(_l("Day and time of the call"), default=_now)
    second_person = Text(
        _l("Who listened too"), needed=False, description=_l("A second person who heard the answer")
    )

    def consent_said(self, number: str | None) -> ConsentSaid | None:
        """The answer to be kept; None where none was given, or a link will bring it."""
        way = self.consent.data
        if way is ConsentWay.paper:
            proof = {"holder": self.paper_holder.data or "", "where": self.paper_where.data or ""}
            at = phone.typed_at()
            return ConsentSaid(Answer.yes, Means.paper, evidence=proof, given_at=at)
        if way is ConsentWay.telephone:
            called = self.phone_number.data or number or ""
            proof = {"number": called, "second_person": self.second_person.data or ""}
            at = self.called_at.instant
            return ConsentSaid(Answer.yes, Means.telephone, evidence=proof, given_at=at)
        if way is ConsentWay.refused:
            return ConsentSaid(Answer.no, Means.spoken, given_at=phone.typed_at())
        return None


class GuardianChoice(Form):
    """Which guardian of a household answers."""

    guardian = RadioField(_l("Which guardian"), coerce=str, validate_choice=True)

    def offer(self, guardians: Sequence[Guardian]) -> None:
        """Fill in the guardians there are; the first one is likely."""
        self.guardian.choices = [
            (str(g.id), f"{g.name} · {words.label(g.relation)}") for g in guardians
        ]
        if self.guardian.data in (None, "None") and guardians:
            self.guardian.data = str(guardians[0].id)

    @property
    def guardian_id(self) -> int:
        """The guardian chosen."""
        return int(self.guardian.data)


class ViewPart(Form):
    """What the child says. No needs no reason."""

    view = Choice(_l("What does the child say?"), ViewSaid, needed=False)
    view_how = Choice(_l("How the child was asked"), AskedHow, needed=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """An answer was heard in one of two ways, never in front of those who decide."""
        good = bool(super().validate(extra_validators))
        answered = self.view.data in (ViewSaid.yes, ViewSaid.no)
        if answered and self.view_how.data is None:
            return complain(self.view_how, _l("Please choose one"))
        return good

    def heard(self) -> Heard | None:
        """The answer to be kept, if there is one."""
        if self.view.data not in (ViewSaid.yes, ViewSaid.no):
            return None
        return Heard(Answer(self.view.data.value), self.view_how.data)
