"""One small function a kind of work: it asks the room whose work it is, and says it in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from jiedui.access import queries as access
from jiedui.access.policy import Permission, may
from jiedui.access.rules import AccountState, Actor, Role
from jiedui.core import clock
from jiedui.core.clock import day
from jiedui.desk.queries import (
    cares,
    caring,
    contact,
    counselling,
    courses,
    files,
    following,
    gifts,
    own,
    prevention,
    reviews,
    safety,
    seasons,
    served,
    worries,
)
from jiedui.desk.rules import MEETING_WITHIN, ROUND_WITHIN, Kind, Line
from jiedui.helpers import queries as helpers
from jiedui.helpers.queries.standing import OFFICE_GATES
from jiedui.letters import queries as letters
from jiedui.letters.rules import DeliveryState
from jiedui.needs import queries as needs
from jiedui.needs.models import Need
from jiedui.needs.rules import Urgency
from jiedui.pairings.models import Pairing
from jiedui.pairings.queries import answers, approval, life, missing, rounds
from jiedui.pairings.rules import Phase
from jiedui.partners import queries as partners
from jiedui.partners.rules import ANSWER_WITHIN
from jiedui.protection import queries as protection

Source = Callable[[Actor], Iterable[Line]]


def _subject(need: Need) -> tuple[object, ...]:
    """What a need is for, and in which township: no name, no village."""
    township = need.household.village.parent
    subjects = sorted(one.subject for one in need.subjects)
    return (need.kind, *subjects[:2], township.name if township else "")


def _names(need: Need) -> tuple[object, ...]:
    """For those who visit the family every week: the children's names."""
    return (*(child.name for child in need.children), need.kind)


def opinions(actor: Actor) -> Iterator[Line]:
    """Opinions about the portal that nobody has read."""
    unread = protection.unread_opinions(actor)
    if unread:
        since = day(unread[0].received_at)
        yield Line(Kind.opinion, "protection.opinions", count=len(unread), since=since)


def applying(actor: Actor) -> Iterator[Line]:
    """Units that registered themselves and wait for the office's look."""
    for one in partners.waiting_for(actor):
        yield Line(
            Kind.unit_waits,
            "partners.application",
            {"application_id": one.id},
            code=one.code,
            about=(one.name, one.kind),
            since=day(one.at),
            due=clock.day(one.at + ANSWER_WITHIN),
        )


def approvals(actor: Actor) -> Iterator[Line]:
    """Proposals to decide on: due before the next office may act."""
    clocks = approval.clocks_of(actor.county_id)
    for pairing in approval.awaiting_approval(actor):
        yield Line(
            Kind.approval,
            "pairings.decide",
            {"pairing_id": pairing.id},
            code=pairing.code,
            about=_subject(pairing.need),
            since=day(pairing.proposed_at),
            due=approval.deciders(pairing, clocks).heads_from,
        )


def drafts(actor: Actor) -> Iterator[Line]:
    """Drafts of a round that wait for somebody to look at them."""
    for one in rounds.awaiting_publishing(actor):
        since = day(one.started_at)
        yield Line(
            Kind.draft,
            "pairings.round",
            {"round_id": one.id},
            about=(one.region.full_name,),
            since=since,
            due=since + ROUND_WITHIN if since else None,
        )


def vetting(actor: Actor) -> Iterator[Line]:
    """Who waits for the office: one line, for they are vetted in batches, at the gate where most
    wait first."""
    people = helpers.awaiting_vetting(actor)
    waiting = helpers.waiting_by_gate(people)
    gates = sorted((g for g in OFFICE_GATES if waiting[g]), key=lambda g: -waiting[g])
    if gates:
        since = own.registered_since([one.id for one in people])
        yield Line(
            Kind.vetting,
            "helpers.index",
            {"gate": gates[0].value},
            about=tuple(gates),
            count=len(people),
            since=day(min(since.values())),
        )


def to_be_answered(actor: Actor) -> Iterator[Line]:
    """Approved pairings whose guardian or child has not been heard."""
    for pairing in life.listed(actor, Phase.answering, 1, 200):
        said = answers.said(pairing)
        if said.guardian is None or said.child is None:
            yield _pairing(Kind.answers, pairing, pairing.approved_at, day(pairing.answer_by))


def meetings(actor: Actor) -> Iterator[Line]:
    """First meetings to arrange."""
    for pairing in life.needing_first_meeting(actor):
        since = day(pairing.ready_at)
        yield _pairing(
            Kind.meeting, pairing, pairing.ready_at, since + MEETING_WITHIN if since else None
        )


def goodbyes(actor: Actor) -> Iterator[Line]:
    """Pairings whose goodbye has come."""
    for pairing in life.awaiting_goodbye(actor):
        yield _pairing(Kind.goodbye, pairing, None, pairing.goodbye_on)


def _pairing(kind: Kind, pairing: Pairing, since: datetime | None, due: date | None) -> Line:
    return Line(
        kind,
        "pairings.show",
        {"pairing_id": pairing.id},
        code=pairing.code,
        about=_names(pairing.need),
        since=day(since),
        due=due,
    )


def consents(actor: Actor) -> Iterator[Line]:
    """Needs that wait for a guardian or a child."""
    for need in needs.awaiting_consent(actor):
        yield _need(Kind.consent, need, None)


def urgencies(actor: Actor) -> Iterator[Line]:
    """Needs said to be urgent: a township says whether they are, within a working day."""
    for need in needs.awaiting_confirmation(actor):
        raised = clock.local(need.raised_at).date()
        yield _need(Kind.urgency, need, clock.working_days_after(raised, 1))


def _need(kind: Kind, need: Need, due: date | None) -> Line:
    return Line(
        kind,
        "needs.show",
        {"need_id": need.id},
        code=need.code,
        about=(*_names(need), need.urgency) if kind is Kind.urgency else _names(need),
        since=day(need.raised_at),
        due=due,
        pressing=kind is Kind.urgency and need.urgency is Urgency.red,
    )


def accounts(actor: Actor) -> Iterator[Line]:
    """People who were invited and whose link ran out before they came."""
    missed = access.links_run_out(actor)
    if missed:
        values = {"state": AccountState.invited.value}
        since = day(missed[0])
        yield Line(Kind.account, "access.accounts", values, count=len(missed), since=since)


def deliveries(actor: Actor) -> Iterator[Line]:
    """Letters that were given up: for whoever looks after accounts, who can have it mended."""
    count, oldest = letters.given_up(actor)
    if count and actor.role is Role.account_admin:
        values = {"state": DeliveryState.given_up.value}
        yield Line(Kind.delivery, "letters.sent", values, count=count, since=day(oldest))


def missing_data(actor: Actor) -> Iterator[Line]:
    """What would make pairs surer, if it were known: one line, what counts most stands first."""
    many = missing.count(actor)
    if many:
        yield Line(Kind.datum, "pairings.missing", count=many)


def recruitment(actor: Actor) -> Iterator[Line]:
    """Lists that know whom to look for: counted are the wishes that would be met besides."""
    for one in rounds.recruiting(actor):
        more = sum(row["more"] for row in (one.figures or {})["recruits"])
        about = (one.region.full_name,)
        yield Line(
            Kind.recruit, "pairings.recruitment", {"round_id": one.id}, about=about, count=more
        )


SOURCES: tuple[tuple[Permission, Source], ...] = (
    (Permission.report_handle, worries.reports),
    (Permission.report_handle, worries.trials),
    (Permission.report_handle, worries.cases),
    (Permission.report_handle, worries.second_looks),
    (Permission.report_handle, opinions),
    (Permission.draft_own, own.phone_forms),
    (Permission.pairing_approve, approvals),
    (Permission.round_run, drafts),
    (Permission.season_own, seasons.online),
    (Permission.class_tell, seasons.lists),
    (Permission.event_look, seasons.to_look_at),
    (Permission.group_answer, seasons.asked),
    (Permission.course_join, courses.coming),
    (Permission.course_tell, courses.to_tell),
    (Permission.course_confirm, courses.to_confirm),
    (Permission.safety_fix, safety.to_fix),
    (Permission.safety_check, safety.to_check),
    (Permission.safety_list, safety.raised),
    (Permission.helper_vet, vetting),
    (Permission.unit_vet, applying),
    (Permission.season_open, seasons.to_open),
    (Permission.group_plan, seasons.unheld),
    (Permission.season_join, seasons.team),
    (Permission.season_open, seasons.checks),
    (Permission.class_seat, seasons.answers),
    (Permission.class_confirm, seasons.to_confirm),
    (Permission.prevention_plan, prevention.targets),
    (Permission.hazard_manage, prevention.hazards_to_see),
    (Permission.wish_check, gifts.to_check),
    (Permission.gift_deliver, gifts.arriving),
    (Permission.gift_manage, gifts.offered),
    (Permission.gift_manage, gifts.second),
    (Permission.gift_manage, gifts.tied),
    (Permission.gift_report, gifts.reports),
    (Permission.gift_manage, gifts.pledged),
    (Permission.visit_settle, files.watched),
    (Permission.pairing_consent, to_be_answered),
    (Permission.pairing_meet, meetings),
    (Permission.pairing_meet, goodbyes),
    (Permission.pairing_consent, following.stops),
    (Permission.follow_up_read, following.unwell),
    (Permission.pairing_accept, following.silences),
    (Permission.pairing_approve, following.unled),
    (Permission.child_consent, consents),
    (Permission.need_confirm, urgencies),
    (Permission.visit_make, cares.visits),
    (Permission.visit_settle, cares.levels),
    (Permission.screening_mark, cares.screening),
    (Permission.child_check, files.checks),
    (Permission.review_read, reviews.waiting),
    (Permission.child_check, files.doubles),
    (Permission.pairing_legacy, files.from_before),
    (Permission.guardianship_read, caring.unguarded),
    (Permission.counselling_work, counselling.urgent),
    (Permission.counselling_desk, counselling.referrals),
    (Permission.guardianship_change, caring.agreements),
    (Permission.contact_arrange, contact.agreements),
    (Permission.pairing_accept, contact.own_agreements),
    (Permission.pairing_consent, contact.changes),
    (Permission.child_export, files.exports),
    (Permission.request_answer, files.requests),
    (Permission.access_decide, files.accesses),
    (Permission.access_ask, files.opened),
    (Permission.sheet_import, files.sheets),
    (Permission.hours_verify, served.weekly),
    (Permission.hours_review, served.in_question),
    (Permission.star_review, served.stars),
    (Permission.hours_tell, served.told),
    (Permission.absence_handle, cares.absent),
    (Permission.support_read, cares.supports),
    (Permission.account_manage, accounts),
    (Permission.delivery_manage, deliveries),
    (Permission.pairing_accept, own.cards),
    (Permission.helper_own, own.vetting),
    (Permission.hours_log, own.disputed),
    (Permission.helper_own, own.missing_data),
    (Permission.need_read, missing_data),
    (Permission.round_run, recruitment),
)


def lines_for(actor: Actor) -> list[Line]:
    """Everything that waits for somebody, in no order yet."""
    return [line for right, source in SOURCES if may(actor, right) for line in source(actor)]
