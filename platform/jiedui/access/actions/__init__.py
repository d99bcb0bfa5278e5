"""What is done with accounts: opened, given roles, signed in to, handed over, closed."""

from __future__ import annotations

from jiedui.access.actions.accounts import (
    Post,
    add_role,
    change_phone,
    check_post,
    clear_second_factor,
    disable,
    enable,
    end_role,
    give_role,
    invite,
    lost_password,
    new_link,
    open_account,
)
from jiedui.access.actions.cards import hand_card, make_card
from jiedui.access.actions.deputies import end_deputy, name_deputy
from jiedui.access.actions.grants import end_grants, end_grants_to, grant
from jiedui.access.actions.handing_over import hand_over
from jiedui.access.actions.leaving import sign_out_everywhere
from jiedui.access.actions.phones import (
    forget_phone,
    open_phone,
    remember_phone,
    sign_out_phone,
)
from jiedui.access.actions.sheet import Newcomer, Slip, make_accounts
from jiedui.access.actions.signing import (
    change_password,
    check_code,
    confirm_password,
    hash_of_new,
    note_signed_in,
    set_password,
    set_second_factor,
    try_sign_in,
    use_link,
)
from jiedui.access.actions.tries import count_registration

__all__ = [
    "Newcomer",
    "Post",
    "Slip",
    "add_role",
    "change_password",
    "change_phone",
    "check_code",
    "check_post",
    "clear_second_factor",
    "confirm_password",
    "disable",
    "enable",
    "end_deputy",
    "end_grants",
    "end_grants_to",
    "end_role",
    "forget_phone",
    "give_role",
    "grant",
    "hand_card",
    "hand_over",
    "invite",
    "lost_password",
    "make_accounts",
    "make_card",
    "name_deputy",
    "new_link",
    "note_signed_in",
    "open_account",
    "open_phone",
    "remember_phone",
    "set_password",
    "set_second_factor",
    "sign_out_everywhere",
    "sign_out_phone",
    "try_sign_in",
    "count_registration",
    "hash_of_new",
    "use_link",
]
