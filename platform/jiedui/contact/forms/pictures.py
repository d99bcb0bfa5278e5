"""A picture for the family card."""

from __future__ import annotations

from wtforms import FileField

from jiedui.core.forms import Form
from jiedui.core.i18n import lazy_gettext as _l


class PictureForm(Form):
    """One photo of the helper."""

    file = FileField(_l("A photo of you, as on an identity card"))
