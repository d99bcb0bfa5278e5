"""Forms of an agreement: what it says, what stands on the signed paper, and what comes after."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SelectMultipleField, widgets
from wtforms.validators import Optional

from jiedui.care.actions.entrustment import DraftSaid
from jiedui.care.models import Entrustment
from jiedui.care.queries import Home
from jiedui.care.rules.entrustment import (
    BY_HAND,
    USUAL_TERM,
    Aspect,
    Declared,
    EndReason,
    Exclusion,
    Fit,
    Heard,
    LeaveReason,
    Signer,
    Signing,
    ToldWhom,
)
from jiedui.children.models import Child, Guardian
from jiedui.core import clock, words
from jiedui.core.forms import Choice, Choices, Day, Form, Number, Phone, Text, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.rules import HelpKind

NOBODY = 0


class Ticks(SelectMultipleField):
    """Any number of things, as ticks."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def _grown_up(one: Guardian) -> tuple[int, str]:
    label = words.label(one.relation)
    return one.id, gettext("%(relation)s %(name)s", relation=label, name=one.name)


class DraftForm(Form):
    """What an agreement says before it is signed; what is not known stays blank on the paper."""

    children = Ticks(_l("For which children"), coerce=int)
    principal = RadioField(_l("Who entrusts"), [required(_l("Please choose one"))], coerce=int)
    second = RadioField(_l("The other parent signs as well"), [Optional()], coerce=int)
    carer = RadioField(_l("Who cares"), [required(_l("Please choose one"))], coerce=int)
    reason = Choice(_l("Why the parents cannot care themselves"), LeaveReason)
    starts = Day(_l("First day"), needed=False)
    ends = Day(_l("Last day"), needed=False)
    money = Number(_l("Money for living each month, yuan"), least=0, most=100_000, needed=False)
    emergency_name = Text(_l("Whom to call in an emergency"), needed=False, longest=40)
    emergency_phone = Phone(_l("Telephone"), needed=False, mobile=False)
    services = Choices(_l("The carer may agree to"), HelpKind)

    def offer(self, children: list[Child], grown_ups: list[Guardian]) -> None:
        """Fill in the choices: guardians entrust, and anybody of the house may care."""
        self.children.choices = [(c.id, c.name) for c in children]
        guardians = [_grown_up(g) for g in grown_ups if g.is_guardian]
        self.principal.choices = guardians
        self.second.choices = [(NOBODY, gettext("Only one signs")), *guardians]
        self.carer.choices = [_grown_up(g) for g in grown_ups]

    def said(self) -> DraftSaid:
        """What was filled in."""
        yuan = self.money.data
        return DraftSaid(
            child_ids=tuple(self.children.data or ()),
            principal_id=self.principal.data,
            second_id=self.second.data or None,
            carer_id=self.carer.data,
            reason=self.reason.data,
            starts=self.starts.data,
            ends=self.ends.data,
            monthly_fen=None if yuan is None else yuan * 100,
            emergency_name=self.emergency_name.data or "",
            emergency_phone=self.emergency_phone.data or "",
            services=frozenset(self.services.data or ()),
        )


def draft_form(home: Home, one: Entrustment | None = None, **kw: Any) -> DraftForm:
    """The form with what stands in an agreement, or with what the record suggests for a new one;
    formdata=None ignores what was sent."""
    form = DraftForm(data=_as_it_is(one) if one else _suggested(home), **kw)
    form.offer(home.children, home.household.guardians)
    return form


def _as_it_is(one: Entrustment) -> dict[str, Any]:
    plain = ("reason", "starts", "ends", "emergency_name", "emergency_phone")
    return {name: getattr(one, name) for name in plain} | {
        "children": [kept.child_id for kept in one.of],
        "principal": one.principal_id,
        "second": one.second_id or NOBODY,
        "carer": one.carer_id,
        "money": None if one.monthly_fen is None else one.monthly_fen // 100,
        "services": [HelpKind(kind) for kind in one.services],
        "version": str(one.version),
    }


def _suggested(home: Home) -> dict[str, Any]:
    return {
        "children": [child.id for child in home.children],
        "principal": home.principal.id if home.principal else None,
        "second": home.second.id if home.second else NOBODY,
        "carer": home.carer.id if home.carer else None,
        "reason": LeaveReason.work_away,
    }


class SignForm(Form):
    """What stands on a paper that was signed. One more field for each child is made by
    sign_form()."""

    signed_on = Day(_l("Day of signing"), past=True, default=clock.today)
    starts = Day(_l("First day"))
    ends = Day(_l("Last day"))
    signers = Choices(_l("Whose signatures stand on it"), Signer)
    holder = Text(_l("Who holds the paper"), longest=40, missing=_l("Say who holds the paper"))
    witness = Text(_l("Name of the village witness"), needed=False, longest=40)

    def heard(self, children: list[Child]) -> dict[int, Heard]:
        """What each child said, as far as it was filled in."""
        said = {c.id: self._fields[f"heard_{c.id}"].data for c in children}
        return {child: Heard(word) for child, word in said.items() if word}

    def said(self, children: list[Child]) -> Signing:
        """What was filled in."""
        return Signing(
            signed_on=self.signed_on.data,
            starts=self.starts.data,
            ends=self.ends.data,
            signers=frozenset(self.signers.data or ()),
            holder=self.holder.data,
            declared={e: self._declared(e) for e in Exclusion if self._declared(e)},
            fit={a: self._fit(a) for a in Aspect if self._fit(a)},
            heard=self.heard(children),
            witness=self.witness.data or "",
        )

    def _declared(self, one: Exclusion) -> Any:
        return self._fields[f"declared_{one.name}"].data

    def _fit(self, one: Aspect) -> Any:
        return self._fields[f"fit_{one.name}"].data


def sign_form(one: Entrustment, **kw: Any) -> SignForm:
    """The form of an agreement: with the four declarations, the four aspects and one question for
    each child; the term is what was drafted, else a year from today."""

    class Whole(SignForm):
        """With what belongs to this agreement."""

    for exclusion in Exclusion:
        text = words.label(exclusion)
        setattr(Whole, f"declared_{exclusion.name}", Choice(text, Declared, needed=False))
    for aspect in Aspect:
        setattr(Whole, f"fit_{aspect.name}", Choice(words.label(aspect), Fit, needed=False))
    for child in one.children:
        label = gettext("What %(name)s thinks of it", name=child.name)
        setattr(Whole, f"heard_{child.id}", Choice(label, Heard, needed=False))
    starts = one.starts or clock.today()
    facts = {"starts": starts, "ends": one.ends or starts + USUAL_TERM, "version": str(one.version)}
    return Whole(data=facts, **kw)


def fields_of(one: Entrustment) -> dict[str, list[str]]:
    """The names of the fields that sign_form() adds, as its page shows them."""
    return {
        "declared": [f"declared_{exclusion.name}" for exclusion in Exclusion],
        "fit": [f"fit_{aspect.name}" for aspect in Aspect],
        "heard": [f"heard_{child.id}" for child in one.children],
    }


class TellForm(Form):
    """School or village was told in writing."""

    whom = Choice(_l("Who was told in writing"), ToldWhom)
    on = Day(_l("Day"), past=True, default=clock.today)
    name = Text(_l("Who took the paper"), needed=False, longest=40)


class EndForm(Form):
    """Why an agreement ends before its last day, and when."""

    reason = Choice(_l("Why does it end?"), EndReason, *BY_HAND)
    on = Day(_l("Day"), past=True, default=clock.today)


class ScanForm(Form):
    """A photo or scan of the signed paper."""

    file = FileField(_l("Photo or PDF of the signed paper"))
