"""Forms of sign-in, links, and one's own password."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField
from wtforms.validators import EqualTo

from jiedui.core.forms import Form, Phone, required
from jiedui.core.i18n import lazy_gettext as _l


class SignInForm(Form):
    """Mobile number and password."""

    phone = Phone(_l("Mobile number"), render_kw={"autocomplete": "username", "inputmode": "tel"})
    password = PasswordField(
        _l("Password"),
        [required(_l("Please type your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(
        _l("Remember this phone, it is mine"),
        description=_l("For village workers and volunteers: for 30 days a PIN opens it"),
    )


class NewPasswordForm(Form):
    """A new password, typed twice."""

    new_password = PasswordField(
        _l("New password"),
        [required(_l("Please choose a password"))],
        description=_l("At least 10 characters; three or four words are easy to remember"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same once more"),
        [
            required(_l("Please type it once more")),
            EqualTo("new_password", _l("The two are not the same")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """One's own new password; the present one is asked first."""

    present = PasswordField(
        _l("Present password"),
        [required(_l("Please type your password"))],
        render_kw={"autocomplete": "current-password"},
    )
