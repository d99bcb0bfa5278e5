"""Forms of material wishes: a wish, the township's list, why one ends."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import RadioField
from wtforms.validators import Optional

from jiedui.children.models import Child
from jiedui.children.rules import Means
from jiedui.core import words
from jiedui.core.forms import Choice, Form, Text, VersionTicks, Yuan
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.models import MaterialWish
from jiedui.donations.queries import wishes as queries
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.wishes import (
    AGREED_HOW,
    SAID_BY_HAND,
    Season,
    WishCloseReason,
    WishSaid,
)
from jiedui.needs.rules import Urgency


class WishForm(Form):
    """What a child wishes for."""

    kind = Choice(_l("What does the child wish for?"), GoodsKind)
    size = Text(
        _l("Size"),
        needed=False,
        longest=20,
        description=_l("Clothes by height (140), shoes by number (34)"),
    )
    words = Text(
        _l("More about it"),
        needed=False,
        longest=60,
        description=_l("Who gives reads this: no name, village or school"),
    )
    price = Yuan(_l("What it costs (yuan)"))
    season = Choice(_l("When is it wanted?"), Season, default=Season.any_time)
    urgency = Choice(_l("How urgent is it?"), Urgency, default=Urgency.normal)

    agreed = RadioField(
        _l("Who at home has agreed to it?"), [Optional()], coerce=int, validate_choice=False
    )
    agreed_how = Choice(_l("How did they agree?"), Means, *AGREED_HOW, default=Means.spoken)

    def said(self) -> WishSaid:
        """What was filled in."""
        return WishSaid(
            kind=self.kind.data,
            price=self.price.fen or 0,
            size=self.size.data or "",
            words=self.words.data or "",
            urgency=self.urgency.data,
            season=self.season.data,
            agreed=self.agreed.data,
            agreed_how=self.agreed_how.data,
        )


def wish_form(child: Child) -> WishForm:
    """An empty wish of a child, with the grown-ups of its household."""
    form = WishForm()
    people = queries.who_may_agree(child)
    form.agreed.choices = [(one.id, f"{one.name} · {words.label(one.relation)}") for one in people]
    return form


class CheckForm(Form):
    """Which wishes are all right."""

    wishes = VersionTicks(_l("Wishes that are all right"), nothing=_l("No wish is ticked yet"))


def check_form(wishes: Iterable[MaterialWish]) -> CheckForm:
    """The township's list, everything ticked: one tap, after a look."""
    values = [f"{one.id}-{one.version}" for one in wishes]
    form = CheckForm(data={"wishes": values})
    form.wishes.choices = [(value, value) for value in values]
    return form


class CloseForm(Form):
    """Why a wish ends."""

    reason = Choice(_l("Why does it end?"), WishCloseReason, *SAID_BY_HAND)
