"""Guardians answer on paper, by telephone or by a link; children say what they think."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jiedui.children import queries
from jiedui.children.models import Child, ChildView, Consent, ConsentLink, Guardian
from jiedui.children.rules import (
    CONSENT_TEXT,
    Answer,
    AskedHow,
    ChildRefusal,
    ChildState,
    Means,
    Purpose,
    evidence_fault,
)
from jiedui.core import audit, clock, db, links
from jiedui.core.actors import GUARDIAN_BY_LINK, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.happenings import AnswerGiven, ChildDeclined, ConsentWithdrawn, happen


@dataclass(frozen=True)
class ConsentSaid:
    """A guardian's answer. `evidence` on paper: {"holder": who, "where": place}; by telephone:
    {"number": called, "second_person": name}; by link: nothing. `given_at` None is now."""

    answer: Answer
    means: Means
    purpose: Purpose = Purpose.matching
    about_id: int | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    given_at: datetime | None = None


@dataclass(frozen=True)
class ViewSaid:
    """What a child said, and how it was asked."""

    answer: Answer
    how: AskedHow
    purpose: Purpose = Purpose.matching
    about_id: int | None = None


def _open(child: Child) -> None:
    if child.state is not ChildState.open:
        raise Refusal(ChildRefusal.file_closed)


def record_consent(child: Child, guardian_id: int, said: ConsentSaid, *, by: By) -> Consent:
    """Keep a guardian's answer and how it was given; tells whoever waits for it, and of a no
    whoever relies on an earlier yes. Refuses somebody who is no guardian of this child, an answer
    from the future, and missing proof."""
    _open(child)
    guardian = db.session.get(Guardian, guardian_id)
    if guardian is None or guardian.household_id != child.household_id or not guardian.is_guardian:
        raise Refusal(ChildRefusal.not_a_guardian, "guardian")
    now = clock.now()
    if said.given_at is not None and said.given_at > now:
        raise Refusal(ChildRefusal.given_in_future, "called_at")
    fault = evidence_fault(said.answer, said.means, said.evidence, getattr(by, "name", None))
    if fault is not None:
        raise Refusal(*fault)
    consent = Consent(
        county_id=child.county_id,
        guardian=guardian,
        purpose=said.purpose,
        about_id=said.about_id,
        means=said.means,
        answer=said.answer,
        text_version=CONSENT_TEXT,
        evidence=dict(said.evidence),
        given_at=said.given_at or now,
        recorded_by=by.account_id,
    )
    child.consents.append(consent)
    facts = {"purpose": said.purpose, "means": said.means, "answer": said.answer}
    audit.record(Act.consent_recorded, child, by=by, **facts)
    db.session.flush()  # who listens reads what now holds
    happen(AnswerGiven(child.id, said.purpose.value, said.about_id))
    if (
        said.answer is Answer.no
    ):  # what an earlier yes has opened is closed, as when it is taken back
        happen(ConsentWithdrawn(child.id, said.purpose.value, said.about_id))
    return consent


def withdraw_consent(consent: Consent, means: Means, *, by: By) -> None:
    """A guardian takes a yes back; no reason is asked. Ends what rests on it at once."""
    locked = db.lock(Consent, consent.id)
    if locked is None or locked.withdrawn_at is not None:
        raise Refusal(ChildRefusal.consent_closed)
    consent.withdrawn_at, consent.withdrawn_means = clock.now(), means
    facts = {"purpose": consent.purpose, "means": means}
    audit.record(Act.consent_withdrawn, consent.child, by=by, **facts)
    db.session.flush()  # who listens reads what now holds
    happen(ConsentWithdrawn(consent.child_id, consent.purpose.value, consent.about_id))


def record_view(child: Child, said: ViewSaid, *, by: By) -> ChildView:
    """Keep what a child said when asked alone or by a worker of the same sex; a no needs no
    reason, and stops at once what has begun."""
    _open(child)
    view = ChildView(
        county_id=child.county_id,
        purpose=said.purpose,
        about_id=said.about_id,
        answer=said.answer,
        how=said.how,
        asked_by=by.account_id,
        at=clock.now(),
    )
    child.views.append(view)
    facts = {"purpose": said.purpose, "answer": said.answer}
    audit.record(Act.child_view_recorded, child, by=by, **facts)
    db.session.flush()  # who listens reads what now holds
    happen(AnswerGiven(child.id, said.purpose.value, said.about_id))
    if said.answer is Answer.no and said.purpose is Purpose.matching:
        happen(ChildDeclined(child.id, by.account_id))
    return view


def make_consent_link(
    child: Child, guardian_id: int, purpose: Purpose, about_id: int | None = None, *, by: By
) -> tuple[str, str]:
    """A link for a guardian far away and the short code that is told by voice; older links for
    the same question stop working. Returns (token, code), shown once."""
    _open(child)
    guardian = db.session.get(Guardian, guardian_id)
    if guardian is None or guardian.household_id != child.household_id or not guardian.is_guardian:
        raise Refusal(ChildRefusal.not_a_guardian, "guardian")
    older = db.session.query(ConsentLink).filter_by(
        child_id=child.id, guardian_id=guardian_id, purpose=purpose, about_id=about_id, used_at=None
    )
    for one in older:
        links.end(one)
    made = ConsentLink(
        county_id=child.county_id,
        child_id=child.id,
        guardian_id=guardian_id,
        purpose=purpose,
        about_id=about_id,
    )
    shown = links.make(made, by=by)
    db.session.add(made)
    audit.record(Act.consent_link_made, child, by=by)
    return shown


def answer_link(token: str, code: str, answer: Answer) -> Consent:
    """A guardian answers by link. Refuses a link that is gone and a wrong code; each wrong try is
    kept, whatever comes of the page, so call this where only a look is open."""
    wrong: int | None = None
    with links.own_write():
        found = queries.link(token)
        link = found and db.lock(ConsentLink, found.id)
        if link is None or not queries.link_lives(link):
            raise Refusal(ChildRefusal.link_gone)
        if links.opens(link, token, code):
            said = ConsentSaid(answer, Means.link, link.purpose, link.about_id)
            return record_consent(link.child, link.guardian_id, said, by=GUARDIAN_BY_LINK)
        wrong = link.tries_left
    if wrong <= 0:
        raise Refusal(ChildRefusal.link_gone)
    raise Refusal(ChildRefusal.code_wrong, "code", left=wrong)
