"""The carer's code says that a parcel has come: the code lies at home, the link travels along."""

from __future__ import annotations

from datetime import timedelta

from jiedui.access.rules import Actor
from jiedui.core import audit, clock, db, links
from jiedui.core.actors import CARER_BY_CODE
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.donations.actions.allotments import came
from jiedui.donations.models import Allotment, ParcelLink
from jiedui.donations.queries import parcels as find
from jiedui.donations.rules.books import AllotmentState, GiftRefusal

ON_THE_WAY = timedelta(days=30)


def make_link(one: Allotment, *, by: Actor) -> tuple[str, str]:
    """A link for the parcel and a code for whoever looks after the child, shown once; an older pair
    works no more. Refuses what is not on its way, and whoever decided on it."""
    db.lock(Allotment, one.id)
    if one.state is not AllotmentState.dispatched:
        raise Refusal(GiftRefusal.not_now)
    if {by.account_id, by.acts_as} & {one.decided_by, one.decided_as}:
        raise Refusal(GiftRefusal.decided_by_self)
    for old in find.unused(one.id):
        links.end(old)
    made = ParcelLink(county_id=one.county_id, allotment_id=one.id)
    shown = links.make(made, by=by)
    made.expires_at = clock.now() + ON_THE_WAY
    db.session.add(made)
    audit.record(Act.parcel_link_made, one, by=by)
    return shown


def handed_over(token: str, code: str) -> None:
    """It has come: whoever hands it over has heard the code at home. It counts as the word of
    whoever gave the code there. Refuses a link that is gone and a wrong code; each wrong try is
    kept, whatever comes of the page, so call this where only a look is open."""
    with links.own_write():
        found = find.link(token)
        link = found and db.lock(ParcelLink, found.id)
        if link is None or link.made_by is None or not find.lives(link):
            raise Refusal(GiftRefusal.link_gone)
        if links.opens(link, token, code):
            came(link.allotment, link.made_by, None, by=CARER_BY_CODE)
            return
        left = link.tries_left
    if left <= 0:
        raise Refusal(GiftRefusal.link_gone)
    raise Refusal(GiftRefusal.code_wrong, "code", left=left)
