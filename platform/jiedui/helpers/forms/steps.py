"""Registering in four short steps. What was filled in lies sealed in the session between them, so
that going back, or a lost connection, loses nothing."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField
from wtforms.validators import InputRequired

from jiedui.access.forms import NewPasswordForm
from jiedui.core import clock, kept
from jiedui.core.forms import Form
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers import rules
from jiedui.helpers.forms.fields import (
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
from jiedui.helpers.rules import Fault, HelperKind, Offer, Registration
from jiedui.partners import queries as partners
from jiedui.partners.rules import AGENCIES
from jiedui.regions import queries as regions
from jiedui.regions.forms import VillageField

SLOT = "registration"
STEPS = ("who", "help", "where", "check")


class WhoForm(Ruled, Who, Languages):
    """First step: who you are."""

    def faults(self) -> Iterator[Fault]:
        """One-to-one work is for adults."""
        who = self.id_number.who
        fault = who and rules.age_fault(who.birth_date, clock.today())
        if fault:
            yield fault, "id_number"


class HelpForm(Ruled, Help, Papers):
    """Second step: what you can help with; a social worker's licence and agency."""

    social_worker = False

    def fill(self, social_worker: bool) -> None:
        """Choices of this installation; agencies only for a social worker."""
        self.social_worker = social_worker
        kinds = AGENCIES if social_worker else frozenset()
        counties = [county.id for county in regions.counties()]
        fill_capacity(self.capacity)
        fill_units(self.unit_id, [u for c in counties for u in partners.units(c, *kinds)])

    def faults(self) -> Iterator[Fault]:
        """Rules of what is offered; licence and agency of a social worker."""
        offers = self.offers.data or ()
        yield from rules.offer_faults(offers, self.subjects.data or (), self.stages.data or ())
        if self.social_worker and not self.licence.data:
            yield rules.HelperRefusal.licence_missing, "licence"
        if self.social_worker and not self.unit_id.data:
            yield rules.HelperRefusal.agency_missing, "unit_id"
        if not self.social_worker:
            yield from rules.paper_faults(offers, self.papers.data or ())


class WhereForm(Ruled, Where):
    """Third step: where and when."""

    village = VillageField(_l("Village or community where you live"))

    def fill(self) -> None:
        """Distances to choose from."""
        fill_reach(self.reach)

    def faults(self) -> Iterator[Fault]:
        """Rules of when."""
        return rules.time_faults(self.slots.data or (), self.periods(), clock.today())


class Agreement(Form):
    """Last step of somebody who is signed in already."""

    agreed = BooleanField(
        _l("I have read how my data is used, and agree"),
        [InputRequired(_l("Without your agreement nothing can be registered"))],
    )


class CheckForm(NewPasswordForm, Agreement):
    """Last step: a password, and the agreement."""


class Steps:
    """The steps of one browser. `store` is its session; `account` its account's id, if any."""

    def __init__(self, store: MutableMapping[str, Any], account: int | None) -> None:
        self.store, self.account = store, account
        self.filled: dict[str, list[list[str]]] = store.get(SLOT) or {}

    def keep(self, step: str, form: MultiDict[str, str]) -> None:
        """Keep what was sent at a step, a password never."""
        left_out = kept.NEVER | {"act"}
        pairs = [[k, v] for k, v in form.items(multi=True) if k not in left_out]
        if step != STEPS[-1] and sum(len(k) + len(v) for k, v in pairs) <= kept.LIMIT:
            self.filled = {**self.filled, step: pairs}
            self.store[SLOT] = self.filled

    def forget(self) -> None:
        """Nothing stays once somebody is registered."""
        self.store.pop(SLOT, None)

    def form(self, step: str, sent: bool = False) -> Any:
        """The form of a step: as sent now, else as it was left."""
        if step == "check":
            return Agreement() if self.account else CheckForm()
        options: dict[str, Any] = {}
        if not sent:
            held = kept.take(self.account)
            options = {"formdata": held if held is not None else self._left(step)}
        return self._filled_in(step, options)

    def _left(self, step: str) -> MultiDict[str, str] | None:
        pairs = self.filled.get(step)
        return None if pairs is None else MultiDict([(k, v) for k, v in pairs])

    def _filled_in(self, step: str, options: dict[str, Any]) -> Any:
        if step == "who":
            return WhoForm(**options)
        if step == "where":
            where = WhereForm(**options)
            where.fill()
            return where
        form = HelpForm(**options)
        form.fill(self.social_worker)
        return form

    def _again(self, step: str) -> Any:
        # Read anew what lies in the session; the guard has checked the request itself.
        left = self._left(step)
        return self._filled_in(step, {"formdata": left or MultiDict(), "meta": {"csrf": False}})

    @property
    def social_worker(self) -> bool:
        """Whether the first step said so."""
        return ["kind", HelperKind.social_worker.value] in self.filled.get("who", [])

    def first_open(self, before: str) -> str | None:
        """The first step before this one that is not filled in well."""
        for step in STEPS[: STEPS.index(before)]:
            if step not in self.filled or not self._again(step).validate():
                return step
        return None

    def said(self) -> Registration:
        """Everything, once all steps are good."""
        who, what, where = (self._again(step) for step in STEPS[:3])
        for form in (who, what, where):
            form.validate()
        offer = Offer(
            village_id=where.village.data.id,
            offers=frozenset(what.offers.data),
            subjects=frozenset(what.subjects.data),
            stages=frozenset(what.stages.data),
            languages=frozenset(who.languages.data),
            modes=where.modes(),
            slots=frozenset(where.slots.data),
            periods=where.periods(),
            travel=where.travel.data,
            max_km=where.max_km(),
            capacity=what.capacity.data,
            unit_id=what.unit_id.data or None,
            national_number=what.national_number.data or None,
            about=what.about.data or None,
        )
        return Registration(
            kind=who.kind.data,
            name=who.name.data,
            who=who.id_number.who,
            phone=who.phone.data,
            offer=offer,
            licence=(what.licence.data or None) if self.social_worker else None,
            papers=what.papers_said(),
        )
