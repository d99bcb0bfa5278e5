"""Seals as a page's script does, so that tests without a browser can send what a phone kept."""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jiedui.core import phone


def sealed(text: str, key: str = "") -> str:
    """What static/js/seal.js makes of a text."""
    raw = base64.b64decode(key or phone.public_key())
    number, point = raw[:2], raw[2:]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    own = ec.generate_private_key(ec.SECP256R1())
    ours = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), theirs)
    cipher = HKDF(SHA256(), 32, ours + point, b"jiedui letter").derive(shared)
    nonce, head = os.urandom(12), number + ours
    body = AESGCM(cipher).encrypt(nonce, text.encode(), head)
    return base64.b64encode(head + nonce + body).decode()


def entry(who: str, path: str, fields: Mapping[str, Any], at: float = 0.0) -> str:
    """A filled-in form as a phone keeps it: a list value is sent several times."""
    pairs = []
    for name, value in fields.items():
        pairs += [[name, one] for one in (value if isinstance(value, list) else [value])]
    said = {"who": who, "path": path, "at": int((at or time.time()) * 1000), "pairs": pairs}
    return sealed(json.dumps(said))
