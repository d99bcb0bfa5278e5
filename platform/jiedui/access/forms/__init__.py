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
from jiedui.access.forms.signing import (
    ChangePasswordForm,
    CodeForm,
    NewPasswordForm,
    SignInForm,
)

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "HandOverForm",
    "InviteForm",
    "NewPasswordForm",
    "PhoneForm",
    "PostForm",
    "SearchForm",
    "SheetForm",
    "SignInForm",
]
