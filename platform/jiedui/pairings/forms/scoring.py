"""Forms of learned weights: switch a version on or off, and say why."""

from __future__ import annotations

from jiedui.core.forms import Form, SharedText
from jiedui.core.i18n import lazy_gettext as _l


class SwitchForm(Form):
    """Why the weights of matching change from now on."""

    why = SharedText(_l("Why they change"), needed=True, longest=400)
