"""Forms of claims: which wishes a unit takes upon itself, and the office's one press."""

from __future__ import annotations

from collections.abc import Collection

from wtforms import BooleanField

from jiedui.core.forms import Choice, Day, Form, Number, SharedLine
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.books import Carrier, Condition, GiftForm, GiftSaid
from jiedui.donations.rules.claims import MOST_CLAIMED
from jiedui.donations.rules.goods import GoodsKind


class ClaimForm(Form):
    """So many wishes of a kind, and what comes for them."""

    kind = Choice(_l("Kind"), GoodsKind)
    amount = Number(_l("How many wishes does your unit take?"), least=1, most=MOST_CLAIMED)
    words = SharedLine(
        _l("What exactly"), longest=60, description=_l("For example: school bags, 40 litres")
    )
    condition = Choice(_l("What are the goods like?"), Condition, default=Condition.new)
    carrier = Choice(_l("Who brings the goods?"), Carrier, needed=False)
    until = Day(_l("Last day of use, if there is one"), needed=False)
    named = BooleanField(_l("Our unit may be named in public"))

    def said(self) -> GiftSaid:
        """What was filled in."""
        return GiftSaid(
            form=GiftForm.goods,
            kind=self.kind.data,
            words=self.words.data or "",
            amount=self.amount.data or 0,
            named=bool(self.named.data),
            condition=self.condition.data,
            carrier=self.carrier.data,
            until=self.until.data,
        )


def claim_form(kind: GoodsKind | None) -> ClaimForm:
    """An empty claim of one kind."""
    return ClaimForm(data={"kind": kind, "condition": Condition.new})


def wanted_kind(said: str, open_kinds: Collection[GoodsKind]) -> GoodsKind | None:
    """The kind an address or a form names, if some of it is open, else the first that is."""
    first = next(iter(open_kinds), None)
    return next((kind for kind in open_kinds if kind.value == said), first)


class GiveClaimedForm(Form):
    """The office's one press."""

    evidence = SharedLine(
        _l("What shows the decision"), longest=80, description=_l("A list, a minute, a number")
    )
