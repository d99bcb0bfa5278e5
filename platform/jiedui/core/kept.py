"""Input that is not lost: what a person typed is kept while they sign in again, or while they look
at what somebody else has changed in the meantime.

It lies sealed in the browser's session row, is shown only to the account it was typed under, and
only on the page it was typed on.
"""

from __future__ import annotations

from flask import request, session
from werkzeug.datastructures import MultiDict

SLOT = "kept"
FROM_PHONE = "jiedui.entry"  # where a request says that it came out of a phone's keep
NEVER = frozenset(
    {"csrf_token", "once", "password", "present", "new_password", "again", "code", "pin"}
)
LIMIT = 100_000


def keep(account_id: int | None) -> None:
    """Keep the form of this request for when the person is back."""
    pairs = [(k, v) for k, v in request.form.items(multi=True) if k not in NEVER]
    if sum(len(k) + len(v) for k, v in pairs) <= LIMIT:
        session[SLOT] = {"path": request.path, "account": account_id, "pairs": pairs}


def keep_typed(account_id: int | None) -> bool:
    """Keep what was typed on a page that had grown old: without the version, so that it can be sent
    again. Says whether there was anything. What came out of a phone's keep becomes a draft."""
    if FROM_PHONE in request.environ:
        return False
    keep(account_id)
    held = session.get(SLOT) or {"pairs": []}
    typed = [(k, v) for k, v in held["pairs"] if k not in ("version", "act")]
    if any(value for _name, value in typed):
        session[SLOT] = {"path": request.path, "account": account_id, "pairs": typed}
        return True
    session.pop(SLOT, None)
    return False


def take(account_id: int | None) -> MultiDict[str, str] | None:
    """What was kept for this page and this person, handed out once."""
    held = session.get(SLOT)
    if not held or held["path"] != request.path:
        return None
    session.pop(SLOT)
    if held["account"] not in (None, account_id):
        return None
    return MultiDict([(k, v) for k, v in held["pairs"]])
