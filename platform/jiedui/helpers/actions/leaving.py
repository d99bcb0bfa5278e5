"""The identity of a helper who has left is cleared; what they did stays in the figures."""

from __future__ import annotations

from sqlalchemy import update

from jiedui.core import audit, clock, db
from jiedui.core.actors import By
from jiedui.core.acts import Act
from jiedui.core.errors import Refusal
from jiedui.helpers.models import Credential, Helper
from jiedui.helpers.rules import HelperRefusal, HelperState


def deidentify(helper: Helper, *, by: By) -> None:
    """Clear name, numbers, papers and words of a helper who has withdrawn; village, birth year,
    sex, offers, findings and dates stay. It cannot be brought back. Upper rooms clear what is
    theirs in the same act. Refuses who has not withdrawn, and a second time."""
    db.lock(Helper, helper.id)
    if helper.state is not HelperState.withdrawn:
        raise Refusal(HelperRefusal.still_here)
    if helper.deidentified_at is not None:
        raise Refusal(HelperRefusal.identity_cleared)
    helper.name = helper.id_number = helper.id_index = helper.phone = None  # type: ignore[assignment]
    helper.licence = helper.national_number = helper.about = helper.form_holder = None
    helper.birth_date = helper.birth_date.replace(month=1, day=1)
    helper.deidentified_at = clock.now()
    db.session.flush()
    papers = update(Credential).where(Credential.helper_id == helper.id)
    db.session.execute(papers.values(number=None))
    audit.record(Act.helper_deidentified, helper, by=by)
