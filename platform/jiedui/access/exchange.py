"""Accounts from a sheet: four columns, checked row by row before anything is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from flask_babel import force_locale

from jiedui.access import queries
from jiedui.access.rules import (
    BY_SHEET,
    AccessRefusal,
    Actor,
    Role,
    RowFault,
    level_fault,
    may_invite,
)
from jiedui.core import sheets, words
from jiedui.core.forms.text import phone_digits, phone_exists
from jiedui.core.i18n import LOCALES, gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.sheets import BadFile, FileFault
from jiedui.regions import queries as regions
from jiedui.regions.models import Region

NAME, PHONE, PLACE, ROLE = range(4)
HEADS = (_l("Name"), _l("Mobile number"), _l("Village or township"), _l("Role"))
NAME_MOST = 60


@dataclass
class SheetRow:
    """One row: what it says, what that means, and what is wrong with it, by column."""

    line: int
    said: tuple[str, str, str, str]
    phone: str = ""
    role: Role | None = None
    region: Region | None = None
    faults: list[tuple[int, RowFault]] = field(default_factory=list)

    def no(self, column: int, fault: RowFault) -> None:
        """Note a fault."""
        self.faults.append((column, fault))


def read(data: bytes, actor: Actor) -> list[SheetRow]:
    """The rows of a file with everything that is wrong with each; raise BadFile."""
    table = sheets.read(data)
    columns = _columns(table[0] if table else [])
    said = [
        SheetRow(line, tuple(_cell(row, c) for c in columns))  # type: ignore[arg-type]
        for line, row in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not said:
        raise BadFile(FileFault.no_rows)
    return check(said, actor)


def check(rows: list[SheetRow], actor: Actor) -> list[SheetRow]:
    """Look at every row again, against what is known now."""
    known, roles = _Places(actor.scope), _spoken(tuple(Role))
    for row in rows:
        row.faults.clear()
        row.phone = phone_digits(row.said[PHONE])
        _check_name(row)
        _check_role(row, roles, actor)
        _check_place(row, known)
    _check_phones(rows)
    return rows


def template(actor: Actor) -> bytes:
    """An empty sheet with the columns, and the roles and places to choose from."""
    offered: list[Role] = [r for r in BY_SHEET if may_invite(actor, r, actor.scope) is None]
    places = [r.full_name for r in regions.divisions(actor.scope) if _fits(r, offered)]
    return sheets.write(
        str(_l("Accounts")),
        [str(head) for head in HEADS],
        choices={PLACE: places, ROLE: [words.label(r) for r in offered]},
    )


def _fits(region: Region, roles: list[Role]) -> bool:
    return any(level_fault(role, region.level) is None for role in roles)


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _tidy(text: str) -> str:
    return "".join(text.split()).casefold()


def _columns(heads: list[str]) -> list[int]:
    """Where each column stands, by its head in any of our languages."""
    here = {_tidy(head): n for n, head in enumerate(heads)}
    found = [{here[w] for w in _in_all_languages(h) if w in here} for h in HEADS]
    if not all(found):
        raise BadFile(FileFault.columns_missing, gettext(", ").join(str(h) for h in HEADS))
    return [min(f) for f in found]


def _in_all_languages(text: Any) -> set[str]:
    spoken = set()
    for locale in LOCALES:
        with force_locale(locale):
            spoken.add(_tidy(str(text)))
    return spoken


def _spoken(roles: tuple[Role, ...]) -> dict[str, Role]:
    found = {}
    for locale in LOCALES:
        with force_locale(locale):
            found.update({_tidy(words.label(role)): role for role in roles})
    return found


class _Places:
    """The divisions of a scope by every name that somebody may write for them."""

    def __init__(self, scope: str) -> None:
        self.all = regions.divisions(scope)
        self.by_name: dict[str, list[Region]] = {}
        for region in self.all:
            for name in {_tidy(region.name), _tidy(region.full_name)}:
                self.by_name.setdefault(name, []).append(region)

    def find(self, text: str, role: Role | None) -> list[Region]:
        """What a name can mean; where it can mean several, what the role can be held in."""
        found = self.by_name.get(_tidy(text), [])
        fit = [r for r in found if role is None or level_fault(role, r.level) is None]
        return fit or found


def _check_name(row: SheetRow) -> None:
    if not row.said[NAME]:
        row.no(NAME, RowFault.name_missing)
    elif len(row.said[NAME]) > NAME_MOST:
        row.no(NAME, RowFault.name_long)


def _check_role(row: SheetRow, roles: dict[str, Role], actor: Actor) -> None:
    row.role = roles.get(_tidy(row.said[ROLE]))
    if row.role is None:
        row.no(ROLE, RowFault.role_unknown)
    elif may_invite(actor, row.role, actor.scope) is AccessRefusal.role_not_yours_to_give:
        row.no(ROLE, RowFault.role_not_yours)
    elif row.role not in BY_SHEET:
        row.no(ROLE, RowFault.role_not_by_sheet)


def _check_place(row: SheetRow, known: _Places) -> None:
    found = known.find(row.said[PLACE], row.role)
    row.region = found[0] if len(found) == 1 else None
    if not row.said[PLACE]:
        row.no(PLACE, RowFault.place_missing)
    elif not found:
        row.no(PLACE, RowFault.place_unknown)
    elif row.region is None:
        row.no(PLACE, RowFault.place_ambiguous)
    elif row.role is not None and level_fault(row.role, row.region.level) is not None:
        row.no(PLACE, RowFault.place_wrong_level)


def _check_phones(rows: list[SheetRow]) -> None:
    often = Counter(row.phone for row in rows)
    taken = queries.known_phones(row.phone for row in rows if row.phone)
    for row in rows:
        if len(row.phone) != 11 or not phone_exists(row.phone):
            row.no(PHONE, RowFault.phone_wrong)
        elif often[row.phone] > 1:
            row.no(PHONE, RowFault.phone_twice)
        elif row.phone in taken:
            row.no(PHONE, RowFault.phone_taken)
