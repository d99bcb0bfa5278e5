"""The family card: one sheet of A6 with two sides that hangs at the carer's. Who comes, when, whom
to call, that it can be stopped at any time; and the strip of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from jiedui.access import queries as accounts
from jiedui.access.rules import Role
from jiedui.contact.certificate.agreement import slot_text
from jiedui.contact.certificate.badge import address as badge_address
from jiedui.contact.queries import own
from jiedui.contact.rules.own import OwnRefusal
from jiedui.core import papers, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.pages import day
from jiedui.core.papers import MAIN
from jiedui.core.written import BLANK
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import teams
from jiedui.pairings.rules import ACQUAINTED
from jiedui.regions import queries as regions
from jiedui.regions.rules import Setting

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, EDGE = 105, 148, 8
ROOM = WIDTH - 2 * EDGE
STOP = 22  # the side of the code by which the family stops it
PICTURE = (22, 28)  # the helper's picture, or room to glue one on
GREEN, INK, ORANGE = (18, 67, 60), (31, 42, 40), (150, 64, 12)


@dataclass(frozen=True)
class Card:
    """Every word on the card. `calls` are (whom, number); `hotlines` (number, what for). No word
    says why the child is helped: the card hangs where neighbours read it."""

    title: str
    name: str
    about: list[str]
    when: list[tuple[str, str]]
    calls: list[tuple[str, str]]
    hotlines: list[tuple[str, str]]
    badge: str
    note: str
    picture: bytes | None = None


def card(pairing: Pairing) -> Card:
    """The words for the family of a pairing, in the reader's language."""
    helper, need = pairing.helper, pairing.need
    badge = own.badge_of(helper.id)
    picture = own.picture_of(helper.id)
    where = need.place.name if need.place else words.label(need.where)
    lines = regions.hotlines(pairing.county_id)
    return Card(
        title=gettext("Family card"),
        name=helper.name,
        about=[helper.unit.name if helper.unit else words.label(helper.kind), helper.code],
        when=[
            (gettext("What for"), words.label(need.kind)),
            (gettext("When"), slot_text(pairing.slot)),
            (gettext("Where"), where),
            *_others(pairing),
        ],
        calls=_calls(pairing),
        hotlines=[(line.number, line.name_zh) for line in lines],
        badge=badge_address(badge) if badge else "",
        note=gettext(
            "Pairing %(code)s, made %(day)s", code=pairing.code, day=day(pairing.ready_at)
        ),
        picture=picture.content if picture else None,
    )


def _others(pairing: Pairing) -> list[tuple[str, str]]:
    """Who else comes as a team, once the family knows them."""
    known = [one for one in teams.others_of(pairing) if one.state in ACQUAINTED]
    names = gettext(" / ").join(one.helper.name for one in known)
    return [(gettext("Also comes"), names)] if names else []


def _calls(pairing: Pairing) -> list[tuple[str, str]]:
    """The child director, the office, the county's duty telephone, the helper: who has a number."""
    county, path = pairing.county_id, pairing.scope_path
    local = accounts.holders(county, Role.child_director, region_path=path)
    local = local or accounts.holders(county, Role.township_supervisor, region_path=path)
    office = accounts.holders(county, Role.coordinator, office=pairing.office, region_path=path)
    known = []
    for whom, found in ((None, local), (pairing.office, office)):
        for holding in found[:1]:
            account = accounts.get(holding.account_id)
            known.append((f"{words.label(whom or holding.role)} {account.name}", account.phone))
    if not local:  # written by hand, like what is not known on other papers
        known.insert(0, (words.label(Role.child_director), BLANK))
    known.append((gettext("Volunteer %(name)s", name=pairing.helper.name), pairing.helper.phone))
    duty = str(regions.setting(county, Setting.duty_phone))
    return [*known, (gettext("Duty telephone of the county"), duty)] if duty else known


def pdf(pairing: Pairing, codes: Sequence[str], stop: str = "") -> bytes:
    """Both sides in Chinese, with the used glyphs embedded; without codes the strip is left out,
    without the address by which the family stops it (`stop`) its code.
    Refuses a character that no font here has."""
    with force_locale("zh_CN"):
        said = card(pairing)
        sheet = papers.card(said.title, WIDTH, HEIGHT, EDGE)
        pairs = [*said.when, *said.calls, *said.hotlines]
        texts = [said.name, *said.about, *(text for pair in pairs for text in pair)]
        if not papers.printable(sheet, texts):
            raise Refusal(OwnRefusal.unprintable)
        _front(sheet, said, stop)
        sheet.add_page()
        _back(sheet, said, codes)
    return bytes(sheet.output())


def _front(sheet: FPDF, said: Card, stop: str) -> None:
    _band(sheet, said.title)
    top = 20.0
    sheet.set_draw_color(*GREEN)
    if said.picture:
        sheet.image(BytesIO(said.picture), EDGE, top, *PICTURE)
    else:
        _text(sheet, EDGE + 1, top + 12, gettext("Photo"), 9, PICTURE[0] - 2, align="C")
    sheet.rect(EDGE, top, *PICTURE)
    left = EDGE + PICTURE[0] + 5
    _text(sheet, left, top + 2, said.name, 20, WIDTH - EDGE - left)
    for number, line in enumerate(said.about):
        _text(sheet, left, top + 13 + number * 6, line, 11, WIDTH - EDGE - left)
    top = 53.0
    for name, value in said.when:
        _text(sheet, EDGE, top, f"{name}：{value}", 12, ROOM)
        top += 7
    _stop(sheet, top + 2, stop)
    top += 29
    for whom, phone in said.calls:
        _text(sheet, EDGE, top, whom, 9.5, ROOM - 40)
        _text(sheet, WIDTH - EDGE - 40, top, phone, 12, 40, align="R")
        top += 7
    _text(sheet, EDGE, HEIGHT - EDGE - 3, said.note, 7.5, ROOM)


def _stop(sheet: FPDF, top: float, stop: str) -> None:
    """The words that matter most, largest; beside them the code that stops it."""
    room = ROOM - (STOP + 3 if stop else 0)
    if stop:
        papers.draw_code(sheet, stop, EDGE + ROOM - STOP, top, STOP)
    sheet.set_text_color(*ORANGE)
    _text(sheet, EDGE, top, gettext("Stop at any time"), 22, room)
    sheet.set_text_color(*INK)
    how = gettext(
        "One call is enough. No reason is needed; allowances and school stay as they are."
    )
    if stop:
        how = gettext(
            "One call is enough, or this code. No reason is needed; allowances and school stay."
        )
    sheet.set_font(MAIN, size=9.5)
    sheet.set_xy(EDGE, top + 11)
    sheet.multi_cell(room, 5, how)


def _back(sheet: FPDF, said: Card, codes: Sequence[str]) -> None:
    _band(sheet, gettext("In danger: 110"))
    top = 18.0
    for number, what in said.hotlines:
        _text(sheet, EDGE, top, number, 13, 22)
        _text(sheet, EDGE + 24, top + 0.5, what, 9.5, ROOM - 24)
        top += 7
    if said.badge:
        papers.draw_code(sheet, said.badge, EDGE, top + 2, 20)
        hint = gettext("Is this the person? Scan: it says whether the badge holds today.")
        sheet.set_font(MAIN, size=9.5)
        sheet.set_xy(EDGE + 24, top + 6)
        sheet.multi_cell(ROOM - 24, 5, hint)
        top += 25
    if codes:
        _strip(sheet, top + 2, codes)


def _strip(sheet: FPDF, top: float, codes: Sequence[str]) -> None:
    """One code for each visit, in four columns, with room to cross it out."""
    rule = gettext("After each visit show the next code, then cross it out. No visit, no code.")
    _text(sheet, EDGE, top, rule, 8.5, ROOM)
    wide, columns = ROOM / 4, 4
    for number, code in enumerate(codes):
        left = EDGE + number % columns * wide
        at = top + 7 + number // columns * 8
        sheet.rect(left, at, wide, 8)
        _text(sheet, left, at + 1.7, f"{number + 1}. {code}", 10, wide, align="C")


def _band(sheet: FPDF, title: str) -> None:
    sheet.set_fill_color(*GREEN)
    sheet.rect(0, 0, WIDTH, 14, style="F")
    sheet.set_fill_color(0, 0, 0)
    sheet.set_text_color(255, 255, 255)
    _text(sheet, EDGE, 4, title, 15, ROOM)
    sheet.set_text_color(*INK)


def _text(
    sheet: FPDF, left: float, top: float, text: str, size: float, room: float, align: str = "L"
) -> None:
    """One line, made smaller until it fits."""
    sheet.set_font(MAIN, size=size)
    while sheet.get_string_width(text) > room - 1 and size > 6:
        size -= 0.5
        sheet.set_font(MAIN, size=size)
    sheet.set_xy(left, top)
    sheet.cell(room, size * 0.45, text, align=align)
