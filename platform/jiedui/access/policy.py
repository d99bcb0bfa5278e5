"""Who may do what, on one screen.

A permission is given by any of its clauses; a clause holds when all its predicates do. A
predicate looks at the actor and at the thing the page is about (None for a page about nothing in
particular). Rules of time and state are not here: the action refuses those.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from jiedui.access.rules import Actor, GrantLevel, Office, Role

Predicate = Callable[[Actor, Any], bool]
Clause = tuple[Predicate, ...]


class Permission(StrEnum):
    """resource:action, alphabetical."""

    absence_handle = "absence:handle"
    absence_report = "absence:report"
    access_ask = "access:ask"
    access_decide = "access:decide"
    account_deputise = "account:deputise"
    account_manage = "account:manage"
    account_self = "account:self"
    audit_read = "audit:read"
    breach_tell = "breach:tell"
    call_make = "call:make"
    certificate_issue = "certificate:issue"
    certificate_revoke = "certificate:revoke"
    child_change = "child:change"
    child_check = "child:check"
    child_consent = "child:consent"
    child_export = "child:export"
    child_hold = "child:hold"
    child_read = "child:read"
    child_register = "child:register"
    child_reveal = "child:reveal"
    counselling_read = "counselling:read"
    desk_see = "desk:see"
    draft_own = "draft:own"
    figures_read = "figures:read"
    guardianship_change = "guardianship:change"
    guardianship_move = "guardianship:move"
    guardianship_read = "guardianship:read"
    helper_enter = "helper:enter"
    helper_own = "helper:own"
    helper_read = "helper:read"
    helper_vet = "helper:vet"
    hours_log = "hours:log"
    hours_read = "hours:read"
    hours_review = "hours:review"
    hours_verify = "hours:verify"
    letter_read = "letter:read"
    national_return = "national:return"
    need_confirm = "need:confirm"
    need_raise = "need:raise"
    need_read = "need:read"
    pairing_accept = "pairing:accept"
    pairing_approve = "pairing:approve"
    pairing_consent = "pairing:consent"
    pairing_end = "pairing:end"
    pairing_legacy = "pairing:legacy"
    pairing_meet = "pairing:meet"
    pairing_read = "pairing:read"
    place_manage = "place:manage"
    place_sign = "place:sign"
    report_handle = "report:handle"
    request_answer = "request:answer"
    request_read = "request:read"
    request_take = "request:take"
    retention_read = "retention:read"
    retention_set = "retention:set"
    review_confirm = "review:confirm"
    review_read = "review:read"
    review_sign = "review:sign"
    round_read = "round:read"
    round_run = "round:run"
    screening_mark = "screening:mark"
    star_review = "star:review"
    strip_print = "strip:print"
    support_decide = "support:decide"
    support_read = "support:read"
    support_standard = "support:standard"
    support_tell = "support:tell"
    sheet_import = "sheet:import"
    unit_manage = "unit:manage"
    visit_make = "visit:make"
    visit_settle = "visit:settle"


def role(*roles: Role) -> Predicate:
    """The actor has chosen one of these roles."""
    return lambda actor, _thing: actor.role in roles


def office(*offices: Office) -> Predicate:
    """The actor acts for one of these offices."""
    return lambda actor, _thing: actor.office in offices


def anybody(_actor: Actor, _thing: Any) -> bool:
    """Everybody who is signed in."""
    return True


def in_scope(actor: Actor, thing: Any) -> bool:
    """The thing lies in the actor's region (a page about nothing in particular does)."""
    return thing is None or str(thing.scope_path).startswith(actor.scope)


def in_county(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the actor's county."""
    return thing is None or thing.county_id == actor.county_id


def own_unit(actor: Actor, thing: Any) -> bool:
    """The thing belongs to the actor's unit."""
    return actor.unit_id is not None and (thing is None or thing.unit_id == actor.unit_id)


def own(actor: Actor, thing: Any) -> bool:
    """The thing is the actor's own (own registration, own pairing, own letter)."""
    return thing is None or thing.account_id == actor.account_id


def told(_actor: Actor, thing: Any) -> bool:
    """The helper has heard of it: an office has decided on the pairing (other things are always
    known to whose they are)."""
    return thing is None or bool(getattr(thing, "told", True))


def in_own_name(actor: Actor, _thing: Any) -> bool:
    """The actor stands in for nobody."""
    return actor.acting_for is None


def nobodys(_actor: Actor, thing: Any) -> bool:
    """The thing's person has no account: others do it for them, from paper."""
    return thing is not None and thing.account_id is None


def granted(*levels: GrantLevel) -> Predicate:
    """A living grant opens the thing at one of these levels."""
    return lambda actor, thing: (
        thing is not None and actor.has_grant(thing.__tablename__, thing.id, *levels)
    )


def confided(actor: Actor, thing: Any) -> bool:
    """The thing says that it may be read by this person: it knows of papers and of opened notes."""
    return thing is None or bool(thing.confided_to(actor))


def of_kind(*kinds: str) -> Predicate:
    """The thing is one of these kinds of sheet (a page about nothing in particular is)."""
    return lambda _actor, thing: thing is None or thing.kind in kinds


def own_office(actor: Actor, thing: Any) -> bool:
    """The thing was made by the actor's office, or by none."""
    return thing is None or thing.office in (None, actor.office)


VILLAGE = role(Role.child_director)
TOWNSHIP = role(Role.township_supervisor)
LOCAL = role(Role.child_director, Role.township_supervisor)
COORDINATOR = role(Role.coordinator)
PAIRING_OFFICE = office(Office.youth_league, Office.womens_federation, Office.civil_affairs)
CIVIL_AFFAIRS = office(Office.civil_affairs)
HELPER = role(Role.volunteer, Role.social_worker)
KEEPER = role(Role.unit_manager, Role.school_worker)
BUREAU_SHEETS = ("bureau-allowance", "bureau-disability", "bureau-school", "bureau-insurance")
CHILDREN_SHEETS = ("national", "national-reply", *BUREAU_SHEETS)
UNIT_SHEETS = ("helpers", "hours-before")
PAIRING_SHEETS = (*UNIT_SHEETS, "pairs-before")
PAIRERS: Clause = (COORDINATOR, PAIRING_OFFICE, in_scope)
CIVIL: Clause = (COORDINATOR, CIVIL_AFFAIRS, in_scope)
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
    Permission.counselling_read: [(HELPER, confided)],
    Permission.desk_see: [(anybody,)],
    Permission.draft_own: [(anybody, own)],
    Permission.figures_read: [
        (role(Role.leader, Role.auditor, Role.coordinator), in_scope),
        (TOWNSHIP, in_scope),
    ],
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
    Permission.screening_mark: [(LOCAL, in_scope), (role(Role.grid_worker), in_scope)],
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
    Permission.visit_make: [(LOCAL, in_scope)],
    Permission.visit_settle: [(TOWNSHIP, in_scope)],
}


class BadPolicy(Exception):
    """The table itself is wrong: a permission without clauses, or an empty clause that grants."""


def check_table() -> None:
    """Refuse to start on a permission nobody has or a clause that asks for nothing."""
    for permission in Permission:
        clauses = POLICY.get(permission)
        if not clauses or any(not clause for clause in clauses):
            raise BadPolicy(permission)


check_table()


def may(actor: Actor | None, permission: Permission, thing: Any = None) -> bool:
    """Whether this person may do this to that thing."""
    if actor is None:
        return False
    return any(all(p(actor, thing) for p in clause) for clause in POLICY[permission])
