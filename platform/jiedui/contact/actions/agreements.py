"""An agreement is made from the record; helper, guardian and office say yes; then it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.access.rules import Actor
from jiedui.children.models import Guardian
from jiedui.contact.models import Agreement, AgreementLink, AgreementScan, AgreementYes
from jiedui.contact.queries import agreements as queries
from jiedui.contact.rules.agreements import (
    AGREEMENT_MOVES,
    NEEDING,
    OVER,
    TEXT,
    AgreementRefusal,
    AgreementState,
    Party,
    YesMeans,
    paper_fault,
    still_missing,
)
from jiedui.core import audit, clock, db, links, scans
from jiedui.core.actors import GUARDIAN_BY_LINK, By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal, fresh
from jiedui.core.outbox import LetterKind
from jiedui.pairings.actions import moves
from jiedui.pairings.models import Pairing


def draft(pairing_id: int, *, by: By) -> Agreement:
    """Make a version with the terms of today, and tell the helper. One that nobody has finished
    signing is replaced; what was signed before holds until the new one is. The draft that is there
    already, with the same terms, is the answer. Refuses a pairing that does not go on."""
    pairing = moves.locked(pairing_id)
    if pairing.state not in NEEDING:
        raise Refusal(AgreementRefusal.not_now)
    terms = queries.terms_of(pairing)
    for old in queries.standing_of(pairing.id, AgreementState.drafted):
        if old.terms == terms:
            return old
        _move(old, AgreementState.replaced, by=by)
    known = queries.of_pairing(pairing.id)
    made = Agreement(
        county_id=pairing.county_id,
        pairing=pairing,
        number=known[0].number + 1 if known else 1,
        state=AgreementState.drafted,
        starts=queries.agreed_on(pairing),
        text_version=TEXT,
        made_at=clock.now(),
        made_by=by.account_id,
        **terms.__dict__,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(Act.agreement_drafted, made, by=by)
    moves.tell_helper(pairing, LetterKind.agreement_waiting)
    return made


def _locked(agreement: Agreement, version: int | None) -> Pairing:
    """The pairing is what is held: no term changes, nobody else says yes meanwhile."""
    pairing = moves.locked(agreement.pairing_id)
    db.session.refresh(agreement)
    fresh(agreement.version, version)
    if agreement.state is not AgreementState.drafted or pairing.state not in NEEDING:
        raise Refusal(AgreementRefusal.not_now)
    if agreement.terms != queries.terms_of(pairing):
        raise Refusal(AgreementRefusal.terms_changed)
    return pairing


def accept(agreement: Agreement, *, by: Actor, version: int | None = None) -> None:
    """The helper has read it and says yes, signed in. Refuses anybody else, an older page, and a
    paper whose terms are not those of today any more."""
    pairing = _locked(agreement, version)
    if by.account_id != pairing.account_id:
        raise Refusal(AgreementRefusal.not_the_helper)
    _say(agreement, Party.helper, YesMeans.signed_in, by=by)


def confirm(agreement: Agreement, *, by: Actor, version: int | None = None) -> None:
    """The office says yes. Refuses who is the helper, also as somebody's deputy, and as accept
    does."""
    pairing = _locked(agreement, version)
    if pairing.account_id in (by.account_id, by.acts_as):
        raise Refusal(AgreementRefusal.is_the_helper)
    _say(agreement, Party.office, YesMeans.signed_in, by=by)


@dataclass(frozen=True)
class PaperSaid:
    """What stands on a signed paper: the day, who signed, and who keeps it."""

    signed_on: date
    signers: frozenset[Party]
    holder: str


def sign(agreement: Agreement, said: PaperSaid, *, by: By, version: int | None = None) -> None:
    """Put on file who has signed the paper. Refuses a paper nobody signed, one from the future or
    from before it was made, one that nobody keeps, and as accept does."""
    _locked(agreement, version)
    made_on = clock.local(agreement.made_at).date()
    fault = paper_fault(said.signers, said.signed_on, said.holder, made_on, clock.today())
    if fault is not None:
        raise Refusal(*fault)
    agreement.holder = said.holder
    missing = still_missing(agreement.said)
    new = [party for party in missing if party in said.signers]
    if not new:
        raise Refusal(AgreementRefusal.said_already, "signers")
    agreement.signed_on = said.signed_on if new == missing else None
    for party in new:
        _say(agreement, party, YesMeans.paper, by=by)


def _say(agreement: Agreement, party: Party, means: YesMeans, *, by: By) -> None:
    if party in agreement.said:
        raise Refusal(AgreementRefusal.said_already)
    agreement.yeses.append(
        AgreementYes(party=party, means=means, at=clock.now(), by_account=by.account_id)
    )
    db.session.flush()
    audit.record(Act.agreement_agreed, agreement, by=by, party=party, means=means)
    if not still_missing(agreement.said):
        _hold(agreement, by=by)


def _hold(agreement: Agreement, *, by: By) -> None:
    """The last yes is there: from today this version holds, and the one before does not."""
    for old in queries.standing_of(agreement.pairing_id, AgreementState.signed):
        _move(old, AgreementState.replaced, by=by)
    agreement.signed_on = agreement.signed_on or clock.today()
    _move(agreement, AgreementState.signed, by=by)
    for tell in (moves.tell_helper, moves.tell_village, moves.tell_office):
        tell(agreement.pairing, LetterKind.agreement_signed)


def _move(agreement: Agreement, new: AgreementState, *, by: By) -> None:
    old = agreement.state
    AGREEMENT_MOVES.require(old, new)
    agreement.state = new
    agreement.over_at = clock.now() if new in OVER else None
    db.session.flush()  # the database holds that there is one of each
    audit.record(Act.agreement_moved, agreement, by=by, old=old, new=new)


def keep_scan(agreement: Agreement, content: bytes, *, by: By) -> AgreementScan:
    """Keep a photo or scan of the signed paper, sealed. Refuses one that is over, what is no photo
    or PDF, and what is too large."""
    if agreement.state in OVER:
        raise Refusal(AgreementRefusal.not_now)
    belongs = {"county_id": agreement.county_id, "agreement": agreement}
    scan = scans.keep(AgreementScan, content, by=by, **belongs)
    audit.record(Act.upload_kept, scan, by=by)
    return scan


def make_link(agreement: Agreement, guardian_id: int, *, by: By) -> tuple[str, str]:
    """A link for a guardian far away, and the code that is told by voice; shown once. Older ones
    stop working. Refuses who is no guardian of this house, and as accept does."""
    pairing = _locked(agreement, None)
    guardian = db.session.get(Guardian, guardian_id)
    home = pairing.need.household_id
    if guardian is None or guardian.household_id != home or not guardian.is_guardian:
        raise Refusal(AgreementRefusal.not_a_guardian, "guardian")
    if Party.guardian in agreement.said:
        raise Refusal(AgreementRefusal.said_already)
    for old in db.session.query(AgreementLink).filter_by(agreement_id=agreement.id, used_at=None):
        links.end(old)
    made = AgreementLink(
        county_id=agreement.county_id, agreement_id=agreement.id, guardian_id=guardian_id
    )
    shown = links.make(made, by=by)
    db.session.add(made)
    audit.record(Act.agreement_link_made, agreement, by=by)
    return shown


def answer_link(token: str, code: str) -> None:
    """A guardian has read it and says yes by link. Refuses a link that is gone and a wrong code;
    each wrong try is kept, whatever comes of the page."""
    left: int | None = None
    with links.own_write():
        found = queries.link(token)
        link = found and db.lock(AgreementLink, found.id)
        if link is None or not queries.link_lives(link):
            raise Refusal(AgreementRefusal.link_gone)
        if links.opens(link, token, code):
            agreement = queries.get(link.agreement_id)
            _locked(agreement, None)
            _say(agreement, Party.guardian, YesMeans.link, by=GUARDIAN_BY_LINK)
            return
        left = link.tries_left
    if not left:
        raise Refusal(AgreementRefusal.link_gone)
    raise Refusal(AgreementRefusal.code_wrong, "code", left=left)


def end_with(pairing: Pairing, *, by: By) -> None:
    """A pairing has ended: so has what was agreed for it."""
    for one in queries.standing_of(pairing.id, AgreementState.drafted, AgreementState.signed):
        _move(one, AgreementState.ended, by=by)
