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
    mine = [door for door in DOORS if stands(door.endpoint) and _opens(door, who)]
    here, found = _here([door.endpoint for door in mine]), dict[str, Way]()
    for door in mine:
        said = str(door.words)
        if said not in found:
            url = current_app.url_for(door.endpoint)
            found[said] = Way(door.room, url, door.words, door.icon, door.endpoint == here)
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


def _here(mine: list[str]) -> str:
    """The door somebody is at: the page's own, or one that the page is behind and no other of their
    doors leads to: by its address, else the first of the room."""
    now = request.endpoint or ""
    if now in mine:
        return now
    behind = [one for one in mine if one.split(".")[0] == now.split(".")[0]]
    under = (one for one in behind if request.path.startswith(f"{current_app.url_for(one)}/"))
    return next(under, next(iter(behind), ""))


def stands(endpoint: str) -> bool:
    """Whether the portal has this page."""
    return endpoint in current_app.view_functions
