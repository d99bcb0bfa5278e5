"""The private address of a helper's calendar is made, made anew, and ended."""

from __future__ import annotations

from jiedui.contact.models import CalendarFeed
from jiedui.contact.queries import own as queries
from jiedui.core import audit, clock, crypto, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.helpers.models import Helper


def make(helper: Helper, *, by: By) -> str:
    """A new address, by its token, which is shown once; the one before stops working."""
    db.lock(Helper, helper.id)
    end(helper, by=by)
    token = crypto.new_token()
    feed = CalendarFeed(
        county_id=helper.county_id,
        helper_id=helper.id,
        fingerprint=crypto.fingerprint(token),
        made_at=clock.now(),
    )
    db.session.add(feed)
    db.session.flush()
    audit.record(Act.calendar_feed_made, feed, by=by)
    return token


def end(helper: Helper, *, by: By) -> None:
    """The address stops working; nothing where there is none."""
    feed = queries.feed_of(helper.id)
    if feed is not None:
        feed.ended_at = clock.now()
        db.session.flush()
        audit.record(Act.calendar_feed_ended, feed, by=by)
