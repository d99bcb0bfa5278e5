"""Who may do what: a permission is given by any of its clauses, a clause by all its predicates."""

from __future__ import annotations

from jiedui.access.policy.permissions import Permission
from jiedui.access.policy.predicates import (
    Clause,
    anybody,
    at_counselling_desk,
    by_count,
    confided,
    granted,
    heads,
    helps,
    hosts,
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
SCHOOL = role(Role.school_worker)
FIGURES = role(Role.leader, Role.auditor, Role.coordinator)
MATERIAL_OFFICE = office(
    Office.education, Office.health, Office.civil_affairs, Office.womens_federation
)
SAFETY_OFFICE = office(
    Office.education, Office.health, Office.emergency, Office.police, Office.civil_affairs
)
# Of activities, those about a theme: any office and a school have to do with them.
EVENT = of_kind("themed_event")
EVENT_KEEPERS: tuple[Clause, ...] = (
    (COORDINATOR, in_scope, EVENT), (SCHOOL, hosts, EVENT),
    (role(Role.unit_manager), own_unit, EVENT),
)  # fmt: skip
BUREAU_SHEETS = ("bureau-allowance", "bureau-disability", "bureau-school", "bureau-insurance")
CHILDREN_SHEETS = ("national", "national-reply", *BUREAU_SHEETS)
UNIT_SHEETS = ("helpers", "hours-before")
PAIRING_SHEETS = (*UNIT_SHEETS, "pairs-before", "hours-reply")
PAIRERS: Clause = (COORDINATOR, PAIRING_OFFICE, in_scope)
CIVIL: Clause = (COORDINATOR, CIVIL_AFFAIRS, in_scope)
INSPECTOR: Clause = (
    COORDINATOR, office(Office.education, Office.police, Office.emergency), in_scope,
)  # fmt: skip
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
    Permission.budget_manage: [CIVIL],
    Permission.budget_read: [(role(Role.leader, Role.auditor, Role.coordinator), in_county)],
    Permission.call_make: [(LOCAL, in_scope), PAIRERS],
    Permission.case_figures: [CIVIL, (role(Role.leader), in_scope)],
    Permission.case_help: [(TOWNSHIP, in_scope)],
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
    Permission.class_call_off: [
        PAIRERS,
        (LOCAL, in_scope),
        (role(Role.unit_manager), own_unit),
        (HELPER, helps),
        (COORDINATOR, in_scope, EVENT),
        (SCHOOL, hosts, EVENT),
    ],
    # A school confirms figures; a list of names is for those who know the families.
    Permission.class_confirm: [(LOCAL, in_scope), (SCHOOL, hosts, EVENT, by_count)],
    Permission.class_end: [
        PAIRERS,
        (COORDINATOR, in_scope, EVENT),
        (SCHOOL, hosts, EVENT),
        (role(Role.unit_manager), own_unit, EVENT),
    ],
    # Who reads volunteers' names: a school of those alone who come to it.
    Permission.class_names: [
        PAIRERS,
        (LOCAL, in_county),
        (role(Role.unit_manager), own_unit),
        (HELPER, helps),
        (COORDINATOR, in_scope, EVENT),
        (SCHOOL, hosts, EVENT),
    ],
    Permission.class_plan: [(COORDINATOR, YOUTH_LEAGUE, in_scope)],
    Permission.class_read: [
        PAIRERS,
        (LOCAL, in_county),
        (role(Role.unit_manager), own_unit),
        (HELPER, helps),
        (COORDINATOR, in_scope, EVENT),
        (SCHOOL, in_county, EVENT),
    ],
    Permission.class_seat: [(LOCAL, in_county), (SCHOOL, in_county, EVENT)],
    Permission.class_staff: [
        (COORDINATOR, YOUTH_LEAGUE, in_scope),
        (role(Role.unit_manager), own_unit),
    ],
    Permission.class_tell: [
        (role(Role.unit_manager), own_unit),
        (HELPER, helps),
        (COORDINATOR, in_scope, EVENT),
        (SCHOOL, hosts, EVENT),
    ],
    Permission.clocks_see: [(role(Role.leader), in_scope)],
    Permission.contact_arrange: [(LOCAL, in_scope), PAIRERS],
    Permission.contact_stand_in: [(HELPER, granted(GrantLevel.visit))],
    Permission.contract_manage: [CIVIL],
    Permission.contract_read: [
        (role(Role.leader, Role.auditor, Role.coordinator), in_county),
        (role(Role.unit_manager, Role.partner_member), own_unit),
    ],
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
    Permission.course_confirm: [PAIRERS],
    Permission.course_join: [(HELPER, in_county), (LOCAL, in_county)],
    Permission.course_own: [
        (HELPER, own),
        (LOCAL, own),
        (LOCAL, in_scope, of_kind("guardians")),
        (*PAIRERS, of_kind("helpers", "officials")),
    ],
    Permission.course_plan: [PAIRERS],
    Permission.course_read: [
        PAIRERS,
        (HELPER, in_county),
        (LOCAL, in_county),
        (role(Role.unit_manager), own_unit),
    ],
    Permission.course_sign: [PAIRERS, (LOCAL, in_county)],
    Permission.course_tell: [(role(Role.unit_manager), own_unit), PAIRERS],
    Permission.crisis_flag: [
        (LOCAL, in_scope),
        CIVIL,
        (HELPER, granted(GrantLevel.visit, GrantLevel.file, GrantLevel.notes)),
        (HELPER, at_counselling_desk, in_county),
    ],
    Permission.desk_see: [(anybody,)],
    Permission.draft_own: [(anybody, own)],
    Permission.duty_manage: [CIVIL],
    # Who sees at the door which children have come to an event: never one of its helpers.
    Permission.event_keep: [*EVENT_KEEPERS, (LOCAL, in_scope, EVENT)],
    Permission.event_look: [
        (COORDINATOR, office(Office.civil_affairs, Office.education), in_scope, EVENT)
    ],
    Permission.event_plan: [(COORDINATOR, in_scope), (KEEPER, own_unit)],
    Permission.event_read: [
        (COORDINATOR, in_county),
        (LOCAL, in_county),
        (KEEPER, in_county),
        (HELPER, in_county),
    ],
    Permission.figures_read: [(FIGURES, in_scope), (TOWNSHIP, in_scope)],
    Permission.follow_up_read: [(LOCAL, in_scope), PAIRERS],
    Permission.follow_up_record: [(LOCAL, in_scope), PAIRERS, (HELPER, own, told)],
    Permission.gift_deliver: [(LOCAL, in_scope)],
    Permission.gift_manage: [PAIRERS],
    Permission.gift_offer: [(role(Role.unit_manager), own_unit)],
    Permission.gift_own: [(role(Role.unit_manager, Role.partner_member), own_unit)],
    Permission.risk_figures: [(role(Role.leader, Role.auditor), in_county), CIVIL],
    Permission.gift_report: [PAIRERS, (role(Role.unit_manager), own_unit)],
    Permission.group_answer: [(HELPER, own)],
    Permission.group_plan: [PAIRERS],
    Permission.guardianship_change: [(LOCAL, in_scope)],
    Permission.guardianship_move: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.guardianship_read: [(LOCAL, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    Permission.hazard_manage: [(LOCAL, in_scope), (COORDINATOR, SAFETY_OFFICE, in_scope)],
    Permission.hazard_read: [(LOCAL, in_scope), (FIGURES, in_scope)],
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
    # A figure, no file: a county's offices strike out what was entered by mistake.
    Permission.injury_record: [
        (LOCAL, in_scope),
        (SCHOOL, own_unit),
        (COORDINATOR, SAFETY_OFFICE, in_scope),
    ],
    Permission.injury_strike: [
        (LOCAL, own),
        (SCHOOL, own),
        (COORDINATOR, SAFETY_OFFICE, in_scope),
    ],
    Permission.letter_read: [(anybody, own)],
    Permission.material_approve: [(COORDINATOR, MATERIAL_OFFICE, in_county)],
    Permission.material_read: [(COORDINATOR, in_county), (KEEPER, own_unit)],
    Permission.national_return: [(TOWNSHIP, in_scope), (COORDINATOR, CIVIL_AFFAIRS, in_scope)],
    # Of a class or group who confirms its list, and nobody of the team; of an event who keeps it.
    Permission.meeting_sign: [*EVENT_KEEPERS, (LOCAL, in_scope)],
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
    Permission.place_edit: [CIVIL, (LOCAL, in_scope), (KEEPER, own_unit)],
    Permission.place_manage: [(COORDINATOR, CIVIL_AFFAIRS, in_scope), (TOWNSHIP, in_scope)],
    # Villages, townships and units look beyond their own: the nearest place may be a neighbour's.
    Permission.place_read: [
        (role(Role.coordinator, Role.leader, Role.auditor), in_scope),
        (LOCAL, in_county),
        (role(Role.grid_worker, Role.school_worker, Role.unit_manager), in_county),
    ],
    Permission.place_sign: [(LOCAL, in_scope), CIVIL, (KEEPER, own_unit)],
    Permission.prevention_plan: [(COORDINATOR, SAFETY_OFFICE, in_scope)],
    Permission.prevention_read: [(FIGURES, in_scope), (TOWNSHIP, in_scope)],
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
    # Safety of schools: offices that inspect, and the school; who put a fault right never looks
    # again, and what an office found an office closes (activities/rules/safety.py).
    Permission.safety_check: [INSPECTOR, (role(Role.school_worker), own_unit)],
    Permission.safety_fix: [(role(Role.school_worker), own_unit)],
    Permission.safety_inspect: [INSPECTOR, (role(Role.school_worker), own_unit)],
    Permission.safety_list: [(COORDINATOR, office(Office.education), in_scope)],
    Permission.safety_read: [
        INSPECTOR,
        CIVIL,
        (role(Role.leader, Role.township_supervisor), in_scope),
        (role(Role.school_worker), own_unit),
    ],
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
    Permission.sites_plan: [CIVIL],
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
    Permission.unit_members: [(role(Role.unit_manager), own_unit)],
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
