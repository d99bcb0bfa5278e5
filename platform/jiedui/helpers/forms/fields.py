"""Groups of fields that the forms of helpers are put together from: who, what, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from jiedui.core import clock
from jiedui.core.errors import Refusal
from jiedui.core.forms import (
    Choice,
    Choices,
    Day,
    Form,
    IdNumber,
    LongText,
    Phone,
    Slots,
    Text,
    required,
)
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.i18n import ngettext
from jiedui.helpers import rules
from jiedui.helpers.rules import (
    CAPACITY_MOST,
    CredentialKind,
    Fault,
    HelperKind,
    HelpKind,
    Language,
    Mode,
    Paper,
    Period,
    Stage,
    Subject,
    Travel,
)

ONLINE = 0  # chosen instead of a distance by who only helps from afar
REACHES = (5, 10, 15, 30, ONLINE)
PAPERS = tuple(kind for kind in CredentialKind if kind is not CredentialKind.social_worker)


class Ruled(Form):
    """A form whose faults are found by rules, each shown beside its field."""

    # Where a rule's word for a field differs from the form's.
    beside = {"periods": "until_1"}

    def faults(self) -> Iterator[Fault]:
        """What rules say against what was filled in; asked when the fields themselves are good."""
        return iter(())

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields' own faults, then those of the rules."""
        good = super().validate(extra_validators)
        for code, name in self._found():
            field = self._fields.get(self.beside.get(name, name))
            if field is None or not field.errors:
                self.refuse(Refusal(code, self.beside.get(name, name)))
                good = False
        return good

    def _found(self) -> Iterable[Fault]:
        return list(self.faults())


class Who:
    """Who somebody is. Birth date and sex stand in the identity number."""

    kind = Choice(_l("I register as"), HelperKind, default=HelperKind.volunteer)
    name = Text(
        _l("Name"),
        description=_l("As on the identity card"),
        missing=_l("Please give your name"),
        render_kw={"autocomplete": "name"},
    )
    id_number = IdNumber(_l("Identity number"), description=_l("18 characters, the last may be X"))
    phone = Phone(
        _l("Mobile number"),
        description=_l("You sign in with it, and the office calls you on it"),
    )


class Languages:
    """What one speaks with a child."""

    languages = Choices(
        _l("Languages and dialects"),
        Language,
        least=1,
        default=[Language.mandarin],
        description=_l("Grandparents often speak a dialect only"),
    )


class Help:
    """What somebody offers."""

    offers = Choices(_l("What can you help with?"), HelpKind)
    subjects = Choices(_l("Which subjects?"), Subject)
    stages = Choices(_l("For which school years?"), Stage)
    capacity = RadioField(
        _l("For how many children at most?"),
        coerce=int,
        default=1,
        description=_l("One is a good number to begin with"),
    )
    national_number = Text(
        _l("Number as a registered volunteer"),
        needed=False,
        longest=40,
        description=_l("From the national volunteer service site, if you have one"),
    )
    unit_id = SelectField(_l("School, team or company you come with"), coerce=int, default=0)
    about = LongText(
        _l("Anything else the office should know"),
        longest=300,
        description=_l("Only the office reads it"),
    )


class Papers:
    """Credentials somebody says they have."""

    licence = Text(_l("Number of your social worker's licence"), needed=False, longest=40)
    papers = Choices(_l("Which of these papers do you have?"), CredentialKind, *PAPERS)

    def papers_said(self) -> tuple[Paper, ...]:
        """The papers that were ticked."""
        return tuple(Paper(kind) for kind in self.papers.data or ())


class Where:
    """Where and when somebody can help."""

    travel = Choice(_l("How do you travel?"), Travel, default=Travel.ebike)
    reach = RadioField(
        _l("How far would you go?"),
        [required(_l("Please choose one"))],
        coerce=int,
        default=10,
    )
    also_online = BooleanField(_l("I can also help by video or telephone"))
    slots = Slots(
        _l("When are you free in a usual week?"),
        description=_l(
            "More times do not move you up: please choose only those when you can really come"
        ),
    )
    holidays = BooleanField(_l("School holidays only"), description=_l("Winter and summer"))
    from_1 = Day(_l("From"), needed=False)
    until_1 = Day(_l("Until"), needed=False)
    from_2 = Day(_l("Second period, from"), needed=False)
    until_2 = Day(_l("Second period, until"), needed=False)
    from_3 = Day(_l("Third period, from"), needed=False)
    until_3 = Day(_l("Third period, until"), needed=False)

    def periods(self) -> tuple[Period, ...]:
        """The periods written; else the coming school holidays, or from today on without end."""
        today = clock.today()
        pairs = [
            (self[f"from_{n}"].data, self[f"until_{n}"].data)  # type: ignore[index]
            for n in (1, 2, 3)
        ]
        written = tuple(Period(first or today, last) for first, last in pairs if first or last)
        if written:
            return written
        return rules.school_holidays(today) if self.holidays.data else (Period(today),)

    def modes(self) -> frozenset[Mode]:
        """In person unless only from afar; online and by telephone when ticked."""
        afar = {Mode.online, Mode.phone}
        if self.reach.data == ONLINE:
            return frozenset(afar)
        return frozenset({Mode.in_person} | (afar if self.also_online.data else set()))

    def max_km(self) -> int:
        """How far; who only helps from afar keeps the least, which is never asked."""
        return self.reach.data or REACHES[0]


def fill_capacity(field: Any) -> None:
    """One child to five, in the reader's words."""
    field.choices = [
        (n, ngettext("%(num)d child", "%(num)d children", n)) for n in range(1, CAPACITY_MOST + 1)
    ]


def fill_units(field: Any, units: Iterable[Any]) -> None:
    """Units to choose from, and none; nothing needs to be chosen."""
    field.choices = [(0, str(_l("None of these")))] + [(u.id, u.name) for u in units]
    field.validators = [Optional()]


def fill_reach(field: Any) -> None:
    """Distances, and only from afar."""
    words = [(km, str(_l("Up to %(km)d km")) % {"km": km}) for km in REACHES if km]
    field.choices = [*words, (ONLINE, str(_l("Only by video or telephone")))]
