"""Forms of the grown-ups of a household, and of what else is known of a child and its house."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from jiedui.children.actions import DetailSaid, GuardianSaid
from jiedui.children.forms.parts import complain
from jiedui.children.models import Child, Guardian
from jiedui.children.rules import GRADES, Disability, Income, Relation, Unable
from jiedui.core.forms import Choice, Day, Form, IdNumber, Phone, Text
from jiedui.core.forms.choices import one_or_none, yes_no
from jiedui.core.i18n import lazy_gettext as _l

FAMILY = frozenset({Relation.father, Relation.mother, Relation.grandfather, Relation.grandmother})


class GuardianForm(Form):
    """A grown-up of the household."""

    name = Text(_l("Name"), longest=40)
    relation = Choice(_l("Who this is to the child"), Relation)
    phone = Phone(_l("Telephone"), needed=False, mobile=False)
    is_guardian = BooleanField(_l("Is a guardian: decides, and consents"))
    is_carer = BooleanField(_l("Looks after the child day by day"))
    away = BooleanField(_l("Works elsewhere"))
    away_since = Day(_l("Away since"), needed=False, past=True)
    beyond_county = yes_no(_l("Outside the county"))
    work_place = Text(_l("Where this person works"), needed=False, longest=60)
    unable = one_or_none(_l("Cannot care for the child because"), Unable)
    unable_since = Day(_l("Since when"), needed=False, past=True)
    birth_date = Day(_l("Birth date"), needed=False, past=True)
    id_number = IdNumber(
        _l("ID number"), needed=False, description=_l("Empty keeps the number there is")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody in the file decides or cares, or is a parent or grandparent."""
        good = bool(super().validate(extra_validators))
        if not (self.is_guardian.data or self.is_carer.data or self.relation.data in FAMILY):
            self.is_guardian.errors = [str(_l("Please tick at least one"))]
            return False
        if self.away_since.data and not self.away.data:
            good = complain(self.away_since, _l("Please tick that this person works elsewhere"))
        if self.unable_since.data and not self.unable.data:
            good = complain(self.unable_since, _l("Please choose why"))
        return good

    def said(self) -> GuardianSaid:
        """What was filled in."""
        number = self.id_number.who
        return GuardianSaid(
            name=self.name.data,
            relation=self.relation.data,
            phone=self.phone.data,
            is_guardian=self.is_guardian.data,
            is_carer=self.is_carer.data,
            away=self.away.data,
            work_place=self.work_place.data,
            birth_date=self.birth_date.data or (number.birth_date if number else None),
            id_number=number.number if number else None,
            away_since=self.away_since.data,
            beyond_county=self.beyond_county.data,
            unable=self.unable.data,
            unable_since=self.unable_since.data,
        )


SHOWN = (
    "name",
    "relation",
    "phone",
    "is_guardian",
    "is_carer",
    "away",
    "away_since",
    "work_place",
    "unable",
    "unable_since",
    "birth_date",
)
SPOKEN = {True: "yes", False: "no", None: ""}


def guardian_form(guardian: Guardian | None, **kw: Any) -> GuardianForm:
    """The form with what is known of somebody, or empty for somebody new."""
    if guardian is None:
        return GuardianForm(**kw)
    facts = {name: getattr(guardian, name) for name in SHOWN}
    facts["beyond_county"] = SPOKEN[guardian.beyond_county]
    return GuardianForm(data=facts | {"version": str(guardian.version)}, **kw)


class DetailForm(Form):
    """Registration, health, and the house."""

    address = Text(_l("House or group in the village"), needed=False, longest=80)
    income = one_or_none(_l("What the household mostly lives on"), Income)
    ethnicity = Text(_l("Ethnic group"), needed=False, longest=20)
    registered = yes_no(_l("Is the child registered in a household register?"))
    registered_at = Text(_l("Where it is registered"), needed=False, longest=80)
    rural = yes_no(_l("Registered in a rural household?"))
    disability = one_or_none(_l("Kind of disability"), Disability)
    disability_grade = SelectField(
        _l("Grade of disability"),
        [Optional()],
        coerce=lambda value: int(value) if str(value).isdigit() else None,
        choices=lambda: [("", "–"), *((str(n), _l("Grade %(n)d", n=n)) for n in GRADES)],
        validate_choice=False,
    )
    illness = Text(_l("Illness"), needed=False, longest=60, description=_l("Kept sealed"))

    def said(self) -> DetailSaid:
        """What was filled in."""
        grade = self.disability_grade.data
        return DetailSaid(
            ethnicity=self.ethnicity.data or "",
            registered=self.registered.data,
            registered_at=self.registered_at.data or None,
            rural=self.rural.data,
            disability=self.disability.data,
            disability_grade=grade if grade in GRADES else None,
            illness=self.illness.data or None,
            address=self.address.data or "",
            income=self.income.data,
        )


def detail_form(child: Child, **kw: Any) -> DetailForm:
    """The form with what is known; formdata=None ignores what was sent."""
    one, home = child.detail, child.household
    names = ("ethnicity", "registered_at", "disability", "illness")
    facts: dict[str, Any] = {name: getattr(one, name) for name in names}
    facts |= {n: SPOKEN[getattr(one, n)] for n in ("registered", "rural")}
    facts |= {"address": home.address, "income": home.income, "version": str(child.version)}
    facts["disability_grade"] = str(one.disability_grade or "")
    return DetailForm(data=facts, **kw)


class EvidenceForm(Form):
    """The paper on which a category rests."""

    evidence = Text(
        _l("What shows it"),
        longest=80,
        description=_l("Certificate or decision, its number and date"),
    )
    file = FileField(_l("Photo or PDF of it"))
