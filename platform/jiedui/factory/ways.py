"""Where the signed-in person can go, and which door they are at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from jiedui.access.guard import actor_or_none
from jiedui.access.policy import may
from jiedui.access.rules import Actor
from jiedui.factory.doors import DOORS, Door, Room

BAR_MOST = 9  # doors that stand side by side; of more the bar shows rooms


@dataclass(frozen=True)
class Way:
    """A door as the bar shows it."""

    room: Room
    url: str
    words: Any
    icon: str
    current: bool


def ways() -> list[Way]:
    """Where the signed-in person can go, each once."""
    who = actor_or_none()
    if who is None:
        return []
    found: dict[str, Way] = {}
    for door in DOORS:
        said = str(door.words)
        if said not in found and stands(door.endpoint) and _opens(door, who):
            url, here = current_app.url_for(door.endpoint), _here(door.endpoint, who)
            found[said] = Way(door.room, url, door.words, door.icon, here)
    return list(found.values())


def rooms(found: list[Way]) -> list[tuple[Room | None, list[Way]]]:
    """The bar at a desk: every way by itself, or, where they are many, by rooms; what is one's own
    and a room of one way stay by themselves (None)."""
    if len(found) <= BAR_MOST:
        return [(None, [one]) for one in found]
    bar: list[tuple[Room | None, list[Way]]] = []
    for room in Room:
        mine = [one for one in found if one.room is room]
        if room is Room.mine or len(mine) == 1:
            bar += [(None, [one]) for one in mine]
        elif mine:
            bar.append((room, mine))
    return bar


def _opens(door: Door, who: Actor) -> bool:
    """Whether somebody has this door, and no wider one that leads there too."""
    wider = door.unless is not None and may(who, door.unless)
    return may(who, door.permission) and not wider


def _here(endpoint: str, who: Actor) -> bool:
    """Whether the page is this door's, or one behind it that no other of their doors leads to: by
    its address, else the first of the room."""
    now = request.endpoint or ""
    mine = [d.endpoint for d in DOORS if stands(d.endpoint) and _opens(d, who)]
    if now == endpoint or now in mine:
        return now == endpoint
    behind = [one for one in mine if one.split(".")[0] == now.split(".")[0]]
    under = (one for one in behind if request.path.startswith(f"{current_app.url_for(one)}/"))
    return next(under, next(iter(behind), "")) == endpoint


def stands(endpoint: str) -> bool:
    """Whether the portal has this page."""
    return endpoint in current_app.view_functions
