"""Finding a file, a need, a helper or a pairing by number, and people by name, within reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import select

from jiedui.access.policy import Permission, may
from jiedui.access.rules import Actor
from jiedui.children import queries as children
from jiedui.children.models import Child
from jiedui.core import db
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import life

CODE = re.compile(r"^([CNVP])-?(\d{1,9})$")
HELPERS_MOST = 20


@dataclass
class Found:
    """What a search found, by what it is."""

    children: list[Child] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.children or self.needs or self.helpers or self.pairings)


def search(actor: Actor, text: str) -> Found:
    """What a number or a name means to this reader; nothing outside their reach."""
    wanted = "".join(text.split()).upper()
    code = CODE.match(wanted)
    if code is not None:
        return _by_code(actor, code.group(1), int(code.group(2)))
    if not wanted:
        return Found()
    return Found(children=_children(actor, text), helpers=_helpers_named(actor, text.strip()))


def _by_code(actor: Actor, letter: str, number: int) -> Found:
    if letter == "C":
        return Found(children=_children(actor, f"C-{number}"))
    if letter == "N" and may(actor, Permission.need_read):
        seen = select(Need).where(needs.visible_to(actor), Need.id == number)
        return Found(needs=list(db.session.scalars(seen)))
    if letter == "V":
        one = select(Helper).where(helpers.visible_to(actor), Helper.id == number)
        return Found(helpers=list(db.session.scalars(one)))
    if letter == "P":
        pair = select(Pairing).where(life.visible_to(actor), Pairing.id == number)
        return Found(pairings=list(db.session.scalars(pair)))
    return Found()


def _children(actor: Actor, text: str) -> list[Child]:
    return children.search(actor, text) if may(actor, Permission.child_read) else []


def _helpers_named(actor: Actor, name: str) -> list[Helper]:
    """Helpers by a part of the name, for those who vet or enter them. Names lie sealed, so the
    names in reach are opened one after another."""
    if not (may(actor, Permission.helper_vet) or may(actor, Permission.helper_enter)):
        return []
    rows = db.session.execute(select(Helper.id, Helper.name).where(helpers.visible_to(actor)))
    hits = [row.id for row in rows if name in row.name][:HELPERS_MOST]
    return helpers.several(hits)


def is_code(text: str) -> bool:
    """Whether somebody typed a number like C-0733 rather than a name."""
    return CODE.match("".join(text.split()).upper()) is not None
