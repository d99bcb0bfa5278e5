"""Forms of sign-in, of one's own account, and of account administration."""

from __future__ import annotations

from jiedui.access.forms.accounts import (
    HandOverForm,
    InviteForm,
    PhoneForm,
    PostForm,
    SearchForm,
    SheetForm,
)
from jiedui.access.forms.factors import (
    CodeForm,
    ConfirmForm,
    HandCardForm,
    NewPinForm,
    PinForm,
    SecondStepForm,
    SeenForm,
)
from jiedui.access.forms.signing import (
    ChangePasswordForm,
    NewPasswordForm,
    SignInForm,
)

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmForm",
    "HandCardForm",
    "HandOverForm",
    "InviteForm",
    "NewPasswordForm",
    "NewPinForm",
    "PhoneForm",
    "PinForm",
    "PostForm",
    "SearchForm",
    "SecondStepForm",
    "SeenForm",
    "SheetForm",
    "SignInForm",
]
