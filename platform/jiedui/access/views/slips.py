"""A single-use link, shown once: as text, as a QR code, and as a slip to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from jiedui.access.actions import Slip
from jiedui.access.models import Account
from jiedui.core.i18n import gettext
from jiedui.core.pages import in_full
from jiedui.core.qr import qr


@dataclass(frozen=True)
class Shown:
    """One person's slip as a page shows it."""

    account: Account
    role: str
    link: str
    code: Markup


def address(token: str) -> str:
    """The link in full, under the address by which people reach the portal."""
    return in_full("access.use_link", token=token)


def slip(account: Account, token: str, role: str = "") -> str:
    """The page that shows one link, once."""
    return render_template("access/account_slip.html", slips=[shown(account, token, role)])


def slips(made: Sequence[Slip]) -> str:
    """The page that shows the links of a whole sheet, once."""
    all_of_them = [shown(s.account, s.token, s.post.region.full_name) for s in made]
    return render_template("access/account_slip.html", slips=all_of_them)


def shown(account: Account, token: str, role: str) -> Shown:
    """A slip as a page shows it."""
    link = address(token)
    return Shown(account, role, link, qr(link, gettext("QR code of the link"), scale=4))
