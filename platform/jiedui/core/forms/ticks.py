"""A list of things to tick, each with the version it was shown at."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField, widgets
from wtforms.validators import ValidationError


class VersionTicks(SelectMultipleField):
    """Things with the versions they were shown at, as "id-version". `nothing` is said when none
    is ticked."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, label: Any, *, nothing: Any, **kw: Any) -> None:
        self.nothing = nothing
        super().__init__(label, **kw)

    def pre_validate(self, form: Any) -> None:
        """Anything may be named: what is gone meanwhile is left out, not refused."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """At least one is ticked."""
        if not self.versions():
            raise ValidationError(str(self.nothing))

    def versions(self) -> dict[int, int]:
        """The version at which each ticked thing was shown."""
        pairs = [value.partition("-") for value in self.data or []]
        return {int(n): int(v) for n, _, v in pairs if n.isdecimal() and v.isdecimal()}
