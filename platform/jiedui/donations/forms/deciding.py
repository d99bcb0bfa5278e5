"""Forms of proposals, second persons, ties, corrections and what a giver was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jiedui.core import clock, words
from jiedui.core.forms import Choice, Day, Form, Number, SharedLine, VersionTicks, Yuan
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.actions.corrections import Asked
from jiedui.donations.forms.gifts import MOST_PIECES, MOST_YUAN, allot_form
from jiedui.donations.models import Allotment, Gift, GiftEntry, GiftPlanLine, MaterialWish
from jiedui.donations.rules.books import GiftForm
from jiedui.donations.rules.deciding import AskedBy, GiverAnswer
from jiedui.donations.rules.goods import GoodsKind
from jiedui.donations.rules.relations import REASONS, ClearReason, TieAnswer

EVIDENCE = _l("What shows the decision")
LISTED = _l("A list, a minute, a number")


class PlanForm(Form):
    """Which lines of a proposal are given."""

    lines = VersionTicks(_l("Lines that are given"), nothing=_l("No line is ticked yet"))
    evidence = SharedLine(EVIDENCE, longest=80, description=LISTED)


def plan_form(lines: Sequence[GiftPlanLine]) -> PlanForm:
    """The lines of a page that can be given, everything ticked."""
    values = [f"{one.id}-0" for one in lines]
    form = PlanForm(data={"lines": values})
    form.lines.choices = [(value, value) for value in values]
    return form


class SecondForm(Form):
    """Why the second person says no."""

    evidence = SharedLine(_l("Why not? The office reads this"), longest=80)


class TieForm(Form):
    """What another person says of a tie."""

    reason = Choice(_l("What have you found?"), ClearReason)
    evidence = SharedLine(
        _l("What shows it"), longest=80, description=_l("Whom you asked, and when; no name")
    )

    @property
    def answer(self) -> TieAnswer:
        """What follows from the reason."""
        upheld = self.reason.data in REASONS[TieAnswer.upheld]
        return TieAnswer.upheld if upheld else TieAnswer.cleared


class CorrectForm(Form):
    """What an entry should have said."""

    amount: Any = None
    evidence = SharedLine(
        _l("What shows it"), longest=80, description=_l("A receipt's number, a list, a minute")
    )

    def value(self) -> int:
        """Pieces, or fen; 0 where it is left empty."""
        field: Any = self._fields["amount"]
        return (field.fen if isinstance(field, Yuan) else field.data) or 0


def correct_form(gift: Gift, entry: GiftEntry) -> CorrectForm:
    """A form that asks for the right amount of an entry."""
    hint = _l("Empty: nothing of it happened")
    if gift.form is GiftForm.funds:
        field: Any = Yuan(
            _l("The right sum (yuan)"), needed=False, most=MOST_YUAN, description=hint
        )
    else:
        field = Number(_l("The right number of pieces"), needed=False, least=1, most=MOST_PIECES,
                       description=hint)  # fmt: skip
    made: Any = type("Correcting", (CorrectForm,), {"amount": field})
    return made()  # type: ignore[no-any-return]


class PurposeForm(Form):
    """What a giver was asked, and said."""

    kind = Choice(
        _l("For what may the money be used now?"),
        GoodsKind,
        needed=False,
        choices=lambda: [("any", _l("any material wish")), *words.choices(GoodsKind)],
    )
    until = Day(_l("Until when"), needed=False)
    how = Choice(_l("How was the giver asked?"), AskedBy)
    on = Day(_l("On which day"))
    answer = Choice(_l("What did they say?"), GiverAnswer)
    evidence = SharedLine(_l("What shows it"), longest=80, description=LISTED)

    def said(self) -> Asked:
        """What was filled in."""
        return Asked(
            self.kind.data, self.until.data, self.how.data, self.on.data, self.answer.data,
            self.evidence.data,
        )  # fmt: skip


def purpose_form(gift: Gift) -> PurposeForm:
    """The form as the gift stands today."""
    data = {"version": str(gift.version), "kind": gift.kind, "until": gift.until}
    return PurposeForm(data={**data, "on": clock.today()})


def move_form(one: Allotment, wishes: Sequence[MaterialWish]) -> Any:
    """The wishes that may have it instead."""
    form = allot_form(wishes)
    del form.amount
    form.version.data = form.version.data or str(one.version)
    return form
