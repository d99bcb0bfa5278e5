"""Words that others will read: who types somebody's identity is told before it is kept."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from jiedui.core import words
from jiedui.core.forms.text import LongText, Text
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.identity import NOBODY, Family, Told, told

words.say(
    Told,
    {
        Told.id_number: _l("an identity number"),
        Told.mobile: _l("a mobile number"),
        Told.name: _l("a name of the family"),
        Told.school: _l("the child's school"),
        Told.address: _l("an address"),
    },
)
TICK = "-anyway"


class _Shared:
    """Warns once of identity in the text. Ticked by its writer, it stands (fields: `warned`)."""

    family: Family = NOBODY
    warned = anyway = False

    def know(self, family: Family) -> None:
        """Whom the text is about."""
        self.family = family

    def process(self, formdata: Any, *args: Any, **kw: Any) -> None:
        super().process(formdata, *args, **kw)  # type: ignore[misc]
        self.anyway = bool(formdata and formdata.get(self.name + TICK))  # type: ignore[attr-defined]

    def pre_validate(self, form: Any) -> None:
        found = told(self.data or "", self.family)  # type: ignore[attr-defined]
        self.warned = bool(found)
        if found and not self.anyway:
            what = gettext(" and ").join(words.label(one) for one in found)
            raise StopValidation(
                gettext("This seems to hold %(what)s. Others will read it.", what=what)
            )


class SharedText(_Shared, LongText):
    """Several lines that others will read."""


class SharedLine(_Shared, Text):
    """One line that others will read."""
