"""The ways out of the house, all behind one interface. As it comes there is none: nothing leaves
until the installation names a server.

In the demo every way is there and leads nowhere: invented people have no mailbox.
"""

from __future__ import annotations

from collections.abc import Mapping

from jiedui.core.carriers.mail import Mail
from jiedui.core.carriers.ways import OUTWARD, Carrier, NotCarried, Posted, Way, Why
from jiedui.core.carriers.webhook import Webhook
from jiedui.settings import Mode, Settings

__all__ = [
    "OUTWARD",
    "Carrier",
    "NotCarried",
    "Posted",
    "Way",
    "Why",
    "address",
    "carry",
    "configure",
    "ways",
]
_now: dict[Way, Carrier] = {}
_base: list[str] = [""]


class Nowhere:
    """The demo's way: takes everything, keeps and sends nothing."""

    def carry(self, posted: Posted) -> None:
        """See Carrier."""


def configure(settings: Settings) -> None:
    """The ways of this process from now on; raise BadSettings for a template that is none."""
    _now.clear()
    _base[0] = settings.public_url.rstrip("/")
    outward = settings.outward
    if settings.mode is Mode.demo:
        _now.update({way: Nowhere() for way in OUTWARD})
    if outward.smtp_host:
        _now[Way.email] = Mail(outward)
    if outward.sms.url:
        _now[Way.sms] = Webhook(outward.sms)
    if outward.wecom.url:
        _now[Way.wecom] = Webhook(outward.wecom)


def ways() -> Mapping[Way, Carrier]:
    """The ways there are."""
    return _now


def address(path: str) -> str:
    """The whole address of a page, for a message: the worker serves no page and sees no request."""
    return f"{_base[0]}{path}"


def carry(way: Way, posted: Posted) -> None:
    """Hand a message over; raise NotCarried."""
    carrier = _now.get(way)
    if carrier is None:
        raise NotCarried(Why.not_configured, again=True)
    carrier.carry(posted)
