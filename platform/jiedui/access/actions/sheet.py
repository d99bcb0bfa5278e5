"""Accounts from a checked sheet: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiedui.access.actions.accounts import Post, invite
from jiedui.access.models import Account
from jiedui.access.rules import Actor


@dataclass(frozen=True)
class Slip:
    """What is printed for one person: the account and the token of its link, seen this once."""

    account: Account
    post: Post
    token: str


@dataclass(frozen=True)
class Newcomer:
    """One person of a sheet."""

    name: str
    phone: str
    post: Post


def make_accounts(people: Sequence[Newcomer], *, by: Actor) -> list[Slip]:
    """An account and a link for each; the first that cannot be made refuses all."""
    slips = []
    for one in people:
        account, token = invite(one.name, one.phone, one.post, by=by)
        slips.append(Slip(account, one.post, token))
    return slips
