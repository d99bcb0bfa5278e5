"""A helper's badge is issued, replaced, and void when the clearance ends."""

from __future__ import annotations

import secrets

from jiedui.contact.models import HelperBadge
from jiedui.contact.queries import own as queries
from jiedui.contact.rules.own import OwnRefusal
from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.numbers import number_from
from jiedui.helpers import queries as helpers
from jiedui.helpers.models import Helper


def issue(helper: Helper, *, by: By) -> HelperBadge:
    """The helper's badge: the one there is, or a new one. Refuses who is not cleared today."""
    db.lock(Helper, helper.id)
    if not helpers.is_cleared(helper):
        raise Refusal(OwnRefusal.not_cleared)
    known = queries.badge_of(helper.id)
    return known or _new(helper, by)


def renew(helper: Helper, *, by: By) -> HelperBadge:
    """A new number, for a badge that was lost; the one before is void. Refuses as issue does."""
    db.lock(Helper, helper.id)
    if not helpers.is_cleared(helper):
        raise Refusal(OwnRefusal.not_cleared)
    end_of(helper.id, by=by)
    return _new(helper, by)


def _new(helper: Helper, by: By) -> HelperBadge:
    badge = HelperBadge(
        county_id=helper.county_id,
        helper_id=helper.id,
        number=number_from(secrets.token_bytes(10)),
        issued_at=clock.now(),
        issued_by=by.account_id,
    )
    db.session.add(badge)
    db.session.flush()
    audit.record(Act.badge_issued, badge, by=by)
    return badge


def end_of(helper_id: int, *, by: By) -> None:
    """The badge a helper has is void from now on; nothing where there is none."""
    badge = queries.badge_of(helper_id)
    if badge is not None:
        badge.ended_at = clock.now()
        db.session.flush()
        audit.record(Act.badge_ended, badge, by=by)
