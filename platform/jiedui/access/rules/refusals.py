"""Why an act on an account is refused."""

from __future__ import annotations

from enum import StrEnum


class AccessRefusal(StrEnum):
    """Why an account's act is refused."""

    wrong_sign_in = "wrong sign-in"
    too_many_tries = "too many tries"
    too_many_registrations = "too many registrations"
    wrong_code = "wrong code"
    link_gone = "link gone"
    phone_taken = "phone taken"
    password_short = "password short"  # noqa: S105
    password_common = "password common"  # noqa: S105
    password_has_name = "password has name"  # noqa: S105
    outside_scope = "outside scope"
    role_not_yours_to_give = "role not yours to give"
    office_missing = "office missing"
    last_admin = "last admin"
    self_disable = "self disable"
    deputy_is_self = "deputy is self"
    deputy_dates = "deputy dates"
    deputy_other_office = "deputy other office"
    hand_over_other_role = "hand over other role"
    hand_over_nothing = "hand over nothing"
    village_missing = "village missing"
    township_missing = "township missing"
    county_missing = "county missing"
    county_or_township = "county or township"
    unit_missing = "unit missing"
    unit_not_needed = "unit not needed"
    office_not_needed = "office not needed"
    role_to_self = "role to self"
    role_held_already = "role held already"
    ends_in_past = "ends in past"
    not_disabled = "not disabled"
    account_disabled = "account disabled"
    wrong_password = "wrong password"  # noqa: S105
    sheet_changed = "sheet changed"
    card_not_seen = "card not seen"
    pin_not_six = "pin not six"
    pin_easy = "pin easy"
    pin_date = "pin date"
    pin_phone = "pin phone"
    wrong_pin = "wrong pin"
    phone_gone = "phone gone"
    phone_not_for_role = "phone not for role"
    identity_cleared = "identity cleared"


class RowFault(StrEnum):
    """What is wrong with a row of a sheet of accounts."""

    name_missing = "name missing"
    name_long = "name long"
    phone_wrong = "phone wrong"
    phone_twice = "phone twice"
    phone_taken = "phone taken"
    place_missing = "place missing"
    place_unknown = "place unknown"
    place_ambiguous = "place ambiguous"
    place_wrong_level = "place wrong level"
    role_unknown = "role unknown"
    role_not_yours = "role not yours"
    role_not_by_sheet = "role not by sheet"
