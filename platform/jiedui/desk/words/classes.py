"""Words for acts on campaigns, classes and small groups."""

from __future__ import annotations

from typing import Any

from jiedui.core.acts import Act
from jiedui.core.i18n import lazy_gettext as _l

CLASS_ACTS: dict[Act, Any] = {
    Act.season_opened: _l("Holiday campaign opened"),
    Act.season_changed: _l("Holiday campaign changed"),
    Act.season_joined: _l("Team signed up for the holidays"),
    Act.season_settled: _l("Closing day of checks settled"),
    Act.season_online_answered: _l("Answered about help online"),
    Act.class_planned: _l("Class planned"),
    Act.class_helpers_put: _l("Helpers put on a class"),
    Act.class_helper_left: _l("Helper left a class"),
    Act.class_seat_given: _l("Seat on a class given"),
    Act.class_seat_left: _l("Seat on a class given up"),
    Act.class_list_read: _l("List of a class read"),
    Act.class_list_told: _l("List of a class told"),
    Act.class_list_confirmed: _l("List of a class confirmed"),
    Act.class_ended: _l("Class or group ended early"),
    Act.meeting_called_off: _l("Meeting called off"),
    Act.group_planned: _l("Small group planned"),
    Act.group_asked: _l("Somebody asked to hold a small group"),
    Act.group_answered: _l("Answered about holding a small group"),
    Act.course_planned: _l("Course planned"),
    Act.course_joined: _l("Signed up for a course"),
    Act.course_left: _l("Place on a course given up"),
    Act.course_told: _l("List of a course told"),
    Act.course_confirmed: _l("List of a course confirmed"),
    Act.course_called_off: _l("Course called off"),
    Act.event_looked: _l("Event of a unit looked at"),
    Act.event_slips_made: _l("Slips of seats printed"),
    Act.seat_scanned: _l("Slip of a seat scanned"),
    Act.event_planned: _l("Themed event planned"),
    Act.material_approved: _l("Teaching material approved"),
    Act.material_withdrawn: _l("Teaching material withdrawn"),
    Act.seat_awaited: _l("Child put in line for a seat"),
    Act.seat_awaited_no_more: _l("Child taken out of the line for a seat"),
    Act.target_written: _l("Line of the prevention plan set or changed"),
    Act.target_dropped: _l("Line of the prevention plan dropped"),
    Act.injury_recorded: _l("Injury recorded"),
    Act.injury_struck: _l("Injury struck out"),
    Act.hazard_written: _l("Water hazard entered or changed"),
    Act.hazard_checked: _l("Water hazard looked at"),
    Act.hazard_gone: _l("Water hazard taken off the list"),
}
