"""The blueprint that the pages of helpers hang on, and how they find whom they are about."""

from __future__ import annotations

from flask import Blueprint

from jiedui.access.guard import actor
from jiedui.core.errors import Missing
from jiedui.helpers import queries
from jiedui.helpers.models import Helper

bp = Blueprint("helpers", __name__)


def loaded(helper_id: int) -> Helper:
    """The helper of an address."""
    return queries.get(helper_id)


def own() -> Helper:
    """The signed-in person as a helper."""
    helper = queries.by_account(actor().account_id)
    if helper is None:
        raise Missing
    return helper


def on_paper(helper_id: int) -> Helper:
    """A helper without an account: others write for them."""
    helper = queries.get(helper_id)
    if helper.account_id is not None:
        raise Missing
    return helper
