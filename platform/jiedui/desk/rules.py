"""What stands first: the order of a to-do list, its groups, and how much of it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

SHOWN = 7
MEETING_WITHIN = timedelta(days=21)  # then the township looks why nobody has met
ROUND_WITHIN = timedelta(days=7)
PHONE_FORM_WITHIN = timedelta(days=2)
FAR = date.max


class Kind(StrEnum):
    """What is to be done, in the order in which kinds are listed."""

    trial_failed = "trial failed"
    report = "report"
    case = "case"
    second_look = "second look"
    unguarded = "unguarded"
    urgent_result = "urgent result"
    referral = "referral"
    phone_form = "phone form"
    urgency = "urgency"
    card = "card"
    own_vetting = "own vetting"
    disputed = "disputed"
    approval = "approval"
    answers = "answers"
    meeting = "meeting"
    goodbye = "goodbye"
    stopped = "stopped"
    silence = "silence"
    follow_up = "follow up"
    team_unled = "team unled"
    season_online = "season online"
    class_list = "class list"
    group_asked = "group asked"
    event_asked = "event asked"
    event_list = "event list"
    event_look = "event look"
    course_coming = "course coming"
    course_list = "course list"
    course_confirm = "course confirm"
    safety_fix = "safety fix"
    safety_check = "safety check"
    safety_raised = "safety raised"
    vetting = "vetting"
    season_open = "season open"
    group_unheld = "group unheld"
    unit_waits = "unit waits"
    season_team = "season team"
    season_checks = "season checks"
    class_answers = "class answers"
    class_confirm = "class confirm"
    event_answers = "event answers"
    event_confirm = "event confirm"
    target_due = "target due"
    hazard_look = "hazard look"
    material_wish = "material wish"
    gift_offered = "gift offered"
    gift_arriving = "gift arriving"
    gift_second = "gift second"
    gift_tie = "gift tie"
    gift_report = "gift report"
    pledge_offered = "pledge offered"
    risk_rise = "risk rise"
    risk_season = "risk season"
    draft = "draft"
    consent = "consent"
    visit = "visit"
    level = "level"
    screening = "screening"
    check = "check"
    review = "review"
    sign_off = "sign-off"
    double = "double"
    legacy = "legacy"
    agreement = "agreement"
    own_agreement = "own agreement"
    pair_agreement = "pair agreement"
    family_to_tell = "family to tell"
    agreement_end = "agreement end"
    festival = "festival"
    export = "export"
    fetch = "fetch"
    sheet = "sheet"
    hours = "hours"
    objection = "objection"
    held_hours = "held hours"
    star = "star"
    hours_file = "hours file"
    absence = "absence"
    support_decision = "support decision"
    support_doubt = "support doubt"
    support_claim = "support claim"
    support_due = "support due"
    support_reported = "support reported"
    account = "account"
    delivery = "delivery"
    data_request = "data request"
    opinion = "opinion"
    file_access = "file access"
    opened_file = "opened file"
    own_datum = "own datum"
    datum = "datum"
    recruit = "recruit"


# One thing to do, however much stands behind it: it waits for nobody's answer.
ONE_THING = frozenset(
    {
        Kind.own_datum,
        Kind.datum,
        Kind.recruit,
        Kind.agreement,
        Kind.agreement_end,
        Kind.festival,
    }
)
# Before anything else, however long the rest has waited.
FIRST = frozenset({Kind.trial_failed, Kind.report})


class Group(StrEnum):
    """The parts of a list."""

    first = "first"
    overdue = "overdue"
    today = "today"
    later = "later"


@dataclass(frozen=True)
class Line:
    """One thing to do. `about` holds words by enumeration or plain text, never a name of a child
    for whom it is not daily work; `count` says how many of a kind stand behind one line;
    `pressing` ones are said on top as well."""

    kind: Kind
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    about: tuple[Any, ...] = ()
    count: int = 1
    since: date | None = None
    due: date | None = None
    pressing: bool = False
    unread_for_long: bool = False
    ran_out: bool = False

    def days(self, today: date) -> int | None:
        """Whole days until it is due; negative when it is overdue, None when nothing presses."""
        return None if self.due is None else (self.due - today).days

    def group(self, today: date) -> Group:
        """Which part of the list it stands in."""
        if self.kind in FIRST:
            return Group.first
        days = self.days(today)
        if self.ran_out or (days is not None and days < 0):
            return Group.overdue
        return Group.today if days == 0 else Group.later

    def place(self, today: date) -> tuple[Any, ...]:
        """Where it stands: group by group, by what is due first, then by how long it has
        waited."""
        return (
            list(Group).index(self.group(today)),
            not self.pressing,
            self.due or FAR,
            self.since or FAR,
            list(Kind).index(self.kind),
            self.code,
        )


def ordered(lines: Iterable[Line], today: date) -> list[Line]:
    """The list as it is shown."""
    return sorted(lines, key=lambda line: line.place(today))


@dataclass(frozen=True)
class Sum:
    """How much of one kind waits, since when, and where all of it stands."""

    kind: Kind
    count: int
    oldest: date | None
    endpoint: str
    values: dict[str, Any]


# Where all of a kind stands together; kinds that are not here are looked at one by one.
LISTS: dict[Kind, tuple[str, dict[str, str]]] = {
    Kind.report: ("protection.reports", {}),
    Kind.trial_failed: ("protection.reports", {}),
    Kind.case: ("protection.reports", {}),
    Kind.second_look: ("protection.reports", {}),
    Kind.phone_form: ("desk.drafts", {}),
    Kind.approval: ("pairings.approve", {}),
    Kind.answers: ("pairings.index", {"phase": "answering"}),
    Kind.meeting: ("pairings.index", {"phase": "meeting"}),
    Kind.goodbye: ("pairings.index", {"phase": "living"}),
    Kind.stopped: ("followup.index", {}),
    Kind.silence: ("pairings.mine", {}),
    Kind.follow_up: ("followup.index", {}),
    Kind.team_unled: ("pairings.index", {"phase": "living"}),
    Kind.season_online: ("activities.index", {}),
    Kind.class_list: ("activities.index", {}),
    Kind.group_asked: ("activities.index", {}),
    Kind.event_asked: ("activities.events", {}),
    Kind.event_list: ("activities.events", {}),
    Kind.event_look: ("activities.events", {}),
    Kind.event_answers: ("activities.events", {}),
    Kind.event_confirm: ("activities.events", {}),
    Kind.target_due: ("activities.plan", {}),
    Kind.hazard_look: ("activities.hazards", {}),
    Kind.course_coming: ("activities.courses", {}),
    Kind.course_list: ("activities.courses", {}),
    Kind.course_confirm: ("activities.courses", {}),
    Kind.group_unheld: ("activities.index", {}),
    Kind.season_open: ("activities.index", {}),
    Kind.unit_waits: ("partners.applications", {}),
    Kind.season_team: ("activities.index", {}),
    Kind.season_checks: ("activities.index", {}),
    Kind.class_answers: ("activities.index", {}),
    Kind.class_confirm: ("activities.index", {}),
    Kind.material_wish: ("donations.check", {}),
    Kind.gift_offered: ("donations.gifts", {}),
    Kind.gift_arriving: ("donations.arriving", {}),
    Kind.gift_second: ("donations.decisions", {}),
    Kind.gift_tie: ("donations.decisions", {}),
    Kind.gift_report: ("donations.reports", {}),
    Kind.pledge_offered: ("donations.pledges", {}),
    Kind.risk_rise: ("files.watch", {}),
    Kind.risk_season: ("files.watch", {}),
    Kind.safety_fix: ("activities.safety", {}),
    Kind.safety_check: ("activities.safety", {}),
    Kind.safety_raised: ("activities.safety", {}),
    Kind.vetting: ("helpers.index", {}),
    Kind.draft: ("pairings.rounds", {}),
    Kind.consent: ("needs.index", {"state": "waiting"}),
    Kind.urgency: ("needs.index", {}),
    Kind.visit: ("care.visits", {}),
    Kind.level: ("care.levels", {}),
    Kind.screening: ("care.screening", {}),
    Kind.unguarded: ("care.entrustments", {}),
    Kind.urgent_result: ("counselling.screenings", {}),
    Kind.referral: ("counselling.index", {}),
    Kind.agreement: ("care.entrustments", {"list": "missing"}),
    Kind.own_agreement: ("pairings.mine", {}),
    Kind.pair_agreement: ("contact.agreements", {}),
    Kind.family_to_tell: ("contact.changes", {}),
    Kind.agreement_end: ("care.entrustments", {"list": "running-out"}),
    Kind.festival: ("care.festival", {}),
    Kind.check: ("children.check", {}),
    Kind.review: ("care.reviews", {}),
    Kind.sign_off: ("care.reviews", {}),
    Kind.double: ("children.doubles", {}),
    Kind.legacy: ("pairings.from_before", {}),
    Kind.export: ("children.exports", {}),
    Kind.fetch: ("children.exports", {}),
    Kind.sheet: ("intake.index", {}),
    Kind.hours: ("hours.weekly", {}),
    Kind.objection: ("hours.questions", {}),
    Kind.held_hours: ("hours.questions", {}),
    Kind.star: ("hours.star_list", {}),
    Kind.hours_file: ("hours.told", {}),
    Kind.account: ("access.accounts", {"state": "invited"}),
    Kind.delivery: ("letters.sent", {"state": "given_up"}),
    Kind.data_request: ("files.requests", {}),
    Kind.file_access: ("files.accesses_to_decide", {}),
    Kind.opened_file: ("files.accesses", {}),
    Kind.opinion: ("protection.opinions", {}),
    Kind.absence: ("care.absences", {}),
    Kind.support_decision: ("care.support", {"task": "decision"}),
    Kind.support_doubt: ("care.support", {"task": "doubt"}),
    Kind.support_claim: ("care.support", {"task": "claim"}),
    Kind.support_due: ("care.support", {"task": "due"}),
    Kind.support_reported: ("care.support", {"task": "reported"}),
    Kind.card: ("pairings.mine", {}),
    Kind.own_vetting: ("helpers.mine", {}),
    Kind.disputed: ("hours.mine", {}),
    Kind.own_datum: ("helpers.change", {}),
    Kind.datum: ("pairings.missing", {}),
    Kind.recruit: ("pairings.rounds", {}),
}


def by_kind(lines: Iterable[Line]) -> list[Sum]:
    """What waits by kind, in the order of kinds."""
    known = list(lines)
    found = []
    for kind in Kind:
        mine = [line for line in known if line.kind is kind]
        if not mine:
            continue
        oldest = min((line.since for line in mine if line.since), default=None)
        found.append(Sum(kind, total(mine), oldest, *LISTS[kind]))
    return found


def total(lines: Iterable[Line]) -> int:
    """How many things wait, counting what stands behind one line where each waits for somebody."""
    return sum(1 if line.kind in ONE_THING else line.count for line in lines)
