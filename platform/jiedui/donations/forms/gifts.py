"""Forms of gifts: an offer, and each step it goes on by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from jiedui.core import words
from jiedui.core.forms import Choice, Day, Form, Number, Phone, SharedLine, Text, Yuan, required
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.models import Gift, MaterialWish
from jiedui.donations.rules.books import (
    LEAVES,
    RECEIVERS,
    Account,
    Carrier,
    Condition,
    GiftForm,
    GiftSaid,
    RefuseReason,
    Thanks,
)
from jiedui.donations.rules.goods import GoodsKind
from jiedui.partners import queries as partners
from jiedui.regions import queries as regions

MOST_PIECES, MOST_YUAN = 100_000, 10_000_000


def townships(county_id: int, otherwise: str) -> list[tuple[int, str]]:
    """The county's townships to choose from, after what holds when none is chosen."""
    found = regions.townships(regions.get(county_id).path)
    return [(0, otherwise), *((one.id, one.name) for one in found)]


class WhatForm(Form):
    """What somebody offers."""

    form = Choice(_l("What is given?"), GiftForm)
    kind = Choice(
        _l("Which kind, or for what?"),
        GoodsKind,
        needed=False,
        description=_l("Money without a kind is for any material wish"),
    )
    words = SharedLine(
        _l("What exactly"), longest=60, description=_l("For example: school bags, 40 litres")
    )
    amount = Number(_l("How many pieces"), least=1, most=MOST_PIECES, needed=False)
    yuan = Yuan(_l("How much money (yuan)"), needed=False, most=MOST_YUAN)
    size_from = Text(
        _l("Sizes from"),
        needed=False,
        longest=10,
        description=_l("Clothes by height (120), shoes by number (34); empty: any size"),
    )
    size_to = Text(_l("Sizes to"), needed=False, longest=10)
    condition = Choice(_l("What are the goods like?"), Condition, needed=False)
    carrier = Choice(_l("Who brings the goods?"), Carrier, needed=False)
    lies = SelectField(_l("Where are the goods?"), [Optional()], coerce=int, default=0)
    until = Day(_l("Last day of use, if there is one"), needed=False)
    named = BooleanField(_l("May be named in public; they have agreed"))

    def said(self) -> GiftSaid:
        """What was filled in."""
        goods = self.form.data is GiftForm.goods
        return GiftSaid(
            form=self.form.data,
            kind=self.kind.data,
            words=self.words.data or "",
            amount=(self.amount.data if goods else self.yuan.fen) or 0,
            named=bool(self.named.data),
            condition=self.condition.data,
            carrier=self.carrier.data,
            until=self.until.data,
            sizes=(self.size_from.data or "", self.size_to.data or ""),
            lies_id=self.lies.data or None,
        )

    def of_county(self, county_id: int) -> Self:
        """With the townships where goods may be."""
        self.lies.choices = townships(county_id, gettext("Out of the county, or not known yet"))
        return self


class OfferForm(WhatForm):
    """What somebody offers, and who."""

    unit = SelectField(_l("Unit that gives"), [Optional()], coerce=int, default=0)
    name = Text(_l("Name, if a person gives"), needed=False, longest=30)
    phone = Phone(_l("The person's telephone"), needed=False, mobile=False)

    def said(self) -> GiftSaid:
        """What was filled in."""
        name, phone = self.name.data or "", self.phone.data or ""
        return replace(super().said(), unit_id=self.unit.data or None, name=name, phone=phone)


class OurOfferForm(WhatForm):
    """What the reader's unit offers."""

    named = BooleanField(_l("Our unit may be named in public"))


class MyOfferForm(WhatForm):
    """What a person offers on the open page."""

    name = Text(_l("Your name"), longest=30)
    phone = Phone(_l("Your telephone: an office rings back"), mobile=False)
    named = BooleanField(_l("My name may be shown in public"))

    def said(self) -> GiftSaid:
        """What was filled in."""
        return replace(super().said(), name=self.name.data or "", phone=self.phone.data or "")


def offer_form(county_id: int) -> OfferForm:
    """An empty offer with the county's units."""
    form = OfferForm().of_county(county_id)
    units = partners.units(county_id)
    form.unit.choices = [(0, gettext("A person gives"))] + [(one.id, one.name) for one in units]
    return form


class AcceptForm(Form):
    """Who receives."""

    receiver = SelectField(
        _l("Organisation that receives it"),
        [required()],
        coerce=int,
        description=_l("A charity or social organisation; it gives the official receipt"),
    )


def accept_form(gift: Gift) -> AcceptForm:
    """The organisations that may receive this gift."""
    form = AcceptForm(data={"version": str(gift.version)})
    units = partners.units(gift.county_id, *RECEIVERS)
    form.receiver.choices = [(one.id, one.name) for one in units if one.id != gift.unit_id]
    return form


class RefuseForm(Form):
    """Why it is not taken."""

    reason = Choice(_l("Why is it not taken?"), RefuseReason)


class AmountForm(Form):
    """Something with an amount: pieces or yuan, as the gift is."""

    def value(self) -> int:
        """Pieces, or fen."""
        field: Any = self._fields["amount"]
        return (field.fen if isinstance(field, Yuan) else field.data) or 0


class ReceiveForm(AmountForm):
    """What has come, and the receipt."""

    amount: Any = None
    evidence = SharedLine(_l("Number of the official receipt"), longest=40)
    lies: Any = None

    @property
    def township(self) -> int | None:
        """Where goods are kept; None: with the receiver, or it is money."""
        return self.lies.data or None if self.lies else None


class TakeOutForm(AmountForm):
    """What leaves the stock otherwise than to a wish."""

    target = Choice(_l("What becomes of it?"), Account, *LEAVES)
    amount: Any = None
    evidence = SharedLine(
        _l("What shows it"), longest=80, description=_l("A receipt's number, a list, a minute")
    )


def with_amount(kind: type[AmountForm], gift: Gift, **kw: Any) -> Any:
    """A form that asks for this gift's amount."""
    if gift.form is GiftForm.funds:
        field: Any = Yuan(_l("How much money (yuan)"), most=MOST_YUAN)
    else:
        field = Number(_l("How many pieces"), least=1, most=MOST_PIECES)
    fields: dict[str, Any] = {"amount": field}
    if kind is ReceiveForm and gift.form is GiftForm.goods:
        kept = _l("Where are the goods kept?")
        fields["lies"] = SelectField(kept, [Optional()], coerce=int, default=0)
    made: Any = type("Asking", (kind,), fields)
    return made(**kw)


def receive_form(gift: Gift) -> ReceiveForm:
    """What has come of this gift; of goods also where they are kept."""
    form: ReceiveForm = with_amount(ReceiveForm, gift, data={"version": str(gift.version)})
    if form.lies is not None:
        form.lies.choices = townships(gift.county_id, gettext("With the receiver"))
    return form


class AllotForm(Form):
    """To which wish."""

    wish = RadioField(_l("Which wish?"), [required(_l("Please choose one"))], coerce=int)
    amount = Yuan(
        _l("How much money (yuan)"),
        needed=False,
        description=_l("Empty: what the wish costs"),
    )
    evidence = SharedLine(
        _l("What shows the decision"), longest=80, description=_l("A list, a minute, a number")
    )


def allot_form(wishes: Sequence[MaterialWish]) -> AllotForm:
    """The wishes a gift may go to: code, kind, size, price, township; no name."""
    form = AllotForm()
    form.wish.choices = [
        (one.id, " · ".join((one.code, f"{words.label(one.kind)} {one.size}".strip())))
        for one in wishes
    ]
    return form


class BackForm(Form):
    """Why something is taken back."""

    evidence = SharedLine(_l("What shows it"), longest=80)


class CodeForm(Form):
    """The code that was said at the door."""

    code = Text(_l("Code of the household"), longest=12)


class DeliverForm(Form):
    """It has come."""

    thanks = Choice(_l("A word of thanks"), Thanks, needed=False)
