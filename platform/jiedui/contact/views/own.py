"""What a helper has of their own: who they are, the private calendar address, the badge."""

from __future__ import annotations

from jiedui.access.guard import actor
from jiedui.core.errors import Missing
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper


def myself() -> Helper:
    """The helper who is signed in; raise Missing when this account is none."""
    helper = helpers.by_account(actor().account_id)
    if helper is None:
        raise Missing
    return helper
