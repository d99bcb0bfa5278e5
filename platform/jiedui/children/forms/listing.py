"""What the list of children is narrowed to."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from jiedui.access.rules import Actor
from jiedui.children.queries import Aspect, Filter, offered
from jiedui.children.rules import Category, ChildState, RiskLevel
from jiedui.core import words
from jiedui.core.forms import Form
from jiedui.core.forms.choices import member_or_none
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.regions.models import Region


class FilterForm(Form):
    """Conditions of the list; sent in the address, so it never asks for names."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    region = SelectField(_l("Village"), [Optional()], coerce=str, validate_choice=False)
    category = SelectField(_l("Situation"), [Optional()], coerce=member_or_none(Category))
    risk = SelectField(_l("Risk level"), [Optional()], coerce=member_or_none(RiskLevel))
    need = SelectField(_l("Wishes"), [Optional()], coerce=str, validate_choice=False)
    review = SelectField(
        _l("This quarter's review"), [Optional()], coerce=str, validate_choice=False
    )
    consent = SelectField(_l("Consent"), [Optional()], coerce=str)
    state = SelectField(_l("File"), [Optional()], coerce=str, validate_choice=False)

    def offer(self, regions: list[Region], actor: Actor) -> None:
        """Fill in the choices; what a reader may not ask is not there."""
        whatever = ("", gettext("All"))
        self.region.choices = [whatever, *((str(r.id), r.full_name) for r in regions)]
        self.category.choices = [whatever, *words.choices(Category)]
        self.risk.choices = [whatever, *words.choices(RiskLevel)]
        self.consent.choices = [whatever, ("missing", gettext("Consent is missing"))]
        open_, closed = words.choices(ChildState)
        self.state.choices = [open_, closed, ("all", gettext("All"))]
        for aspect in Aspect:
            known = offered(actor, aspect, narrowed=bool(self._asked("region")))
            self._fields[aspect.value].choices = [whatever, *known]
            if not known:
                del self[aspect.value]

    def _asked(self, name: str) -> str:
        """The value asked for, if it is one of those offered."""
        field = self._fields.get(name)
        value = str(field.data or "") if field is not None else ""
        return value if value and value in {str(v) for v, _text in field.choices} else ""

    def wanted(self) -> Filter:
        """The conditions chosen."""
        region, state = self._asked("region"), self.state.data or ChildState.open.value
        known = {aspect: self._asked(aspect.value) for aspect in Aspect}
        return Filter(
            region_id=int(region) if region else None,
            category=self.category.data,
            risk=self.risk.data,
            consent=self._asked("consent"),
            state=ChildState(state) if state in set(ChildState) else None,
            known={aspect: value for aspect, value in known.items() if value},
        )

    def chosen(self) -> dict[str, str]:
        """What is chosen beyond what the list shows by itself, by field."""
        found = {name: self._asked(name) for name in self._fields}
        usual = {"state": ChildState.open.value}
        return {k: v for k, v in found.items() if v and v != usual.get(k)}

    def words_of(self, name: str) -> str:
        """A chosen condition in words."""
        field = self._fields[name]
        value = self._asked(name)
        said = next(str(text) for known, text in field.choices if str(known) == value)
        return f"{field.label.text}{gettext(': ')}{said}"
