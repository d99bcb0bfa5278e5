"""Numbers that stand on paper and are checked by anybody: random, read without mistakes; and a name
as a public page may show it."""

from __future__ import annotations

# 32 signs that nobody confuses: no I, L, O and U (Crockford's base 32). 16 of them are 80 bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_SIGNS = 16


def number_from(random: bytes) -> str:
    """The number of a record of service from ten random bytes, in groups of four."""
    value = int.from_bytes(random, "big")
    signs = [SIGNS[value >> 5 * n & 31] for n in reversed(range(NUMBER_SIGNS))]
    text = "".join(signs)
    return "-".join(text[n : n + 4] for n in range(0, NUMBER_SIGNS, 4))


def tidy_number(raw: str) -> str | None:
    """A number as somebody typed it, in the form in which it is kept; None if it is none."""
    wide = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)})
    text = "".join(c for c in raw.translate(wide).upper() if c.isalnum())
    text = text.translate(str.maketrans("OIL", "011"))
    if len(text) != NUMBER_SIGNS or any(c not in SIGNS for c in text):
        return None
    return "-".join(text[n : n + 4] for n in range(0, NUMBER_SIGNS, 4))


def masked(name: str) -> str:
    """A name as a public page may show it: the first character, a star for each further one."""
    return name[:1] + "＊" * max(1, len(name) - 1)
