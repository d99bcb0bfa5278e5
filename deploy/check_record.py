#!/usr/bin/env python3
"""Check a signed record of service without the portal: pip install cryptography, then

    python check_record.py RECORD.json KEYS.json

RECORD.json is the signed file of the record; KEYS.json is what the portal publishes at /check/keys
(keep a copy: it holds every key that ever signed). Says what the record says when the signature is
right; ends with 1 and a reason when it is not. Whether a record was revoked or replaced since, only
the portal knows: /check and its number."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def fault(parcel: dict[str, str], keys: dict[str, str]) -> str:
    """Why a record is not to be trusted; empty when its signature is right."""
    public = keys.get(parcel["key"])
    if public is None:
        return f"no published key is called {parcel['key']}"
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    try:
        key.verify(base64.b64decode(parcel["signature"]), parcel["document"].encode())
    except InvalidSignature:
        return "the record was changed, or signed by somebody else"
    return ""


def main(record: str, published: str) -> int:
    """Check one file."""
    parcel = json.loads(Path(record).read_text(encoding="utf-8"))
    said = json.loads(Path(published).read_text(encoding="utf-8"))
    wrong = fault(parcel, {key["name"]: key["public"] for key in said["keys"]})
    if wrong:
        print(f"NOT VALID: {wrong}")
        return 1
    print("The signature is right. The record says:")
    print(json.dumps(json.loads(parcel["document"]), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
