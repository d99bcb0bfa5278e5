"""A helper's picture for the family card is kept, replaced, taken away."""

from __future__ import annotations

from jiedui.contact.models import HelperPicture
from jiedui.contact.queries import own as queries
from jiedui.core import audit, db, scans
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.core.uploads import UploadFault, portrait
from jiedui.helpers.models import Helper

WIDE, HIGH = 440, 560  # pixels: 22 by 28 mm at 500 to the inch


def keep(helper: Helper, content: bytes, *, by: By) -> HelperPicture:
    """Keep a photo as the helper's picture, cut to the card's frame; the one before is gone.
    Refuses what is no photo, and what is too large."""
    drawn = portrait(content, WIDE, HIGH)
    if isinstance(drawn, UploadFault):
        raise Refusal(drawn, "file")
    db.lock(Helper, helper.id)
    _take_away(helper)
    belongs = {"county_id": helper.county_id, "helper_id": helper.id}
    picture = scans.keep(HelperPicture, drawn, by=by, **belongs)
    db.session.flush()
    audit.record(Act.picture_kept, picture, by=by)
    return picture


def remove(helper: Helper, *, by: By) -> None:
    """The helper's picture is gone; nothing where there is none."""
    db.lock(Helper, helper.id)
    gone = _take_away(helper)
    if gone is not None:
        audit.record(Act.picture_removed, gone, by=by)


def _take_away(helper: Helper) -> HelperPicture | None:
    known = queries.picture_of(helper.id)
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    return known
