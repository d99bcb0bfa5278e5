"""What stands on the slip that a giver takes along."""

from __future__ import annotations

from typing import Any

from jiedui.core.i18n import gettext
from jiedui.core.pages import in_full
from jiedui.core.qr import qr
from jiedui.donations.models import Gift


def slip(gift: Gift) -> dict[str, Any]:
    """The public address of a gift, and its QR code."""
    address = in_full("disclosure.given", number=gift.number)
    return {"address": address, "code": qr(address, gettext("QR code to see where the gift is"))}
