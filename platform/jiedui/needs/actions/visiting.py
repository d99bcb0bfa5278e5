"""One visit at one door: child, consent, the child's view and a wish, kept together or not at
all."""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.children import actions as ledger
from jiedui.children.actions import ConsentSaid, NewChild, ViewSaid
from jiedui.children.models import Child
from jiedui.core.actors import By
from jiedui.needs.actions.raising import NewNeed, join_need, raise_need
from jiedui.needs.models import Need


@dataclass(frozen=True)
class Visit:
    """What one visit to a house brings: a child, the guardian's answer, the child's own view, and
    a wish; all but the child may be missing. `guardian_id` is the one who answered, when the
    household was known before; `share` is a wish of that household which the child joins."""

    child: NewChild
    consent: ConsentSaid | None = None
    view: ViewSaid | None = None
    wish: NewNeed | None = None
    guardian_id: int | None = None
    share: Need | None = None


def keep_visit(said: Visit, *, by: By) -> tuple[Child, Need | None]:
    """Keep all that one visit brought, in one act: refuses as each of its parts does, and then
    keeps nothing."""
    child = ledger.register_child(said.child, by=by)
    guardian_id = said.guardian_id or child.guardians[0].id
    if said.consent is not None:
        ledger.record_consent(child, guardian_id, said.consent, by=by)
    if said.view is not None:
        ledger.record_view(child, said.view, by=by)
    if said.share is not None:
        join_need(said.share, child, by=by)
        return child, said.share
    if said.wish is None:
        return child, None
    return child, raise_need([child], said.wish, by=by)
