"""Forms of the second factor, of a remembered phone, and of the password typed once more."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField
from wtforms.validators import EqualTo

from jiedui.core.forms import Form, Text, required
from jiedui.core.i18n import lazy_gettext as _l

DIGITS = {"inputmode": "numeric", "maxlength": 6}


class CodeForm(Form):
    """The six digits of an authenticator."""

    code = Text(
        _l("Six-digit code"),
        longest=7,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class SecondStepForm(Form):
    """A code of an authenticator, or one of a printed card."""

    code = Text(
        _l("One-time code"),
        longest=12,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class ConfirmForm(Form):
    """The password once more."""

    password = PasswordField(
        _l("Password"),
        [required(_l("Please type your password"))],
        render_kw={"autocomplete": "current-password"},
    )


class PinForm(Form):
    """The PIN of a remembered phone."""

    pin = PasswordField(
        _l("PIN"),
        [required(_l("Please type your PIN"))],
        render_kw={**DIGITS, "autocomplete": "off"},
    )


class NewPinForm(PinForm):
    """A new PIN, typed twice."""

    pin = PasswordField(
        _l("PIN of six digits"),
        [required(_l("Please choose a PIN"))],
        render_kw={**DIGITS, "autocomplete": "off"},
    )
    again = PasswordField(
        _l("The same once more"),
        [
            required(_l("Please type it once more")),
            EqualTo("pin", _l("The two are not the same")),
        ],
        render_kw={**DIGITS, "autocomplete": "off"},
    )


class SeenForm(Form):
    """Somebody stands here, and their ID card was looked at."""

    seen = BooleanField(_l("I have looked at this person's ID card"))


class HandCardForm(SeenForm):
    """A card for somebody, and a new link with it when the password is lost, too."""

    link = BooleanField(_l("The password is lost, too: a new link stands on the paper"))
