"""A helper's badge: a card of the size of a bank card (ISO/IEC 7810 ID-1), whose QR code leads to a
page that answers one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from jiedui.contact.models import HelperBadge
from jiedui.contact.rules.own import OwnRefusal
from jiedui.core import papers, words
from jiedui.core.errors import Refusal
from jiedui.core.i18n import force_locale, gettext
from jiedui.core.pages import in_full
from jiedui.core.papers import MAIN
from jiedui.core.qr import qr as drawn
from jiedui.regions import queries as regions

if TYPE_CHECKING:
    from fpdf import FPDF

WIDTH, HEIGHT, EDGE, CODE = 85.6, 53.98, 5, 27


def address(badge: HelperBadge) -> str:
    """Where anybody asks whether the bearer is cleared today."""
    return in_full("contact.check_badge", number=badge.number)


def qr(badge: HelperBadge) -> Markup:
    """The QR code of the address, for the page."""
    return drawn(address(badge), gettext("QR code to check this badge"))


def lines(badge: HelperBadge) -> list[str]:
    """What stands on the card besides its title."""
    helper = badge.helper
    return [
        helper.name,
        helper.code,
        helper.unit.name if helper.unit else words.label(helper.kind),
        gettext("Scan to see whether it holds today. No child is shown there."),
    ]


def pdf(badge: HelperBadge) -> bytes:
    """The card in Chinese, with the used glyphs embedded. Refuses a character that no font here
    has: a name with a box in it would be a wrong name."""
    with force_locale("zh_CN"):
        title = gettext("%(county)s volunteer badge", county=regions.get(badge.county_id).name)
        said = lines(badge)
        card = papers.card(title, WIDTH, HEIGHT, EDGE)
        if not papers.printable(card, [title, *said]):
            raise Refusal(OwnRefusal.unprintable)
        _write(card, title, said)
        papers.draw_code(card, address(badge), WIDTH - EDGE - CODE, 17, CODE)
    return bytes(card.output())


def _write(card: FPDF, title: str, said: list[str]) -> None:
    name, code, unit, note = said
    card.set_fill_color(18, 67, 60)
    card.rect(0, 0, WIDTH, 12, style="F")
    card.set_fill_color(0, 0, 0)
    card.set_text_color(255, 255, 255)
    _line(card, 3, 12, title, WIDTH - 2 * EDGE)
    card.set_text_color(31, 42, 40)
    room = WIDTH - 2 * EDGE - CODE - 4
    _line(card, 17, 18, name, room)
    _line(card, 27, 10, code, room)
    _line(card, 33, 10, unit, room)
    _line(card, 47, 6.5, note, WIDTH - 2 * EDGE)


def _line(card: FPDF, top: float, size: float, text: str, room: float) -> None:
    """One line, made smaller until it fits."""
    card.set_font(MAIN, size=size)
    while card.get_string_width(text) > room and size > 5:
        size -= 0.5
        card.set_font(MAIN, size=size)
    card.set_xy(EDGE, top)
    card.cell(room, size * 0.45, text)
