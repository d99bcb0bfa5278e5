"""The one door to the keys: sealing what is at rest, indexing it blindly, signing the record."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NONCE = 12
POINT = 65  # an uncompressed point of P-256 (SEC 1, 2.3.3)
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SP 800-186, 3.2.1.3
SERVICE = b"jiedui record of service"  # keys that sign records of service
LETTER = b"jiedui letter"  # what a page seals for us is bound to this purpose


class BadKeys(Exception):
    """The key file is missing, damaged, or does not hold the key a value was sealed with."""


@dataclass
class KeyRing:
    """Data keys by number (the current one seals, all open), and the keys for index and record."""

    current: int
    data: dict[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    record: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.data or any(len(k) != 32 for k in self.data.values()):
            raise BadKeys("the key ring lacks its current key or holds a short one")
        if len(self.index) != 32 or len(self.record) != 32:
            raise BadKeys("the index key and the record key must be 32 bytes")

    @cached_property
    def _derived(self) -> dict[tuple[int, str], AESGCM]:
        return {}

    def cipher(self, number: int, purpose: str) -> AESGCM:
        """The cipher of one key for one purpose; a value cannot be moved to another column."""
        if number not in self.data:
            raise BadKeys(f"no key number {number} in the ring")
        if (number, purpose) not in self._derived:
            key = HKDF(SHA256(), 32, None, purpose.encode()).derive(self.data[number])
            self._derived[number, purpose] = AESGCM(key)
        return self._derived[number, purpose]

    @cached_property
    def _pairs(self) -> dict[int, ec.EllipticCurvePrivateKey]:
        return {}

    def pair(self, number: int) -> ec.EllipticCurvePrivateKey:
        """The key pair that belongs to a data key: derived from it, so that it is kept, turned
        and lost together with the ring."""
        if number not in self.data:
            raise BadKeys(f"no key number {number} in the ring")
        if number not in self._pairs:
            seed = HKDF(SHA256(), 48, None, LETTER).derive(self.data[number])
            scalar = int.from_bytes(seed, "big") % (ORDER - 1) + 1
            self._pairs[number] = ec.derive_private_key(scalar, CURVE)
        return self._pairs[number]

    def signer(self) -> Ed25519PrivateKey:
        """The key that signs records of service: derived from the present data key, so that it is
        kept, turned and lost together with the ring. What it has signed is checked by its public
        half, which is kept beside what was signed and needs no ring."""
        seed = HKDF(SHA256(), 32, None, SERVICE).derive(self.data[self.current])
        return Ed25519PrivateKey.from_private_bytes(seed)


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make this ring the process's ring."""
    global _ring
    _ring = ring


def ring() -> KeyRing:
    """The process's ring; raise BadKeys when nothing was loaded."""
    if _ring is None:
        raise BadKeys("no key ring is loaded")
    return _ring


def new_ring() -> KeyRing:
    """Fresh random keys."""
    return KeyRing(1, {1: os.urandom(32)}, os.urandom(32), os.urandom(32))


def rotated(keys: KeyRing) -> KeyRing:
    """The ring with one more data key, which seals from now on; the older ones still open."""
    number = max(keys.data) + 1
    return KeyRing(number, {**keys.data, number: os.urandom(32)}, keys.index, keys.record)


def without(keys: KeyRing, number: int) -> KeyRing:
    """The ring without one of its older keys; raise BadKeys for the present key and for none."""
    if number == keys.current or number not in keys.data:
        raise BadKeys(f"key {number} is the present key, or there is none of that number")
    rest = {n: key for n, key in keys.data.items() if n != number}
    return KeyRing(keys.current, rest, keys.index, keys.record)


def load(path: Path) -> KeyRing:
    """Read a key file; raise BadKeys when it cannot be used."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        data = {int(n): base64.b64decode(k) for n, k in raw["data"].items()}
        index, record = base64.b64decode(raw["index"]), base64.b64decode(raw["record"])
        return KeyRing(int(raw["current"]), data, index, record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadKeys(f"{path}: {type(error).__name__}") from error


def save(path: Path, keys: KeyRing) -> None:
    """Write a key file that only its owner can read, in one step."""
    text = json.dumps(
        {
            "current": keys.current,
            "data": {str(n): base64.b64encode(k).decode() for n, k in keys.data.items()},
            "index": base64.b64encode(keys.index).decode(),
            "record": base64.b64encode(keys.record).decode(),
        }
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # a key that is lost takes everything sealed with it
    fresh.replace(path)


# Bytes that even a sealed nothing takes: key number, nonce, tag.
SEALED_LEAST = 2 + NONCE + 16


def seal(purpose: str, plain: bytes) -> bytes:
    """AES-256-GCM under the current key: key number (2 bytes), nonce, ciphertext and tag."""
    keys = ring()
    nonce = os.urandom(NONCE)
    sealed = keys.cipher(keys.current, purpose).encrypt(nonce, plain, purpose.encode())
    return keys.current.to_bytes(2, "big") + nonce + sealed


def unseal(purpose: str, blob: bytes) -> bytes:
    """Open what `seal` made; raise BadKeys when key, purpose or content do not agree."""
    number = int.from_bytes(blob[:2], "big")
    nonce, body = blob[2 : 2 + NONCE], blob[2 + NONCE :]
    try:
        return ring().cipher(number, purpose).decrypt(nonce, body, purpose.encode())
    except InvalidTag as error:
        raise BadKeys(f"a value sealed for {purpose} cannot be opened") from error


def seal_part(purpose: str, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """One part of a file under the current key; the caller says its nonce, never the same twice,
    and what is bound to it. See core.sealed_file."""
    keys = ring()
    return keys.cipher(keys.current, purpose).encrypt(nonce, plain, bound)


def unseal_part(number: int, purpose: str, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Open what `seal_part` made under key `number`; raise BadKeys when anything was changed."""
    try:
        return ring().cipher(number, purpose).decrypt(nonce, sealed, bound)
    except InvalidTag as error:
        raise BadKeys("a part was sealed with other keys, or changed") from error


def public_key() -> bytes:
    """To what a page seals what only the portal shall read: key number (2 bytes) and point."""
    keys = ring()
    return keys.current.to_bytes(2, "big") + _point(keys.pair(keys.current).public_key())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_letter(blob: bytes) -> bytes:
    """Open what a page sealed to the public key: key number, the page's own point, nonce,
    ciphertext and tag (ECDH on P-256, HKDF-SHA256, AES-256-GCM, as static/js/seal.js does it);
    raise BadKeys when it is not such a thing."""
    number, point = int.from_bytes(blob[:2], "big"), blob[2 : 2 + POINT]
    nonce, body = blob[2 + POINT : 2 + POINT + NONCE], blob[2 + POINT + NONCE :]
    pair = ring().pair(number)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        shared = pair.exchange(ec.ECDH(), theirs)
        salt = point + _point(pair.public_key())
        key = HKDF(SHA256(), 32, salt, LETTER).derive(shared)
        return AESGCM(key).decrypt(nonce, body, blob[: 2 + POINT])
    except (InvalidTag, ValueError) as error:
        raise BadKeys("a page's letter cannot be opened") from error


def sign(message: bytes) -> tuple[bytes, bytes]:
    """An Ed25519 signature (RFC 8032) under the present key: the public half (32 bytes) that
    checks it, and the signature (64 bytes)."""
    key = ring().signer()
    return key.public_key().public_bytes_raw(), key.sign(message)


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this signature of this message was made by whoever holds the other half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def blind_index(purpose: str, value: str) -> str:
    """A keyed fingerprint by which equal values are found without being kept in the clear."""
    text = f"{purpose}\0{value}".encode()
    return hmac.new(ring().index, text, hashlib.sha256).hexdigest()


def digits(purpose: str, value: str, length: int) -> str:
    """A number that follows from a value and the index key, and looks like chance: the same value
    gives it again, nobody without the key can say it beforehand."""
    return f"{int(blind_index(purpose, value), 16) % 10**length:0{length}d}"


def record_mac(*parts: bytes) -> str:
    """The MAC that chains the record; lengths are bound so that parts cannot be shifted."""
    mac = hmac.new(ring().record, digestmod=hashlib.sha256)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big") + part)
    return mac.hexdigest()


def new_token() -> str:
    """A single-use secret for a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is kept of a random token: enough to recognise it, nothing to use."""
    return hashlib.sha256(token.encode()).hexdigest()
