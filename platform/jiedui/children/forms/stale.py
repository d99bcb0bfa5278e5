"""A page that is older than the record: what stands there now beside what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import BooleanField, Field

from jiedui.core.forms import Form, PlaceField
from jiedui.core.i18n import gettext

HIDDEN = ("CSRFTokenField", "HiddenField")


def differences(typed: Form, now: Form) -> list[tuple[str, str, str]]:
    """Each field in which the two forms differ, as (label, what stands there now, what was
    typed)."""
    found = []
    for field in typed:
        other = now._fields.get(field.name)
        if field.type in HIDDEN or other is None:
            continue
        stands, mine = shown(other), shown(field)
        if stands != mine:
            found.append((str(field.label.text), stands, mine))
    return found


def shown(field: Field) -> str:
    """A field's value as a person reads it."""
    data: Any = field.data
    if isinstance(field, BooleanField):
        return gettext("yes") if data else gettext("no")
    if isinstance(field, PlaceField):
        return field.chosen.name if field.chosen else "–"
    if data is None or data == "" or data == []:
        return "–"
    if isinstance(data, date):
        return data.isoformat()
    known = _labels(field)
    values = data if isinstance(data, (list, tuple, set, frozenset)) else [data]
    return gettext(", ").join(known.get(str(v), str(v)) for v in values)


def _labels(field: Field) -> dict[str, str]:
    choices = getattr(field, "choices", None) or ()
    return {str(value): str(text) for value, text, *_rest in choices}
