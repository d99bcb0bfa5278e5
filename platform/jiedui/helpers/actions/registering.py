"""Somebody registers, by themselves or by a signed form."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access import actions as access
from jiedui.access import queries as accounts
from jiedui.access.actions import Post
from jiedui.access.models import Account
from jiedui.access.rules import AccountState, Role
from jiedui.core import audit, clock, db, outbox
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.outbox import LetterKind
from jiedui.helpers import queries
from jiedui.helpers.actions.details import say, village_of
from jiedui.helpers.models import Credential, Helper
from jiedui.helpers.rules import (
    CredentialKind,
    HelperKind,
    HelperRefusal,
    HelperState,
    Paper,
    Registration,
    registration_faults,
)
from jiedui.regions import queries as regions

ONCE_IN = timedelta(days=1)
ROLE_OF = {
    HelperKind.volunteer: Role.volunteer,
    HelperKind.caring_mother: Role.volunteer,
    HelperKind.social_worker: Role.social_worker,
}


def register(said: Registration, *, by: By, account_id: int | None = None) -> Helper:
    """Register a helper with their seats. Without an account it is entered from a signed form by
    whoever acts. Refuses who is under 18, known already, or leaves out what is needed."""
    for code, field in registration_faults(said, clock.today()):
        raise Refusal(code, field)
    if account_id is None and not said.form_holder:
        raise Refusal(HelperRefusal.form_holder_missing, "form_holder")
    village = village_of(said.offer)
    county_id = village.county_id or village.id
    if queries.by_id_number(county_id, said.who.number) is not None:
        raise Refusal(HelperRefusal.known_already)
    helper = Helper(
        county_id=county_id,
        account_id=account_id,
        kind=said.kind,
        name=said.name,
        id_number=said.who.number,
        id_index=queries.id_index(said.who.number),
        phone=said.phone,
        birth_date=said.who.birth_date,
        sex=said.who.sex,
        licence=said.licence,
        state=HelperState.registered,
        entered_by=None if by.account_id == account_id else by.account_id,
        form_holder=said.form_holder if account_id is None else None,
        registered_at=clock.now(),
    )
    say(helper, said.offer, village)
    helper.credentials = [_credential(paper) for paper in _papers(said)]
    db.session.add(helper)
    audit.record(Act.helper_registered, helper, by=by)
    return helper


def register_with_account(said: Registration, password: str, *, by: By) -> Helper | None:
    """Register a helper and their account, whose sign-in name is the mobile number. Refuses what is
    wrong with what was said, and a weak password, in every case alike. None where number or person
    is known already: nothing is written then but a letter to whose they are, and whoever asked
    learns nothing, neither by words nor by time."""
    village = village_of(said.offer)
    county_id = village.county_id or village.id
    for code, field in registration_faults(said, clock.today()):
        raise Refusal(code, field)
    kept = access.hash_of_new(password, said.phone)  # before anybody is looked for
    known = _holders(county_id, said)
    if known is not None:
        for account_id in sorted(known):
            _tell(account_id, county_id)
        return None
    account = access.open_account(said.name, said.phone, county_id, by=by)
    account.password_hash, account.state = kept, AccountState.active
    audit.record(Act.password_changed, account, by=by)
    audit.record(Act.account_activated, account, by=by)
    return join(said, account, by=by)


def _holders(county_id: int, said: Registration) -> set[int] | None:
    """The accounts of whoever has the number or is the person; None: nobody is known. A person
    entered from a signed form has none."""
    account = accounts.by_phone(said.phone)
    helper = queries.by_id_number(county_id, said.who.number)
    if account is None and helper is None:
        return None
    found = {account.id if account is not None else None}
    found.add(helper.account_id if helper is not None else None)
    return {one for one in found if one is not None}


def _tell(account_id: int, county_id: int) -> None:
    """Somebody tried to register as you; once a day, however often it is tried."""
    if not outbox.posted_since(LetterKind.number_tried, account_id, clock.now() - ONCE_IN):
        about = (Account.__tablename__, account_id)
        outbox.post(LetterKind.number_tried, to=account_id, county_id=county_id, about=about)


def join(said: Registration, account: Account, *, by: By) -> Helper:
    """Register the holder of an account as a helper and give them the role."""
    helper = register(said, by=by, account_id=account.id)
    county = regions.get(helper.county_id)
    access.give_role(account, Post(ROLE_OF[said.kind], county, unit_id=helper.unit_id), by=by)
    return helper


def _papers(said: Registration) -> list[Paper]:
    own = [Paper(CredentialKind.social_worker, said.licence)] if said.licence else []
    kinds = {paper.kind for paper in own}
    return own + [paper for paper in said.papers if paper.kind not in kinds]


def _credential(paper: Paper) -> Credential:
    return Credential(kind=paper.kind, number=paper.number, expires=paper.expires)
