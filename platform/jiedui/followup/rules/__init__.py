"""Whose voice is heard and when (asking), how a pairing does (health), what is told when nothing
comes (clocks)."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """Whose word it is. The three are kept apart and never averaged."""

    child = "child"
    carer = "carer"
    helper = "helper"


class Face(StrEnum):
    """What a child points at, on paper or on a phone: no words are asked of a child."""

    glad = "glad"
    so_so = "so_so"
    sad = "sad"


class Through(StrEnum):
    """How somebody was heard."""

    visit = "visit"
    call = "call"
    elsewhere = "elsewhere"
    own_page = "own_page"


class Who(StrEnum):
    """Who of a family wishes a pairing to stop."""

    guardian = "guardian"
    carer = "carer"
    child = "child"


class StopVia(StrEnum):
    """By which way a family said stop."""

    told = "told"
    link = "link"


class Health(StrEnum):
    """How a pairing does, worst first."""

    red = "red"
    amber = "amber"
    green = "green"


class FollowRefusal(StrEnum):
    """Why something said of a pairing is refused."""

    nothing_said = "nothing said"
    in_future = "day to come"
    before_it_began = "before it began"
    own_voice_only = "own voice only"
    key_unknown = "key unknown"
    has_ended = "has ended"
