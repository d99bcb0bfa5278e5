"""Forms of referrals: sending one, its next step, who works at the desk."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import Optional

from jiedui.children.rules import Means
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, LongText, Number, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.counselling.actions.referrals import MoveSaid, ReferralSaid
from jiedui.counselling.models import Referral
from jiedui.counselling.rules.referrals import Move, moves_for
from jiedui.partners import queries as partners
from jiedui.partners.rules import UnitKind

ASKED = (Means.paper, Means.telephone, Means.spoken)


class ReferForm(Form):
    """Why a child is referred; what is said is for counsellors alone."""

    words = LongText(
        _l("What do you see in the child?"),
        needed=True,
        longest=2000,
        description=_l("Only counsellors read it"),
    )
    crisis = BooleanField(
        _l("The child may hurt itself or somebody"),
        description=_l("Those on duty are told at once, and the guardian's yes is not waited for"),
    )
    consent = Choice(_l("How did the guardian say yes?"), Means, *ASKED, needed=False)
    consented_on = Day(_l("On which day did the guardian say yes?"), needed=False, past=True)
    # Those on duty were told when this form was sent before and had faults.
    told = HiddenField()

    def said(self) -> ReferralSaid:
        """What the form says."""
        return ReferralSaid(
            words=self.words.data or "",
            crisis=bool(self.crisis.data),
            consent=self.consent.data,
            consented_on=self.consented_on.data if self.consent.data else None,
        )


class PupilReferForm(ReferForm):
    """The same from a school. The name is typed: no list of pupils is shown, for it would say
    whose families are on file."""

    pupil = Text(_l("Pupil's name"), longest=40)
    birth_date = Day(_l("Birth date"), needed=False, past=True)


class MoveForm(Form):
    """The next step of a referral."""

    move = Choice(_l("What happens next?"), Move)
    hospital = SelectField(_l("To which hospital"), [Optional()], coerce=int, validate_choice=False)
    words = LongText(
        _l("What is to be said about it"),
        longest=2000,
        description=_l("Only counsellors read it. Needed for a no and for a report."),
    )

    def __init__(self, one: Referral, *, counsellor: bool, **kw: Any) -> None:
        super().__init__(**kw)
        can = moves_for(one.level, one.state, counsellor=counsellor)
        self.move.choices = words.choices(Move, *can) if can else []
        units = partners.units(one.county_id, UnitKind.hospital)
        self.hospital.choices = [(0, "–"), *((unit.id, unit.name) for unit in units)]
        if Move.hand_on not in can:
            del self.hospital

    def said(self) -> MoveSaid:
        """What the form says."""
        field = self._fields.get("hospital")
        hospital = (field.data or None) if field is not None else None
        return MoveSaid(self.move.data, (self.words.data or "").strip(), hospital)


class NameForm(Form):
    """Whom to name to the desk."""

    helper = Number(
        _l("Number of the volunteer or social worker"),
        least=1,
        most=99_999_999,
        description=_l("The digits of V-0126; a paper that allows counselling must have been seen"),
    )


class CrisisForm(Form):
    """A few words, or none: pressing the button is enough."""

    words = LongText(
        _l("What did you see or hear?"),
        longest=100_000,
        description=_l("A few words are enough; you may leave it empty"),
    )


def refer_form() -> ReferForm:
    """Today is what is most often right."""
    return ReferForm(consented_on=clock.today())


def pupil_form() -> PupilReferForm:
    """The same for a school."""
    return PupilReferForm(consented_on=clock.today())
