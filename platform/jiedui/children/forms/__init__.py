"""Forms about children: the parts a visit is made of, and the pages of a file."""

from __future__ import annotations

from jiedui.children.forms.doubles import DoubleForm
from jiedui.children.forms.family import (
    DetailForm,
    EvidenceForm,
    GuardianForm,
    detail_form,
    guardian_form,
)
from jiedui.children.forms.holding import HoldForm
from jiedui.children.forms.listing import FilterForm
from jiedui.children.forms.pages import (
    AnswerForm,
    AskForm,
    ChangeForm,
    CloseForm,
    ConsentForm,
    HeardForm,
    RevealForm,
    WithdrawForm,
    change_form,
)
from jiedui.children.forms.parts import (
    ChildPart,
    ConsentPart,
    FamilyPart,
    GuardianChoice,
    ViewPart,
    complain,
)
from jiedui.children.forms.stale import differences

__all__ = [
    "AnswerForm",
    "AskForm",
    "ChangeForm",
    "ChildPart",
    "CloseForm",
    "ConsentForm",
    "ConsentPart",
    "DetailForm",
    "DoubleForm",
    "EvidenceForm",
    "FamilyPart",
    "FilterForm",
    "GuardianChoice",
    "GuardianForm",
    "HeardForm",
    "HoldForm",
    "RevealForm",
    "ViewPart",
    "WithdrawForm",
    "change_form",
    "complain",
    "detail_form",
    "differences",
    "guardian_form",
]
