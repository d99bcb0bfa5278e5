"""Forms about children: the parts a visit is made of, and the pages of a file."""

from __future__ import annotations

from jiedui.children.forms.pages import (
    AnswerForm,
    AskForm,
    ChangeForm,
    CloseForm,
    ConsentForm,
    FilterForm,
    GuardianForm,
    HeardForm,
    RevealForm,
    WithdrawForm,
    change_form,
    guardian_form,
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
    "FamilyPart",
    "FilterForm",
    "GuardianChoice",
    "GuardianForm",
    "HeardForm",
    "RevealForm",
    "ViewPart",
    "WithdrawForm",
    "change_form",
    "complain",
    "differences",
    "guardian_form",
]
