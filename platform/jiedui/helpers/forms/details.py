"""Forms of one page: what a helper changes, and who is entered from a signed form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jiedui.access.guard import actor
from jiedui.core import clock
from jiedui.core.forms import Choice, Day, Phone, Text
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers import rules
from jiedui.helpers.forms.fields import (
    ONLINE,
    REACHES,
    Help,
    Languages,
    Papers,
    Ruled,
    Where,
    Who,
    fill_capacity,
    fill_reach,
    fill_units,
)
from jiedui.helpers.models import Helper
from jiedui.helpers.rules import CredentialKind, Fault, Mode, Offer, Paper, Registration
from jiedui.partners import queries as partners
from jiedui.partners.forms import OwnVillageField


class OfferForm(Ruled, Help, Where, Languages):
    """What somebody offers, where and when, on one page."""

    village = OwnVillageField(_l("Village or community where you live"))

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        fill_capacity(self.capacity)
        fill_units(self.unit_id, partners.units(actor().county_id))
        fill_reach(self.reach)

    def faults(self) -> Iterator[Fault]:
        """Rules of what is offered and of when."""
        offers, today = self.offers.data or (), clock.today()
        yield from rules.offer_faults(offers, self.subjects.data or (), self.stages.data or ())
        yield from rules.time_faults(self.slots.data or (), self.periods(), today)

    def offer(self) -> Offer:
        """What was filled in."""
        return Offer(
            village_id=self.village.data.id,
            offers=frozenset(self.offers.data),
            subjects=frozenset(self.subjects.data),
            stages=frozenset(self.stages.data),
            languages=frozenset(self.languages.data),
            modes=self.modes(),
            slots=frozenset(self.slots.data),
            periods=self.periods(),
            travel=self.travel.data,
            max_km=self.max_km(),
            capacity=self.capacity.data,
            unit_id=self.unit_id.data or None,
            national_number=self.national_number.data or None,
            about=self.about.data or None,
        )


class DetailsForm(OfferForm):
    """What a registered helper may change."""

    @classmethod
    def of(cls, helper: Helper) -> DetailsForm:
        """The form with what is known."""
        only_afar = Mode.in_person not in {m.mode for m in helper.modes}
        known: dict[str, Any] = {
            "version": helper.version,
            "village": helper.village,
            "offers": [o.kind for o in helper.offers],
            "subjects": [s.subject for s in helper.subjects],
            "stages": [s.stage for s in helper.stages],
            "languages": [x.language for x in helper.languages],
            "slots": [s.slot for s in helper.slots],
            "travel": helper.travel,
            "reach": ONLINE if only_afar else _nearest(helper.max_km),
            "also_online": any(m.mode is Mode.online for m in helper.modes),
            "capacity": helper.capacity,
            "unit_id": helper.unit_id or 0,
            "national_number": helper.national_number,
            "about": helper.about,
        }
        for n, period in enumerate(helper.periods[:3], start=1):
            known |= {f"from_{n}": period.starts, f"until_{n}": period.ends}
        return cls(data=known)


def _nearest(km: int) -> int:
    return min((r for r in REACHES if r), key=lambda r: abs(r - km))


class EnterForm(OfferForm, Who, Papers):
    """Somebody without a phone of their own, entered from a signed form."""

    phone = Phone(
        _l("Telephone"),
        mobile=False,
        description=_l("Where this person can be reached: their own, a neighbour's, the school's"),
    )
    form_holder = Text(
        _l("Who holds the signed form, and where?"),
        longest=80,
        description=_l("For example: township civil affairs, cabinet 2"),
        missing=_l("Please say who holds the signed form, and where"),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        unit_id = actor().unit_id
        if unit_id is not None:
            fill_units(self.unit_id, [partners.get_unit(unit_id)])
            self.unit_id.data = unit_id

    def faults(self) -> Iterator[Fault]:
        """Every rule of registering."""
        if self.id_number.who is not None:
            yield from rules.who_faults(self._person(), clock.today())
        yield from super().faults()
        yield from rules.paper_faults(self.offers.data or (), self.papers.data or ())

    def _person(self) -> rules.Person:
        return rules.Person(
            self.kind.data,
            self.id_number.who,
            self.licence.data or None,
            self.unit_id.data or None,
        )

    def said(self) -> Registration:
        """What was filled in."""
        return Registration(
            kind=self.kind.data,
            name=self.name.data,
            who=self.id_number.who,
            phone=self.phone.data,
            offer=self.offer(),
            licence=self.licence.data or None,
            papers=self.papers_said(),
            form_holder=self.form_holder.data,
        )


class PaperForm(Ruled):
    """A credential somebody says they have."""

    kind = Choice(_l("Paper"), CredentialKind)
    number = Text(_l("Number"), needed=False, longest=40)
    expires = Day(_l("Valid until"), needed=False, future=True)

    def said(self) -> Paper:
        """What was filled in."""
        return Paper(self.kind.data, self.number.data or None, self.expires.data)
