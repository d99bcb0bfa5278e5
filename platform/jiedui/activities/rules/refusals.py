"""Why something about a campaign or a class is refused."""

from __future__ import annotations

from enum import StrEnum


class ActivityRefusal(StrEnum):
    """Why something about a campaign or a class is refused."""

    season_backwards = "season backwards"
    season_too_long = "season too long"
    season_past = "season past"
    season_there = "season there"
    checks_too_soon = "checks too soon"
    checks_too_late = "checks too late"
    season_settled = "season settled"
    no_team = "no team"
    not_of_team = "not of team"
    outside_season = "outside season"
    class_backwards = "class backwards"
    times_backwards = "times backwards"
    class_too_long = "class too long"
    no_meeting = "no meeting"
    place_outside = "place outside"
    no_seat = "no seat"
    on_class_already = "on class already"
    has_been_left_out = "has been left out"
    class_over = "class over"
    answer_missing = "answer missing"
    left_already = "left already"
    not_yet = "not yet"
    two_needed = "two needed"
    not_of_class = "not of class"
    no_length = "no length"
    outside_meeting = "outside meeting"
    not_told = "not told"
    confirmed_already = "confirmed already"
    own_list = "own list"
    without_consent = "without consent"
    answered_already = "answered already"
