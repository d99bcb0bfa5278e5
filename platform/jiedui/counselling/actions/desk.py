"""Who works at a county's counselling desk: named and taken off by civil affairs."""

from __future__ import annotations

from jiedui.access import actions as access
from jiedui.access.rules import Actor, GrantLevel
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.counselling.models import Counsellor
from jiedui.counselling.queries import referrals as queries
from jiedui.counselling.rules.referrals import ReferralRefusal
from jiedui.helpers.models import Helper
from jiedui.helpers.queries import is_cleared, may_counsel


def name_counsellor(helper_id: int, *, by: Actor) -> Counsellor:
    """Name a helper to the desk, which opens referrals and screenings of the county to them.
    Refuses a number nobody has here, who has no account or whose paper does not allow counselling
    today (志愿服务条例 art. 16), and one who is there already."""
    helper = db.session.get(Helper, helper_id)
    if helper is None or helper.county_id != by.county_id or helper.account_id is None:
        raise Refusal(ReferralRefusal.no_such_helper, "helper")
    if not (may_counsel(helper) and is_cleared(helper)):
        raise Refusal(ReferralRefusal.no_counsellor, "helper")
    if queries.living_counsellor(helper.id) is not None:
        raise Refusal(ReferralRefusal.named_already, "helper")
    one = Counsellor(
        county_id=helper.county_id,
        helper_id=helper.id,
        named_by=by.account_id,
        named_at=clock.now(),
    )
    db.session.add(one)
    db.session.flush()
    access.grant(
        helper.account_id,
        ("region", helper.county_id),
        GrantLevel.notes,
        source=("counsellor", one.id),
        county_id=helper.county_id,
    )
    audit.record(Act.counsellor_named, one, by=by)
    return one


def end_counsellor(one: Counsellor, *, by: By) -> None:
    """Take somebody off the desk: everything there closes to them in the same act."""
    if one.ended_at is not None:
        return
    one.ended_by, one.ended_at = by.account_id, clock.now()
    access.end_grants(("counsellor", one.id))
    audit.record(Act.counsellor_ended, one, by=by)
