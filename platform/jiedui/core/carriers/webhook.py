"""Letters by a gateway: one JSON post. What a county's provider wants stands in a template, which
is data:

    body       the JSON that is posted; {to}, {subject}, {text} and {reference} in its texts are
               filled in
    good       fields of the answer and what they are when all went well; {}: the status
    headers    further headers, if any
"""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from jiedui.core.carriers.ways import NotCarried, Posted, Why
from jiedui.settings import BadSettings, Hook

SECONDS = 10
ANSWER_MOST = 64 * 1024
BUSY = frozenset({408, 425, 429})
PLACES = re.compile(r"\{(to|subject|text|reference)\}")
OURS = Path(__file__).parent / "templates"


class _Stay(HTTPRedirectHandler):
    """An answer that sends on elsewhere is not followed: a number would go to a stranger."""

    def redirect_request(self, *_args: Any, **_kw: Any) -> None:
        return None


class Webhook:
    """One gateway."""

    def __init__(self, hook: Hook) -> None:
        self.hook, self.template = hook, read_template(hook.body)
        self.opener = build_opener(ProxyHandler({}), _Stay())

    def carry(self, posted: Posted) -> None:
        """See Carrier."""
        try:
            with self.opener.open(self.request(posted), timeout=SECONDS) as answer:
                said = answer.read(ANSWER_MOST)
        except HTTPError as error:
            raise _refused(error.code) from error
        except (OSError, HTTPException) as error:
            raise NotCarried(Why.unreachable, again=True) from error
        if not _is_good(said, self.template.get("good", {})):
            raise NotCarried(Why.answer, again=True)

    def request(self, posted: Posted) -> Request:
        """What is posted."""
        body = json.dumps(filled(self.template["body"], posted), ensure_ascii=False)
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Jiedui"}
        headers |= self.template.get("headers", {})
        if self.hook.token:
            headers["Authorization"] = f"Bearer {self.hook.token}"
        # The settings let nothing but http and https through, in production https only.
        return Request(self.hook.url, body.encode(), headers, method="POST")  # noqa: S310


def read_template(name: str) -> dict[str, Any]:
    """A template by its name among ours, or by its path; raise BadSettings."""
    path = OURS / f"{name}.json" if name.replace("-", "").isalpha() else Path(name)
    try:
        template = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSettings(f"no template {name!r}: {type(error).__name__}") from error
    if not isinstance(template, dict) or not isinstance(template.get("body"), dict):
        raise BadSettings(f"template {name!r} has no body")
    return template


def filled(part: Any, posted: Posted) -> Any:
    """A part of a template with the message in it; what was filled in is not looked at again."""
    if isinstance(part, dict):
        return {key: filled(value, posted) for key, value in part.items()}
    if isinstance(part, list):
        return [filled(value, posted) for value in part]
    if not isinstance(part, str):
        return part
    return PLACES.sub(lambda place: str(getattr(posted, place[1])), part)


def _refused(status: int) -> NotCarried:
    if 300 <= status < 400:
        return NotCarried(Why.redirected, again=False)
    if status >= 500 or status in BUSY:
        return NotCarried(Why.busy, again=True)
    if status in (401, 403):  # the county's token; it can be put right
        return NotCarried(Why.sign_in, again=True)
    return NotCarried(Why.refused, again=False)


def _is_good(said: bytes, good: dict[str, Any]) -> bool:
    if not good:
        return True
    try:
        answer = json.loads(said)
    except ValueError:
        return False
    return isinstance(answer, dict) and all(
        answer.get(key) == wanted for key, wanted in good.items()
    )
