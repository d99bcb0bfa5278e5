"""Words for roles, offices, states of an account and refusals."""

from jiedui.access.rules import (
    AccessRefusal,
    AccountState,
    GrantLevel,
    Office,
    Role,
    RowFault,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.sheets import FileFault

words.say(
    Role,
    {
        Role.volunteer: _l("Volunteer"),
        Role.social_worker: _l("Social worker"),
        Role.unit_manager: _l("Manager of a unit"),
        Role.partner_member: _l("Member of a unit"),
        Role.donor: _l("Donor"),
        Role.child_director: _l("Village child director"),
        Role.grid_worker: _l("Grid worker"),
        Role.school_worker: _l("School worker"),
        Role.township_supervisor: _l("Township child supervisor"),
        Role.coordinator: _l("Coordinator"),
        Role.duty_officer: _l("Duty officer"),
        Role.leader: _l("Leader"),
        Role.auditor: _l("Auditor"),
        Role.account_admin: _l("Account administrator"),
    },
)
words.say(
    Office,
    {
        Office.youth_league: _l("Youth League"),
        Office.womens_federation: _l("Women's Federation"),
        Office.civil_affairs: _l("Civil Affairs"),
        Office.industry_federation: _l("Federation of Industry"),
        Office.education: _l("Education"),
        Office.health: _l("Health"),
        Office.culture: _l("Culture and Tourism"),
        Office.emergency: _l("Emergency Management"),
        Office.medical_insurance: _l("Medical Insurance"),
        Office.police: _l("Public Security"),
        Office.finance: _l("Finance"),
    },
)
words.say(
    AccountState,
    {
        AccountState.invited: _l("Invited"),
        AccountState.active: _l("In use"),
        AccountState.disabled: _l("Disabled"),
    },
)
words.say(
    GrantLevel,
    {
        GrantLevel.card: _l("Card"),
        GrantLevel.visit: _l("What a visit needs"),
        GrantLevel.file: _l("File"),
        GrantLevel.notes: _l("Notes"),
        GrantLevel.read: _l("To look at"),
    },
)
words.say(
    AccessRefusal,
    {
        AccessRefusal.wrong_sign_in: _l("Mobile number or password is not right"),
        AccessRefusal.too_many_registrations: _l(
            "Very many people are registering just now. Please try again later."
        ),
        AccessRefusal.too_many_tries: _l(
            "Too many tries from here: please wait 15 minutes, or ask for a new link"
        ),
        AccessRefusal.wrong_code: _l("The code is not right, or it has been used"),
        AccessRefusal.link_gone: _l("This link has been used or is too old: ask for a new one"),
        AccessRefusal.phone_taken: _l("There is an account with this mobile number already"),
        AccessRefusal.password_short: _l("Too short: at least 10 characters"),
        AccessRefusal.password_common: _l("Too easy to guess: please choose another"),
        AccessRefusal.password_has_name: _l("Please do not use your own number in it"),
        AccessRefusal.outside_scope: _l("This place is outside your area"),
        AccessRefusal.role_not_yours_to_give: _l("This role is given by the county"),
        AccessRefusal.office_missing: _l("Please choose the office this person works for"),
        AccessRefusal.last_admin: _l("This is the last account administrator of the county"),
        AccessRefusal.self_disable: _l("You cannot disable your own account"),
        AccessRefusal.deputy_is_self: _l("Nobody is their own deputy"),
        AccessRefusal.deputy_dates: _l("The last day comes before the first"),
        AccessRefusal.deputy_other_office: _l("A deputy works in the same office"),
        AccessRefusal.hand_over_other_role: _l(
            "Work is handed to a person with the same role in the same place"
        ),
        AccessRefusal.hand_over_nothing: _l("This person holds no role that could be handed over"),
        AccessRefusal.village_missing: _l("This role is held in a village: please choose one"),
        AccessRefusal.township_missing: _l("This role is held in a township: please choose one"),
        AccessRefusal.county_missing: _l("This role is held for the whole county"),
        AccessRefusal.county_or_township: _l("This role is held for the county or a township"),
        AccessRefusal.unit_missing: _l("Please choose the unit this person belongs to"),
        AccessRefusal.unit_not_needed: _l("This role does not belong to a unit"),
        AccessRefusal.office_not_needed: _l("Only coordinators act for an office"),
        AccessRefusal.role_to_self: _l("Nobody gives a role to themselves"),
        AccessRefusal.role_held_already: _l("This person holds this role here already"),
        AccessRefusal.ends_in_past: _l("This day is past"),
        AccessRefusal.not_disabled: _l("This account is in use"),
        AccessRefusal.identity_cleared: _l(
            "Name and number of this account were cleared; please make a new account"
        ),
        AccessRefusal.account_disabled: _l("This account is disabled: enable it first"),
        AccessRefusal.wrong_password: _l("This is not your present password"),
        AccessRefusal.sheet_changed: _l(
            "Something changed since the sheet was read: please choose the file again"
        ),
        AccessRefusal.card_not_seen: _l("Please look at the person's ID card first"),
        AccessRefusal.pin_not_six: _l("A PIN has six digits"),
        AccessRefusal.pin_easy: _l("Too easy to guess: please choose other digits"),
        AccessRefusal.pin_date: _l("This can be read as a birthday: please choose other digits"),
        AccessRefusal.pin_phone: _l("Please do not use digits of your mobile number"),
        AccessRefusal.wrong_pin: _l(
            "The PIN is not right. Left before the phone is forgotten: %(left)s"
        ),
        AccessRefusal.phone_gone: _l(
            "This phone is not remembered any more: please sign in with your password"
        ),
        AccessRefusal.phone_not_for_role: _l(
            "A phone is remembered for village workers and volunteers only"
        ),
    },
)
words.say(
    RowFault,
    {
        RowFault.name_missing: _l("the name is missing"),
        RowFault.name_long: _l("the name is longer than 60 characters"),
        RowFault.phone_wrong: _l("there is no such mobile number; it has 11 digits"),
        RowFault.phone_twice: _l("this number stands in the sheet twice"),
        RowFault.phone_taken: _l("there is an account with this number already"),
        RowFault.place_missing: _l("the place is missing"),
        RowFault.place_unknown: _l("there is no such place in your area"),
        RowFault.place_ambiguous: _l("several places have this name: write the township before it"),
        RowFault.place_wrong_level: _l("this role is not held at such a place"),
        RowFault.role_unknown: _l("this role is not known"),
        RowFault.role_not_yours: _l("this role is given by the county"),
        RowFault.role_not_by_sheet: _l(
            "this role needs an office or a unit, or registers itself: not by a sheet"
        ),
    },
)
words.say(
    FileFault,
    {
        FileFault.missing: _l("Please choose a file"),
        FileFault.too_large: _l("The file is larger than %(mb)s MB"),
        FileFault.not_xlsx: _l("This is not an Excel file (xlsx)"),
        FileFault.old_xls: _l("This is an old Excel file (xls): please save it as xlsx first"),
        FileFault.protected: _l("The file has a password: please take it away first"),
        FileFault.macros: _l("The file carries macros: please save it as xlsx without macros"),
        FileFault.formulas: _l("The sheet holds formulas: please paste the values only"),
        FileFault.outside: _l("The file draws on other files or connections: please remove them"),
        FileFault.entities: _l("The file was not made by Excel and is not opened"),
        FileFault.unfolds_too_large: _l(
            "The file unfolds into more than %(unfolded)s MB and is not opened"
        ),
        FileFault.unreadable: _l("The file is damaged or has a password and cannot be read"),
        FileFault.too_many_rows: _l("The sheet has more than %(rows)s rows"),
        FileFault.no_rows: _l("There is nobody in the sheet"),
        FileFault.columns_missing: _l("The first row must hold: %(what)s"),
    },
)
