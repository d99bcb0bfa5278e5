"""Letters about a leak are made: on record by the kinds of data, nothing of what was written."""

from __future__ import annotations

from jiedui.core import audit, clock
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.oversight.rules.breach import Breach, breach_fault
from jiedui.regions.models import Region


def make_breach_letters(county: Region, said: Breach, *, by: By) -> None:
    """Note that letters are made. Refuses a day to come, one noticed before it happened, and a
    number of a person among the words."""
    fault = breach_fault(said, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    audit.record(Act.breach_letters_made, county, by=by, kinds=[kind.value for kind in said.kinds])
