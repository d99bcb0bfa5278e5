"""Forms of helpers: what one says of oneself (details), the steps of registering (steps), and
what the office records (vetting)."""

from __future__ import annotations

from jiedui.helpers.forms.details import DetailsForm, EnterForm, PaperForm
from jiedui.helpers.forms.steps import Steps
from jiedui.helpers.forms.vetting import (
    CredentialForm,
    FilterForm,
    FindingForm,
    ListForm,
    ReplyForm,
    TogetherForm,
)

__all__ = [
    "CredentialForm",
    "DetailsForm",
    "EnterForm",
    "FilterForm",
    "FindingForm",
    "ListForm",
    "PaperForm",
    "ReplyForm",
    "Steps",
    "TogetherForm",
]
