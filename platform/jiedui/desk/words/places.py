"""Words for acts on places and on the safety of schools, and for these things."""

from __future__ import annotations

from typing import Any

from jiedui.core.acts import Act
from jiedui.core.i18n import lazy_gettext as _l

PLACE_ACTS: dict[Act, Any] = {
    Act.place_described: _l("What is told of a place changed"),
    Act.place_pictured: _l("Picture of a place kept"),
    Act.place_picture_gone: _l("Picture of a place taken away"),
    Act.sites_asked: _l("Asked where more places would help"),
    Act.sites_answered: _l("Worked out where more places would help"),
    Act.safety_inspected: _l("School inspected"),
    Act.safety_moved: _l("Finding at a school went on"),
    Act.safety_overdue: _l("Overdue finding at a school told"),
    Act.safety_pictured: _l("Picture of a finding kept"),
    Act.safety_patrolled: _l("Patrol of a school written down"),
    Act.safety_gear_set: _l("Equipment of a school said"),
    Act.safety_items_set: _l("List of school inspections set"),
}
PLACE_OBJECTS: dict[str, Any] = {
    "site_plan": _l("Proposal of places"),
    "safety_inspection": _l("Inspection of a school"),
    "safety_finding": _l("Finding at a school"),
    "safety_patrol": _l("Patrol of a school"),
    "safety_gear": _l("Equipment of a school"),
}
