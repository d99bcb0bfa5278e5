"""The signed text of a record of service, which anybody can check without the portal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORM = "jiedui record of service 1"


def canonical(facts: Mapping[str, Any]) -> str:
    """The text that is signed, as UTF-8: JSON with its names in the order of their characters, no
    blanks, nothing escaped that need not be, and whole numbers only; `form` tells what it is."""
    return json.dumps(
        {"form": FORM, **facts}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def key_name(public: bytes) -> str:
    """What a key is called: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def parcel(document: str, key: str, signature: str) -> str:
    """What is downloaded: the text to the byte, which key signed it, and the signature."""
    return json.dumps(
        {"document": document, "key": key, "signature": signature}, ensure_ascii=False, indent=1
    )
