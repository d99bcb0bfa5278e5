"""Who may do what: a permission is given by any of its clauses, a clause by all its predicates."""

from __future__ import annotations

from jiedui.access.policy.permissions import Permission
from jiedui.access.policy.predicates import (
    Clause,
    anybody,
    at_counselling_desk,
    confided,
    granted,
    heads,
    helps,
    in_county,
    in_own_name,
    in_scope,
    nobodys,
    of_kind,
    office,
    own,
    own_office,
    own_unit,
    role,
    told,
)
from jiedui.access.rules import GrantLevel, Office, Role

VILLAGE = role(Role.child_director)
TOWNSHIP = role(Role.township_supervisor)
LOCAL = role(Role.child_director, Role.township_supervisor)
COORDINATOR = role(Role.coordinator)
PAIRING_OFFICE = office(Office.youth_league, Office.womens_federation, Office.civil_affairs)
YOUTH_LEAGUE = office(Office.youth_league)
CIVIL_AFFAIRS = office(Office.civil_affairs)
SCHOOL_OFFICE = office(Office.education, Office.health, Office.civil_affairs)
HELPER = role(Role.volunteer, Role.social_worker)
KEEPER = role(Role.unit_manager, Role.school_worker)
BUREAU_SHEETS = ("bureau-allowance", "bureau-disability", "bureau-school", "bureau-insurance")
CHILDREN_SHEETS = ("national", "national-reply", *BUREAU_SHEETS)
UNIT_SHEETS = ("helpers", "hours-before")
PAIRING_SHEETS = (*UNIT_SHEETS, "pairs-before", "hours-reply")
PAIRERS: Clause = (COORDINATOR, PAIRING_OFFICE, in_scope)
CIVIL: Clause = (COORDINATOR, CIVIL_AFFAIRS, in_scope)
COUNSELLOR: Clause = (HELPER, at_counselling_desk, in_county, confided)
# Who reads children's files at all, and so may ask for one beyond their own area (access:ask). No
# school: it sees no situation of a family. No other office: it reads none in its own area either.
CASEWORKER = role(Role.child_director, Role.township_supervisor, Role.social_worker)
OPENED = granted(GrantLevel.read)

POLICY: dict[Permission, list[Clause]] = {
    Permission.absence_handle: [(LOCAL, in_scope)],
    Permission.absence_report: [(role(Role.school_worker), own_unit)],
    Permission.access_ask: [
        (CASEWORKER, in_own_name, own),
        (COORDINATOR, PAIRING_OFFICE, in_own_name, own),
    ],
    Permission.access_decide: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.account_deputise: [(COORDINATOR,)],
    Permission.account_manage: [(role(Role.account_admin), in_scope), (TOWNSHIP, in_scope)],
    Permission.account_self: [(anybody,)],
    Permission.audit_read: [(role(Role.auditor), in_county)],
    Permission.breach_tell: [(role(Role.account_admin), in_county), CIVIL],
    Permission.calendar_set: [CIVIL],
    Permission.call_make: [(LOCAL, in_scope), PAIRERS],
    Permission.certificate_issue: [(HELPER, own), PAIRERS, (TOWNSHIP, in_scope)],
    Permission.certificate_revoke: [PAIRERS],
    Permission.child_change: [(LOCAL, in_scope)],
    Permission.child_check: [(TOWNSHIP, in_scope)],
    Permission.child_consent: [(LOCAL, in_scope)],
    Permission.child_export: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.child_hold: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.child_read: [
        (LOCAL, in_scope),
        PAIRERS,
        (role(Role.social_worker), granted(GrantLevel.file, GrantLevel.notes)),
        (CASEWORKER, OPENED),
        (COORDINATOR, PAIRING_OFFICE, OPENED),
    ],
    Permission.child_register: [
        (LOCAL, in_scope),
        (role(Role.grid_worker), in_scope),
        (role(Role.school_worker), own_unit),
    ],
    Permission.child_reveal: [
        (LOCAL, in_scope),
        (COORDINATOR, CIVIL_AFFAIRS, in_scope),
        (LOCAL, OPENED),
        (COORDINATOR, CIVIL_AFFAIRS, OPENED),
    ],
    Permission.class_answer: [(LOCAL, in_scope)],
    Permission.class_confirm: [(LOCAL, in_scope)],
    Permission.class_plan: [(COORDINATOR, YOUTH_LEAGUE, in_scope)],
    Permission.class_read: [
        PAIRERS,
        (LOCAL, in_county),
        (role(Role.unit_manager), own_unit),
        (HELPER, helps),
    ],
    Permission.class_seat: [(LOCAL, in_county)],
    Permission.class_staff: [
        (COORDINATOR, YOUTH_LEAGUE, in_scope),
        (role(Role.unit_manager), own_unit),
    ],
    Permission.class_tell: [(role(Role.unit_manager), own_unit), (HELPER, helps)],
    Permission.contact_arrange: [(LOCAL, in_scope), PAIRERS],
    Permission.contact_stand_in: [(HELPER, granted(GrantLevel.visit))],
    Permission.delivery_manage: [
        (role(Role.account_admin), in_county),
        (COORDINATOR, in_county),
    ],
    # Referrals without their words; with them, and what screenings say: counsellors alone.
    Permission.counselling_desk: [CIVIL, COUNSELLOR],
    Permission.counselling_name: [CIVIL],
    Permission.counselling_read: [(HELPER, confided)],
    Permission.counselling_refer: [(LOCAL, in_scope), (HELPER, granted(GrantLevel.visit))],
    Permission.counselling_work: [COUNSELLOR],
    Permission.crisis_flag: [
        (LOCAL, in_scope),
        CIVIL,
        (HELPER, granted(GrantLevel.visit, GrantLevel.file, GrantLevel.notes)),
        (HELPER, at_counselling_desk, in_county),
    ],
    Permission.desk_see: [(anybody,)],
    Permission.draft_own: [(anybody, own)],
    Permission.figures_read: [
        (role(Role.leader, Role.auditor, Role.coordinator), in_scope),
        (TOWNSHIP, in_scope),
    ],
    Permission.follow_up_read: [(LOCAL, in_scope), PAIRERS],
    Permission.follow_up_record: [(LOCAL, in_scope), PAIRERS, (HELPER, own, told)],
    Permission.gift_deliver: [(LOCAL, in_scope)],
    Permission.gift_manage: [PAIRERS],
    Permission.guardianship_change: [(LOCAL, in_scope)],
    Permission.guardianship_move: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.guardianship_read: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.helper_enter: [
        (TOWNSHIP, in_scope),
        PAIRERS,
        (role(Role.school_worker, Role.unit_manager), own_unit),
    ],
    Permission.helper_own: [(HELPER, own)],
    Permission.helper_read: [
        PAIRERS,
        (HELPER, own),
        (TOWNSHIP, in_scope),
        (role(Role.unit_manager), own_unit),
    ],
    Permission.helper_vet: [PAIRERS],
    Permission.hours_log: [(HELPER, own, told), (LOCAL, in_scope, nobodys)],
    Permission.hours_read: [(HELPER, own, told), (LOCAL, in_scope), PAIRERS],
    Permission.hours_review: [(TOWNSHIP, in_scope), PAIRERS],
    Permission.hours_tell: [PAIRERS],
    Permission.hours_units: [PAIRERS, (role(Role.unit_manager),)],
    Permission.hours_verify: [(LOCAL, in_scope)],
    Permission.letter_read: [(anybody, own)],
    Permission.national_return: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.need_confirm: [(TOWNSHIP, in_scope)],
    Permission.need_raise: [(LOCAL, in_scope)],
    Permission.need_read: [(LOCAL, in_scope), PAIRERS],
    Permission.pairing_accept: [(HELPER, own, told)],
    Permission.pairing_approve: [PAIRERS],
    Permission.pairing_consent: [(LOCAL, in_scope)],
    Permission.pairing_end: [(LOCAL, in_scope), PAIRERS, (HELPER, own, told)],
    Permission.pairing_legacy: [(LOCAL, in_scope), PAIRERS],
    Permission.pairing_meet: [(LOCAL, in_scope)],
    Permission.pairing_read: [(HELPER, own, told), (LOCAL, in_scope), PAIRERS],
    Permission.place_manage: [(COORDINATOR, CIVIL_AFFAIRS, in_scope), (TOWNSHIP, in_scope)],
    Permission.place_sign: [(LOCAL, in_scope), CIVIL, (KEEPER, own_unit)],
    Permission.psychology_read: [
        (COORDINATOR, SCHOOL_OFFICE, in_scope),
        (role(Role.school_worker), own_unit),
    ],
    Permission.psychology_register: [
        (COORDINATOR, office(Office.education, Office.civil_affairs), in_scope),
        (role(Role.school_worker), own_unit),
    ],
    Permission.pupil_refer: [(role(Role.school_worker), own_unit)],
    Permission.report_handle: [(role(Role.duty_officer), in_scope), CIVIL],
    Permission.request_answer: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.request_read: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.request_take: [(LOCAL, in_scope)],
    Permission.retention_read: [(role(Role.account_admin, Role.auditor), in_county), CIVIL],
    Permission.retention_set: [(COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.review_confirm: [(LOCAL, in_scope)],
    Permission.review_read: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.review_sign: [(TOWNSHIP, in_scope)],
    Permission.round_read: [PAIRERS],
    Permission.round_run: [PAIRERS],
    Permission.scoring_read: [PAIRERS],
    Permission.scoring_switch: [(*PAIRERS, heads)],
    Permission.screening_mark: [(LOCAL, in_scope), (role(Role.grid_worker), in_scope)],
    Permission.season_join: [(role(Role.unit_manager), in_county)],
    Permission.season_open: [(COORDINATOR, YOUTH_LEAGUE, in_scope)],
    Permission.season_own: [(HELPER, own)],
    Permission.season_read: [
        (COORDINATOR, PAIRING_OFFICE, in_county),
        (LOCAL, in_county),
        (role(Role.unit_manager), in_county),
        (HELPER, in_county),
    ],
    Permission.star_review: [PAIRERS],
    Permission.strip_print: [(LOCAL, in_scope)],
    Permission.support_decide: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.support_read: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.support_standard: [(COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.support_tell: [(LOCAL, in_scope)],
    Permission.sheet_import: [
        (TOWNSHIP, in_scope, of_kind(*CHILDREN_SHEETS)),
        (COORDINATOR, CIVIL_AFFAIRS, in_scope, of_kind(*CHILDREN_SHEETS)),
        (*PAIRERS, own_office, of_kind(*PAIRING_SHEETS)),
        (role(Role.unit_manager), own_unit, of_kind(*UNIT_SHEETS)),
    ],
    Permission.unit_manage: [
        (COORDINATOR, office(Office.civil_affairs, Office.industry_federation), in_scope),
        (role(Role.account_admin), in_scope),
    ],
    Permission.unit_vet: [
        (
            COORDINATOR,
            office(Office.industry_federation, Office.youth_league),
            own_office,
            in_scope,
        ),
        CIVIL,
    ],
    Permission.visit_make: [(LOCAL, in_scope)],
    Permission.visit_settle: [(TOWNSHIP, in_scope)],
    Permission.wish_check: [(TOWNSHIP, in_scope)],
    Permission.wish_raise: [(LOCAL, in_scope)],
    Permission.wish_read: [(LOCAL, in_scope), PAIRERS],
}
